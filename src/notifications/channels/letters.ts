import { Injectable } from '@nestjs/common';
import { pageOf, Problem, skipped, type Page, type PageQuery } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { Audit } from '../../identity';
import { Reports } from '../callbacks/reports';
import { Contacts } from '../contacts/contact-book';
import { Message, MessageContent } from '../messages/message.entity';
import { NOTIFICATIONS } from '../notifications.problems';
import type { LetterView } from './letters.controller';

/** Letters between the queue and the post. */
@Injectable()
export class Letters {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly contacts: Contacts,
    private readonly reports: Reports,
    private readonly audit: Audit,
  ) {}

  async waiting(query: PageQuery): Promise<Page<LetterView>> {
    const [rows, total] = await this.store.reads(Message).findAndCount({
      where: { channel: 'PRINT', state: 'PENDING' },
      order: { createdAt: 'ASC', id: 'ASC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, await this.views(rows), total);
  }

  /** @throws {Problem} http.not-found, notifications.letter-posted */
  post(id: number): Promise<LetterView> {
    return this.uow.run(async () => {
      const message = await this.store.reads(Message).findOneBy({ id, channel: 'PRINT' });
      if (!message) throw new Problem('http.not-found');
      const report = {
        provider: 'print',
        ours: message.dedupeKey,
        theirs: null,
        state: 'DELIVERED',
        code: null,
      } as const;
      const isWaiting = message.state === 'PENDING' && (await this.reports.take(report)) === 1;
      if (!isWaiting) throw new Problem(NOTIFICATIONS['notifications.letter-posted']);
      await this.audit.record({ action: 'notifications.letter.post', detail: { messageId: id } });
      return (await this.views([message]))[0]!;
    });
  }

  private async views(messages: readonly Message[]): Promise<LetterView[]> {
    const ids = messages.map(({ id }) => id);
    const words = await this.store.reads(MessageContent).findBy({ id: In(ids) });
    const contacts = await this.contacts.of(messages.flatMap(({ oneRecordId }) => oneRecordId ?? []));
    return messages.map(({ id, oneRecordId, language, createdAt }) => {
      const { subject = null, body = '' } = words.find((each) => each.id === id) ?? {};
      const addressee = contacts.get(oneRecordId!)?.name ?? '';
      return { id, oneRecordId: oneRecordId!, addressee, language, subject, body, createdAt };
    });
  }
}
