import { Inject, Injectable } from '@nestjs/common';
import { addDuration, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { pageOf, Problem, skipped, type Page } from '@libs/http';
import { formatSums } from '@libs/money';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { parsePhone } from '@libs/phone';
import { IsNull, MoreThan, Not } from 'typeorm';
import { Audit } from '../../identity';
import { Notifications } from '../messages/notifications';
import { ALL_TOPICS } from '../preferences/preference.entities';
import { PreferenceBook } from '../preferences/preference-book';
import { contactSubject } from '../preferences/preferences.rules';
import type { Values } from '../templates/define-template';
import { InboundMessage } from './inbound.entity';
import { commandOf, isAnswerable, type Command } from './inbound.rules';
import { BALANCE, NO_ANSWER, STARTED, STOPPED } from './inbound.templates';
import { INBOUND } from './inbound.problems';
import type { InboundQuery } from './inbound.dto';
import { Inquiries } from './inquiries';

export interface Received {
  provider: string;
  reference: string;
  from: string;
  text: string;
}

interface Answer {
  template: string;
  values: Values;
}

const MASKED = 4;
/** `2026-**0042`: enough to know whose it is, for whoever has the paper. */
const masked = (recordNumber: string): string =>
  recordNumber.replace(/(?<=-)\d+/, (digits) => digits.slice(-MASKED).padStart(digits.length, '*'));

/** Text messages from citizens: commands are done at once, the rest is kept for the department. */
@Injectable()
export class InboundMessages {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly notifications: Notifications,
    private readonly book: PreferenceBook,
    private readonly inquiries: Inquiries,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same reference again changes nothing. */
  async receive(received: Received): Promise<void> {
    try {
      await this.uow.run(() => this.take(received));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // Another was faster: with the same message, which is there now, or with a preference of the same sender.
      await this.uow.run(() => this.take(received));
    }
  }

  private async take({ provider, reference, from, text }: Received): Promise<void> {
    if (await this.store.reads(InboundMessage).existsBy({ provider, reference })) return;
    const sender = parsePhone(from).e164 ?? from;
    const command = commandOf(text);
    const id = await this.ids.one();
    const answered = command !== 'NONE' && (await this.mayAnswer(sender));
    await this.store.insert(InboundMessage, {
      ...{ id, provider, reference, sender, body: text, command, answered },
      receivedAt: this.clock.now(),
      handledBy: null,
      handledAt: null,
      handledNote: null,
    });
    await this.obey(command, sender);
    if (!answered) return;
    const { template, values } = await this.answer(command, sender);
    await this.notifications.send({
      template,
      to: { phone: sender },
      values,
      dedupeKey: `inbound:${id}`,
      channels: ['SMS'],
    });
  }

  /** A machine that answers our answers gets a few of them and then none. */
  private async mayAnswer(sender: string): Promise<boolean> {
    if (!isAnswerable(sender, this.config.smsOwnNumbers)) return false;
    const since = addDuration(this.clock.now(), { hours: -1 });
    const recent = await this.store
      .reads(InboundMessage)
      .countBy({ sender, answered: true, receivedAt: MoreThan(since) });
    return recent < this.config.smsAnswersHourly;
  }

  private async obey(command: Command, sender: string): Promise<void> {
    if (command !== 'STOP' && command !== 'START') return;
    await this.book.say(contactSubject(sender), 'SMS', ALL_TOPICS, command === 'START', 'INBOUND');
  }

  private async answer(command: Command, sender: string): Promise<Answer> {
    if (command === 'STOP') return { template: STOPPED.code, values: {} };
    if (command === 'START') return { template: STARTED.code, values: {} };
    const found = await this.inquiries.balanceFor(sender);
    if (!found) return { template: NO_ANSWER.code, values: {} };
    const on = localDateOf(this.clock.now());
    return {
      template: BALANCE.code,
      values: { record: masked(found.holder.number), sums: formatSums(found.sums) || '0', on },
    };
  }

  /** Newest first. */
  async list({ command, open, ...query }: InboundQuery): Promise<Page<InboundMessage>> {
    const [rows, total] = await this.store.reads(InboundMessage).findAndCount({
      where: {
        ...(command && { command }),
        ...(open !== undefined && { handledAt: open ? IsNull() : Not(IsNull()) }),
      },
      order: { receivedAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /** @throws {Problem} http.not-found, notifications.inbound-handled */
  handle(id: number, note: string, handledBy: number): Promise<InboundMessage> {
    return this.uow.run(async () => {
      const message = await this.store.reads(InboundMessage).findOneBy({ id });
      if (!message) throw new Problem('http.not-found');
      const handled = { handledBy, handledAt: this.clock.now(), handledNote: note };
      if ((await this.store.update(InboundMessage, { id, handledAt: IsNull() }, handled)) === 0) {
        throw new Problem(INBOUND['notifications.inbound-handled']);
      }
      await this.audit.record({ action: 'notifications.inbound-handled', detail: { inboundMessageId: id } });
      return { ...message, ...handled };
    });
  }
}
