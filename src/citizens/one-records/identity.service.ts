import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { Not } from 'typeorm';
import { CODES } from '../citizens.problems';
import { Evidence, type EvidenceType } from './evidence.entity';
import { evidenceBytes, evidenceType } from './evidence.rules';
import { identityColumns, needsOverride, type IdentityInput } from './identity.rules';
import { Links } from './links';
import { OneRecord } from './one-record.entity';
import { wrongState } from './one-records';
import { RecordChanges, type Target } from './record-changes';

export interface EvidenceInput {
  fileName: string;
  contentType: EvidenceType;
  base64: string;
}

/** Who the record is: name, document, contacts, and the scans that prove them. */
@Injectable()
export class IdentityService {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly changes: RecordChanges,
    private readonly links: Links,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** DRAFT only: later corrections are proposed. */
  async identify(target: Target, input: IdentityInput, evidenceId: number | undefined, by: Principal) {
    const evidence = await this.evidenceHash(target.id, evidenceId ?? null);
    return this.changes.run(target, { action: 'IDENTIFY', by: by.userId, evidence }, async (record) => {
      if (record.state !== 'DRAFT') throw wrongState(record);
      return this.columns(record, input);
    });
  }

  /**
   * Inside a unit: the columns of `input`, once it is sure that nobody else holds the document and that it is not
   * another person's than the rows'.
   * @throws {Problem} those of {@link identityColumns}; citizens.document-held, naming the holder; .different-person
   */
  async columns(record: OneRecord, input: IdentityInput): Promise<Partial<OneRecord>> {
    const columns = identityColumns(record, input, localDateOf(this.clock.now()));
    if (columns.claimedDocumentKey) {
      await this.refuseHeldDocument(record.id, columns.claimedDocumentKey);
      await this.store.update(OneRecord, { id: record.id }, { documentKey: columns.documentKey });
      await this.links.checkOnePerson(record.id);
    }
    return columns;
  }

  async refuseHeldDocument(oneRecordId: number, claimedDocumentKey: string): Promise<void> {
    const holder = await this.store.reads(OneRecord).findOneBy({ claimedDocumentKey, id: Not(oneRecordId) });
    if (!holder) return;
    const { id, number } = holder;
    throw new Problem(CODES['citizens.document-held'], { extra: { holder: { id, number } } });
  }

  /** A supervisor answers for a national ID that fails its check. */
  override(target: Target, reason: string, by: Principal): Promise<OneRecord> {
    return this.changes.run(target, { action: 'OVERRIDE_ID', by: by.userId, reason }, (record) => {
      if (record.state !== 'DRAFT') throw wrongState(record);
      if (!needsOverride(record)) throw new Problem(CODES['citizens.override-not-needed']);
      return Promise.resolve({ idOverrideReason: reason, idOverriddenBy: by.userId });
    });
  }

  /** @throws {Problem} citizens.evidence-invalid, .evidence-known, .wrong-state */
  async attach(target: Target, { fileName, contentType, base64 }: EvidenceInput, by: Principal) {
    const content = evidenceBytes(base64);
    if (!content || evidenceType(content) !== contentType) throw new Problem(CODES['citizens.evidence-invalid']);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const change = { action: 'ATTACH_EVIDENCE' as const, by: by.userId, evidence: sha256 };
    return this.changes.run(target, change, async ({ id: oneRecordId, state }) => {
      if (state === 'PENDING_APPROVAL' || state === 'MERGED_INTO' || state === 'REVOKED') throw wrongState({ state });
      if (await this.store.reads(Evidence).existsBy({ oneRecordId, sha256 })) {
        throw new Problem(CODES['citizens.evidence-known']);
      }
      await this.store.insert(Evidence, {
        id: await this.ids.one(),
        oneRecordId,
        fileName,
        contentType,
        sha256,
        sizeBytes: content.length,
        base64,
        uploadedBy: by.userId,
        uploadedAt: this.clock.now(),
      });
      return {};
    });
  }

  /** @throws {Problem} citizens.evidence-unknown when the scan is not one of the record's */
  async evidenceHash(oneRecordId: number, evidenceId: number | null): Promise<string | null> {
    if (evidenceId === null) return null;
    const found = await this.store.reads(Evidence).findOne({
      select: { id: true, sha256: true },
      where: { id: evidenceId, oneRecordId },
    });
    if (!found) throw new Problem(CODES['citizens.evidence-unknown']);
    return found.sha256;
  }
}
