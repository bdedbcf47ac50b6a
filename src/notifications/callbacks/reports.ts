import { Inject, Injectable, Logger } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { defineMessage, Handles, Outbox } from '@libs/outbox';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { BadContacts } from '../contacts/bad-contacts';
import { Message, MessageEvent } from '../messages/message.entity';
import { SettledMessages } from '../messages/settled-messages';
import { movedBy, SETTLED, type ReportedState } from '../messages/message-state.rules';

/** What a provider says of a message: under our reference, its own, or both. */
export interface Report {
  provider: string;
  ours: string | null;
  theirs: string | null;
  state: ReportedState;
  code: string | null;
}

/** A report may be faster than the answer to the sending: it is asked about again. */
const LATER = defineMessage<Report & { asked: number }>('notifications.report');
const AGAIN_AFTER_SECONDS = 30;
const MOST_ASKED = 3;

/** Delivery reports: duplicates and what is out of order change nothing. */
@Injectable()
export class Reports {
  private readonly logger = new Logger(Reports.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly outbox: Outbox,
    private readonly badContacts: BadContacts,
    private readonly settled: SettledMessages,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the messages that it moved: 0 or 1 */
  take(report: Report): Promise<number> {
    return this.apply({ ...report, asked: 0 });
  }

  @Handles(LATER)
  async takeLater(report: Report & { asked: number }): Promise<void> {
    await this.apply(report);
  }

  private apply(report: Report & { asked: number }): Promise<number> {
    return this.uow.run(async () => {
      const message = await this.find(report);
      if (!message) return this.unknown(report);
      const { state, provider, code } = report;
      // Whom another stood in for has failed, which is no news; that it delivered all the same would be.
      const isLeft = message.provider !== null && message.provider !== provider;
      if (isLeft && state !== 'DELIVERED') return 0;
      const now = this.clock.now();
      const moved = await this.store.update(
        Message,
        { id: message.id, state: In(movedBy(state)) },
        { state, failureCode: code, ...(SETTLED.includes(state) && { settledAt: now }) },
      );
      if (moved === 0) return 0;
      await this.store.insert(MessageEvent, {
        id: await this.ids.one(),
        messageId: message.id,
        state,
        provider,
        code,
        at: now,
      });
      if (state === 'PERMANENT_FAILURE') {
        await this.badContacts.mark(message.channel, message.recipient, code ?? 'permanent');
      }
      if (SETTLED.includes(state)) await this.settled.tell(message, state, code);
      return 1;
    });
  }

  private async find({ provider, ours, theirs }: Report): Promise<Message | null> {
    const messages = this.store.reads(Message);
    const found = ours === null ? null : await messages.findOneBy({ dedupeKey: ours });
    if (found || theirs === null) return found;
    return messages.findOne({
      where: { provider, providerReference: theirs },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
  }

  private async unknown(report: Report & { asked: number }): Promise<number> {
    const { provider, theirs, ours, asked } = report;
    this.logger.warn(`report of ${provider} about an unknown message ${(theirs ?? ours ?? '').slice(0, 60)}`);
    if (asked >= MOST_ASKED) return 0;
    const at = addDuration(this.clock.now(), { seconds: AGAIN_AFTER_SECONDS * 2 ** asked });
    await this.outbox.add(LATER, { ...report, asked: asked + 1 }, at);
    return 0;
  }
}
