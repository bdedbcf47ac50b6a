import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { addDuration, type Clock, type Instant } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Handles, Postponed, type Delivery, type Lane } from '@libs/outbox';
import { loggable } from '@libs/persistence';
import {
  ChannelProviders,
  mayHaveBeenTaken,
  type ChannelProvider,
  type Outcome,
  type OutgoingMessage,
} from '../channels/channel-provider';
import { GIVEN_UP, UNSURE } from './message-state.rules';
import { MessageBooks, type Settlement } from './message-books';
import { Places } from './places';
import { SEND, SEND_SECRET, type Carried, type Secret } from './queue';

const BULK_AT_ONCE = 2;
const NO_ROOM: Outcome = { state: 'TECHNICAL_FAILURE', code: 'no-room', outage: true };
/** Of providers that let us wait for nothing: each such try holds one of the few places of a lane for as long. */
const SLOW_FAILURES = new Set(['timeout', 'und_err_connect_timeout', 'etimedout']);
const SECONDS_UNASKED = 30;
/** Seconds between two tries while a provider is away. */
const LONGEST_PAUSE: Record<Lane, number> = { OTP: 60, EMERGENCY: 60, TRANSACTIONAL: 900, BULK: 900 };

/** Sends what is queued: claimed in one unit, sent outside, settled in another. */
@Injectable()
export class MessageSender {
  private readonly logger = new Logger(MessageSender.name);
  private readonly bulk = new Places(BULK_AT_ONCE);
  private readonly unasked = new Map<ChannelProvider, { until: Instant; outcome: Outcome }>();

