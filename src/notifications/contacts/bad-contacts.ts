import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery } from '@libs/http';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { parsePhone } from '@libs/phone';
import { Audit } from '../../identity';
import { NOTIFICATIONS } from '../notifications.problems';
import type { Channel } from '../templates/template.entity';
import { parseEmail } from './email-address';
import { BadContact } from './bad-contact.entity';

/** Numbers and addresses that do not exist. */
@Injectable()
export class BadContacts {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Nothing is sent there from now on. */
  mark(channel: Channel, contact: string, code: string): Promise<void> {
    return this.uow.run(async () => {
      if (await this.store.reads(BadContact).existsBy({ channel, standingContact: contact })) return;
      const marked: BadContact = {
        ...{ id: await this.ids.one(), channel, contact, standingContact: contact, code },
        ...{ markedAt: this.clock.now(), liftedBy: null, liftedAt: null, liftedReason: null },
      };
      try {
        await this.store.insert(BadContact, marked);
      } catch (error) {
        // Another unit was faster: what this one has written down of its messages stays.
        if (!isUniqueViolation(error)) throw error;
      }
    });
  }

  /** Newest first; lifted ones, too. @param contact as people write it */
  async list(contact: string | undefined, query: PageQuery): Promise<Page<BadContact>> {
    const known = contact && (parsePhone(contact).e164 ?? parseEmail(contact) ?? contact);
    const [rows, total] = await this.store.reads(BadContact).findAndCount({
      where: known ? { contact: known } : {},
      order: { markedAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /** Messages go there again. @throws {Problem} http.not-found, notifications.contact-lifted */
  lift(id: number, reason: string, userId: number): Promise<BadContact> {
    return this.uow.run(async () => {
      const contact = await this.store.reads(BadContact).findOneBy({ id });
      if (!contact) throw new Problem('http.not-found');
      const lifted = { standingContact: null, liftedBy: userId, liftedAt: this.clock.now(), liftedReason: reason };
      const standing = { id, standingContact: contact.contact };
      if ((await this.store.update(BadContact, standing, lifted)) !== 1) {
        throw new Problem(NOTIFICATIONS['notifications.contact-lifted']);
      }
      await this.audit.record({ action: 'notifications.contact.lift', detail: { badContactId: id, reason } });
      return { ...contact, ...lifted };
    });
  }
}
