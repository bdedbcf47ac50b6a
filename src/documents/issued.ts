import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Config } from '@libs/config';
import { Store, UnitOfWork } from '@libs/persistence';
import canonicalize from 'canonicalize';
import type { FindOptionsWhere, ObjectType } from 'typeorm';
import { Audit, RequestTrail } from '../identity';

/** A document as it was issued: what it says is stored with its hash, and only the sheets given out are counted. */
export interface IssuedDocument {
  id: number;
  serial: string;
  prints: number;
}

/** SHA-256 in hex over the canonical JSON (RFC 8785): the same after any database has kept the content. */
export const contentHash = (content: object): string =>
  createHash('sha256').update(canonicalize(content)!).digest('hex');

/** Whether the stored content is what was issued. */
export const isGenuine = ({ content, contentHash: stored }: { content: object; contentHash: string }): boolean =>
  contentHash(content) === stored;

export const letterheadOf = (config: Config) => ({ nameAr: config.municipalityAr, nameEn: config.municipalityEn });

/** The address behind the QR code. */
export const verifyUrlOf = (config: Config, serial: string): string =>
  `${config.publicUrl.replace(/\/+$/, '')}/verify/${serial}`;

/** Sheets of issued documents: the first is the original, the later ones are copies. */
@Injectable()
export class Prints {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly audit: Audit,
    private readonly trail: RequestTrail,
  ) {}

  /**
   * Counts a sheet. Before it is rendered, so that no two sheets are the original, even when one is lost on the way. A HEAD
   * request gives none out: what is rendered for its headers is not counted.
   * @param action of the audit
   * @returns 1 for the original, n for copy n
   */
  async count<E extends IssuedDocument>(entity: ObjectType<E>, document: E, action: string): Promise<number> {
    const { id, serial } = document;
    if (this.trail.current.isHead) return document.prints + 1;
    return this.uow.run(async () => {
      for (;;) {
        const { prints } = (await this.store.reads(entity).findOneBy({ id } as FindOptionsWhere<E>))!;
        const where = { id, prints } as FindOptionsWhere<E>;
        if ((await this.store.update(entity, where, { prints: prints + 1 } as Partial<E>)) === 0) continue;
        await this.audit.record({ action, detail: { serial, print: prints + 1 } });
        return prints + 1;
      }
    });
  }
}