  constructor(
    private readonly books: MessageBooks,
    private readonly providers: ChannelProviders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** As {@link send}, some chunks at a time: each unit of theirs is one that a code waits for on an embedded database. */
  @Handles(SEND.BULK)
  sendBulk(carried: Carried, delivery: Delivery): Promise<void> {
    return this.bulk.run(() => this.send(carried, delivery));
  }

  /** May run again for messages that have left: a provider knows each by its key and takes it once. */
  @Handles(SEND.OTP, SEND.EMERGENCY, SEND.TRANSACTIONAL)
  async send(carried: Carried, delivery: Delivery): Promise<void> {
    await this.work(await this.books.claim(carried, delivery), delivery);
  }

  @Handles(...Object.values(SEND_SECRET))
  async sendSecret(secret: Secret, delivery: Delivery): Promise<void> {
    await this.work(await this.books.claimSecret(secret, delivery), delivery);
  }

  /** @throws {Error} when some are to be tried again: the outbox does, with its pauses; {@link Postponed} in an outage */
  private async work(messages: readonly OutgoingMessage[], { last }: Delivery): Promise<void> {
    // An embedded database answers within the tick: requests and clocks get their turn between its units.
    await setImmediate();
    const groups = new Map<string, OutgoingMessage[]>();
    for (const message of messages) {
      const key = `${message.channel} ${message.provider}`;
      groups.set(key, [...(groups.get(key) ?? []), message]);
    }
    const settlements: Settlement[] = [];
    for (const group of groups.values()) settlements.push(...(await this.byProviders(group)));
    await setImmediate();
    const again = settlements.filter(({ outcome }) => isWorthAnother(outcome));
    const waits = again.some(({ outcome }) => isOutage(outcome));
    const isOver = last && !waits;
    await this.books.settle(isOver ? settlements.map(givenUp) : settlements);
    if (again.length === 0) return;
    const codes = [...new Set(again.map(({ outcome }) => ('code' in outcome ? outcome.code : '')))];
    const why = `${again.length} of ${messages.length} messages to be tried again: ${codes.join(', ')}`;
    if (waits) throw new Postponed(why, LONGEST_PAUSE[messages[0]!.lane]);
    throw new Error(why);
  }

  /** What one provider could not do for reasons of its own, the next one tries. */
  private async byProviders(messages: readonly OutgoingMessage[]): Promise<Settlement[]> {
    const { channel, provider: asked } = messages[0]!;
    const providers = this.providers.after(channel, asked);
    const done: Settlement[] = [];
    const missed = new Set<OutgoingMessage>();
    let left = messages;
    let before: string | null = null;
    for (const provider of providers) {
      const room = before === null ? left.length : await this.books.handOver(left, provider);
      const outcomes = room === 0 ? [] : await this.ask(provider, left.slice(0, room));
      const isLast = provider === providers.at(-1);
      const ofThis = (outcome: Outcome, { lane }: OutgoingMessage): Outcome =>
        provider.leavesUnsure && !bearsTwo(lane) && mayHaveBeenTaken(outcome) ? unknown(outcome) : outcome;
      // What it has no room for is asked of the one before again, and of this one in a later minute.
      const settled = left.map((message, at) => ({
        ...{ message, outcome: ofThis(inOutage(outcomes[at] ?? NO_ROOM, missed.has(message)), message) },
        provider: at < room ? provider.name : before,
      }));
      before = provider.name;
      done.push(...settled.filter((each) => isLast || !goesOn(each)));
      left = settled.filter(goesOn).map(({ message }) => message);
      if (left.length === 0) return done;
      for (const { message, outcome } of settled) if (isOutage(outcome)) missed.add(message);
    }
    if (providers.length > 0) return done;
    const outcome: Outcome = { state: 'TECHNICAL_FAILURE', code: 'no-provider', outage: true };
    return messages.map((message) => ({ message, outcome, provider: null }));
  }

  /** A provider that let us wait for nothing is asked again after a while; until then messages go to the next, or wait. */
  private async ask(provider: ChannelProvider, messages: readonly OutgoingMessage[]): Promise<Outcome[]> {
    const away = this.unasked.get(provider);
    if (away && this.clock.now() < away.until) return messages.map(() => away.outcome);
    const outcomes = await this.asked(provider, messages);
    const slow = outcomes.find((outcome) => this.isSlow(outcome, provider));
    if (slow && outcomes.every(isOutage)) {
      const until = addDuration(this.clock.now(), { seconds: SECONDS_UNASKED });
      this.unasked.set(provider, { until, outcome: { ...slow, state: 'TECHNICAL_FAILURE' } as Outcome });
    } else this.unasked.delete(provider);
    return outcomes;
  }

  /** Also what may have been taken and is for this one alone: the fewer of those, the better, where others go elsewhere. */
  private isSlow(outcome: Outcome, { channel, leavesUnsure }: ChannelProvider): boolean {
    if ('code' in outcome && SLOW_FAILURES.has(outcome.code)) return true;
    return mayHaveBeenTaken(outcome) && (leavesUnsure || this.providers.of(channel).length > 1);
  }

  private async asked(provider: ChannelProvider, messages: readonly OutgoingMessage[]): Promise<Outcome[]> {
    try {
      return await provider.send(messages);
    } catch (error) {
      const { type, message } = loggable(error);
      this.logger.warn(`provider ${provider.name}: ${type}: ${message}`);
      return messages.map(() => ({ state: 'TECHNICAL_FAILURE', code: 'provider-error' }));
    }
  }
}

/** A code that comes twice does no harm; one that never comes does. Of everything else each gets one, or none. */
const bearsTwo = (lane: Lane): boolean => lane === 'OTP';

/** To the next provider: what this one has surely not taken, now or before; a code also where that is not sure. */
const goesOn = ({ message, outcome }: Settlement): boolean =>
  outcome.state === 'TECHNICAL_FAILURE'
    ? !message.unsure || bearsTwo(message.lane)
    : mayHaveBeenTaken(outcome) && bearsTwo(message.lane);

/** What may have arrived and cannot be asked for again without sending it twice. */
const unknown = (outcome: Outcome): Outcome => ({
  state: 'PERMANENT_FAILURE',
  code: `${UNSURE}${'code' in outcome ? outcome.code : ''}`,
});

const isWorthAnother = ({ state }: Outcome): boolean => state === 'TEMPORARY_FAILURE' || state === 'TECHNICAL_FAILURE';

/** A failure that would be tried again, of a message that will not be. */
const givenUp = (settlement: Settlement): Settlement => {
  const { outcome } = settlement;
  if (!isWorthAnother(outcome) || !('code' in outcome)) return settlement;
  return { ...settlement, outcome: { state: 'PERMANENT_FAILURE', code: `${GIVEN_UP}${outcome.code}` } };
};

const isOutage = (outcome: Outcome): boolean => 'outage' in outcome && outcome.outage === true;

/** Where a provider before was away, what the last one failed at is tried again until that one is back. */
const inOutage = (outcome: Outcome, missed: boolean): Outcome =>
  missed && outcome.state === 'TECHNICAL_FAILURE' ? { ...outcome, outage: true } : outcome;
