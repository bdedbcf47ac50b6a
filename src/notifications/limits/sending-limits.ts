import { Inject, Injectable } from '@nestjs/common';
import { addDays, addDuration, compare, localDateOf, startOfLocalDay, type Clock, type Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import type { Lane } from '@libs/outbox';
import type { ChannelProvider } from '../channels/channel-provider';
import { Counters } from './counters';
import { mayLeaveAt } from './quiet-hours.rules';

export interface Sendable {
  id: number;
  lane: Lane;
  /** Agorot. */
  cost: number;
  /** Tries so far. */
  attempts: number;
  departmentId: number | null;
}

export interface Granted<T> {
  now: T[];
  /** Those that have to wait; `placed` have their place in that minute of the provider. */
  later: { messages: T[]; at: Instant; placed: boolean }[];
}

/** Percent of the minute of a provider; the rest is kept free for what is more urgent. */
const SHARES: Record<Lane, number> = { OTP: 100, EMERGENCY: 95, TRANSACTIONAL: 90, BULK: 80 };
const MINUTES_AHEAD = 24 * 60;
const MINUTES_READ = 500;
const URGENT: readonly Lane[] = ['OTP', 'EMERGENCY'];

/**
 * What a provider takes in a minute, what a department sends and what all costs in a day. What does not fit waits: for a
 * minute of the provider in which it has its place from then on, or for the next day. Codes and emergencies wait for
 * the provider alone.
 */
@Injectable()
export class SendingLimits {
  constructor(
    private readonly counters: Counters,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * In the unit that takes the messages up; they are all of one lane, channel and department.
   * @param placed they have their place in this minute already
   */
  async grant<T extends Sendable>(
    messages: readonly T[],
    provider: ChannelProvider | undefined,
    placed: boolean,
  ): Promise<Granted<T>> {
    const [first] = messages;
    if (!first) return { now: [], later: [] };
    const now = this.clock.now();
    const opens = mayLeaveAt(now, first.lane, this.config.quietHours);
    if (compare(opens, now) > 0) return { now: [], later: [{ messages: [...messages], at: opens, placed: false }] };
    if (placed) return { now: [...messages], later: [] };
    const within = URGENT.includes(first.lane) ? messages.length : await this.withinDay(messages, now);
    const granted = await this.inMinutes(messages.slice(0, within), provider, now);
    if (within < messages.length) {
      const tomorrow = startOfLocalDay(addDays(localDateOf(now), 1));
      const at = mayLeaveAt(tomorrow, first.lane, this.config.quietHours);
      granted.later.push({ messages: messages.slice(within), at, placed: false });
    }
    return granted;
  }

  /** In the active unit. @returns how many more of a lane the provider takes in this minute, in the place of another */
  async standIn(provider: ChannelProvider, lane: Lane, wanted: number): Promise<number> {
    if (!provider.perMinute) return wanted;
    const at = minuteOf(this.clock.now(), 0);
    const limit = shareOf(provider.perMinute, lane);
    return this.counters.take(counterOf(provider, at), wanted, limit, addDuration(at, { minutes: 2 }));
  }

  /** @returns how many of the list fit into the day of their department and into the budget */
  private async withinDay(messages: readonly Sendable[], now: Instant): Promise<number> {
    // What was tried before has its place in a day.
    if (messages.every(({ attempts }) => attempts > 0)) return messages.length;
    const day = localDateOf(now);
    const ends = addDuration(startOfLocalDay(addDays(day, 1)), { days: 1 });
    const { departmentId } = messages[0]!;
    let fitting = messages.length;
    if (departmentId !== null) {
      const id = `department:${departmentId}:${day}`;
      fitting = await this.counters.take(id, fitting, this.config.departmentDailyMessages, ends);
    }
    const costs = messages.slice(0, fitting).map(({ cost }) => cost);
    const wanted = costs.reduce((sum, cost) => sum + cost, 0);
    if (wanted === 0) return fitting;
    let left = await this.counters.take(`budget:${day}`, wanted, this.config.messageDailyBudget.ILS ?? 0, ends);
    const over = costs.findIndex((cost) => (left -= cost) < 0);
    return over < 0 ? fitting : over;
  }

  /** Each in the first minute of the provider that has room; the first of these is this one. */
  private async inMinutes<T extends Sendable>(
    messages: readonly T[],
    provider: ChannelProvider | undefined,
    now: Instant,
  ): Promise<Granted<T>> {
    const granted: Granted<T> = { now: [], later: [] };
    if (!provider?.perMinute) return { ...granted, now: [...messages] };
    const limit = messages[0] ? shareOf(provider.perMinute, messages[0].lane) : 0;
    let left = messages;
    let used = new Map<string, number>();
    for (let minute = 0; left.length > 0 && minute < MINUTES_AHEAD; minute++) {
      const at = minuteOf(now, minute);
      const id = counterOf(provider, at);
      // Minutes that are full are passed over without a lock on their counters.
      if (minute % MINUTES_READ === 1) used = await this.counters.used(minutesFrom(provider.name, now, minute));
      if ((used.get(id) ?? 0) >= limit) continue;
      const taken = await this.counters.take(id, left.length, limit, addDuration(at, { minutes: 2 }));
      if (taken === 0) continue;
      if (minute === 0) granted.now = left.slice(0, taken);
      else granted.later.push({ messages: left.slice(0, taken), at, placed: true });
      left = left.slice(taken);
    }
    if (left.length > 0) granted.later.push({ messages: [...left], at: minuteOf(now, MINUTES_AHEAD), placed: false });
    return granted;
  }
}

const shareOf = (perMinute: number, lane: Lane): number => Math.max(1, Math.floor((perMinute * SHARES[lane]) / 100));

/** The beginning of the minute so many minutes from now. */
const minuteOf = (now: Instant, later: number): Instant =>
  later === 0 ? `${now.slice(0, 16)}:00.000Z` : addDuration(`${now.slice(0, 16)}:00.000Z`, { minutes: later });

const counterOf = ({ name }: ChannelProvider, minute: Instant): string => `provider:${name}:${minute}`;

const minutesFrom = (provider: string, now: Instant, first: number): string[] =>
  Array.from({ length: MINUTES_READ }, (_, at) => `provider:${provider}:${minuteOf(now, first + at)}`);
