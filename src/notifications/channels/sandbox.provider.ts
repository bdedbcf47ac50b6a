import type { Clock } from '@libs/calendar';
import type { Config } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import type { Channel } from '../templates/template.entity';
import { SandboxMessage } from './channel.entities';
import type { ChannelProvider, Outcome, OutgoingMessage } from './channel-provider';

const COLUMNS = [
  ...(['id', 'reference', 'provider', 'channel', 'recipient', 'lane', 'subject', 'body'] as const),
  ...(['segments', 'receivedAt'] as const),
] as const;

interface Parts {
  store: Store;
  uow: UnitOfWork;
  ids: IdAllocator;
  clock: Clock;
  config: Config;
}

/**
 * Keeps messages instead of sending them, each reference once. What a network would answer is told by the last five
 * digits of the number (in an e-mail address: the last five signs before the @):
 * 90001 fails for the time being, 90002 is no number, 90003 finds the provider `sandbox` broken (any other takes it),
 * 90004 is never answered. Outside the demo the digits of one-time codes are not kept.
 */
export class SandboxProvider implements ChannelProvider {
  constructor(
    readonly name: string,
    readonly channel: Channel,
    private readonly parts: Parts,
    readonly perMinute?: number,
  ) {}

  async send(messages: readonly OutgoingMessage[]): Promise<Outcome[]> {
    const outcomes = messages.map((message) => this.answer(message));
    await this.keep(messages.filter((_, at) => outcomes[at]!.state === 'SENT'));
    return outcomes;
  }

  private answer({ to }: OutgoingMessage): Outcome {
    switch (to.replace(/@.*/, '').slice(-5)) {
      case '90001':
        return { state: 'TEMPORARY_FAILURE', code: 'absent' };
      case '90002':
        return { state: 'PERMANENT_FAILURE', code: 'unknown-subscriber' };
      case '90003':
        return this.name === 'sandbox' ? { state: 'TECHNICAL_FAILURE', code: 'broken' } : { state: 'SENT' };
      case '90004':
        return { state: 'TECHNICAL_FAILURE', code: 'timeout' };
      default:
        return { state: 'SENT' };
    }
  }

  private async keep(messages: readonly OutgoingMessage[]): Promise<void> {
    const { store, uow, ids, clock, config } = this.parts;
    await uow.run(async () => {
      const rows = await store.selectIn<{ reference: string }>(
        (list) => `SELECT "reference" FROM "sandbox_messages" WHERE "reference" IN (${list})`,
        messages.map(({ reference }) => reference),
      );
      const known = new Set(rows.map(({ reference }) => reference));
      const fresh = messages.filter(({ reference }) => !known.has(reference));
      const numbers = await ids.many(fresh.length);
      const now = clock.now();
      await store.bulkInsert(
        SandboxMessage,
        COLUMNS,
        fresh.map(({ reference, channel, to, lane, subject, body, segments }, at) => {
          const kept = lane === 'OTP' && !config.demo ? body.replace(/\d/g, '•') : body;
          return [numbers[at], reference, this.name, channel, to, lane, subject, kept, segments, now];
        }),
      );
    });
  }
}
