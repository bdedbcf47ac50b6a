import { Inject, Injectable } from '@nestjs/common';
import { addDuration, type Clock, type Instant } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { LANES, type Lane, type Room } from './lanes';
import { ERASED, messageTypes } from './outbox';

/** A worker that says nothing for so long is dead, and its messages are taken by another. */
export const LEASE_SECONDS = 30;
/** For so long a message is left to Redis; then it is given to Redis again, which knows it by its key. */
const HAND_OVER_SECONDS = 10;
const MAX_ATTEMPTS = 8;
/** After the first try; twice as long after each one more. */
const FIRST_PAUSE_SECONDS = 10;
/** Who holds a message that waits in Redis. */
const REDIS = 'redis';
export const WAITS_IN_REDIS = `"locked_by" LIKE '${REDIS}#%'`;

export interface Due {
  id: number;
  lane: Lane;
}

/** A message that waits in Redis: its id and the tries it has had, and nothing that it says. */
export interface Waiting extends Due {
  type: string;
  attempts: number;
}

/** A message that this process works. */
export interface Claimed extends Waiting {
  postponed: number;
  payload: unknown;
}

/** How a try ended. */
export interface Ended {
  message: Claimed;
  failure?: Failure;
}

export interface Failure {
  /** What the handler threw. */
  why: string;
  /** Seconds: it is no try of the eight, and the pause after it is no longer than this. */
  longestPause?: number;
}

/** SQL of what is set, of what is free, and of the columns that are read. */
interface Taking {
  set: string;
  values: Instant[];
  free: string;
  instants: Instant[];
  read: string;
}

const isSecret = (type: string): boolean => messageTypes().get(type)?.secret ?? false;
export const isLastTry = ({ attempts, postponed }: Claimed, { longestPause }: Partial<Failure> = {}): boolean =>
  longestPause === undefined && attempts - postponed >= MAX_ATTEMPTS;

/**
 * The statements on `outbox_messages`, which alone say who works a message. A claim counts the tries up; whoever ends a
 * try names its number, so that a worker that was taken for dead changes nothing any more.
 */
@Injectable()
export class OutboxRepo {
  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Due messages that nobody holds, the urgent lanes first. */
  async due(room: Room): Promise<Due[]> {
    const now = this.clock.now();
    const found: Due[] = [];
    for (const lane of LANES) {
      const limit = room[lane] ?? 0;
      if (limit <= 0) continue;
      const free = `SELECT "id" FROM "outbox_messages" WHERE "state" = 'PENDING' AND "lane" = ? AND "available_at" <= ?
        AND ("locked_until" IS NULL OR "locked_until" <= ?)`;
      const page = this.store.page(free, '"available_at", "id"', 0, limit);
      const rows = await this.store.sql<{ id: number | string }>(page, [lane, now, now]);
      found.push(...rows.map(({ id }) => ({ id: Number(id), lane })));
    }
    return found;
  }

  /** Leaves messages to Redis, in the active unit. @returns those that nobody else has taken */
  async handOver(ids: readonly number[], token: string): Promise<Waiting[]> {
    const now = this.clock.now();
    const until = addDuration(now, { seconds: HAND_OVER_SECONDS });
    const set = `"locked_by" = ?, "locked_until" = ?`;
    const free = `("locked_until" IS NULL OR "locked_until" <= ?)`;
    const change = { set, values: [until], free, instants: [now], read: WAITING };
    return this.take<Waiting>(ids, `${REDIS}#${token}`, change);
  }

  /** What was left to Redis is due again at once, because Redis went away or came back. In the active unit. */
  async takeBack(): Promise<void> {
    await this.store.sql(`UPDATE "outbox_messages" SET ${FREE} WHERE "state" = 'PENDING' AND ${WAITS_IN_REDIS}`);
  }

  /**
   * Takes due messages that nobody alive works, in the active unit.
   * @param token of this claim alone, so that what it got can be told from what others hold
   */
  async claim(ids: readonly number[], token: string): Promise<Claimed[]> {
    const now = this.clock.now();
    const until = addDuration(now, { seconds: LEASE_SECONDS });
    const set = `"locked_by" = ?, "locked_until" = ?, "attempts" = "attempts" + 1`;
    const free = `"available_at" <= ?
      AND ("locked_until" IS NULL OR "locked_until" <= ? OR ${WAITS_IN_REDIS})`;
    const change = { set, values: [until], free, instants: [now, now], read: `${WAITING}, "postponed", "payload"` };
    const rows = await this.take<Omit<Claimed, 'payload'> & { payload: string }>(ids, token, change);
    return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) as unknown }));
  }

  private async take<T extends Waiting>(
    ids: readonly number[],
    holder: string,
    { set, values, free, instants, read }: Taking,
  ): Promise<T[]> {
    const taken: T[] = [];
    for (const [list, part] of parts(ids)) {
      await this.store.sql(`UPDATE "outbox_messages" SET ${set} WHERE "id" IN (${list}) AND ${PENDING} AND ${free}`, [
        holder,
        ...values,
        ...part,
        ...instants,
      ]);
      const rows = await this.store.sql<T>(
        `SELECT ${read} FROM "outbox_messages"
         WHERE "id" IN (${list}) AND "locked_by" = ? ORDER BY "available_at", "id"`,
        [...part, holder],
      );
      for (const row of rows) taken.push({ ...row, id: Number(row.id) });
    }
    return taken;
  }

  /** Keeps the messages that `owner` works from being taken for abandoned. In the active unit. */
  async extend(messages: readonly Claimed[], owner: string): Promise<void> {
    const until = addDuration(this.clock.now(), { seconds: LEASE_SECONDS });
    for (const [list, ids] of parts(messages.map(({ id }) => id))) {
      await this.store.sql(
        `UPDATE "outbox_messages" SET "locked_until" = ?
         WHERE "id" IN (${list}) AND ${PENDING} AND "locked_by" LIKE ?`,
        [until, ...ids, `${owner}#%`],
      );
    }
  }

  /** Writes down how tries ended, in the active unit; what another has taken meanwhile stays as it is. */
  async settle(ended: readonly Ended[]): Promise<void> {
    const now = this.clock.now();
    const done = ended.filter(({ failure }) => failure === undefined).map(({ message }) => message);
    for (const secret of [false, true]) {
      const same = done.filter(({ type }) => isSecret(type) === secret);
      const erased = secret ? `, "payload" = '${JSON.stringify(ERASED)}'` : '';
      await this.each(same, `"state" = 'DONE', "done_at" = ?, ${FREE}${erased}`, [now]);
    }
    for (const { message, failure } of ended) if (failure !== undefined) await this.fail(message, failure, now);
  }

  private async fail(message: Claimed, failure: Failure, now: Instant): Promise<void> {
    const { why, longestPause } = failure;
    const tries = longestPause === undefined ? message.attempts - message.postponed : message.postponed + 1;
    const pause = Math.min(2 ** Math.min(tries, MAX_ATTEMPTS) * (FIRST_PAUSE_SECONDS / 2), longestPause ?? Infinity);
    const dead = isLastTry(message, failure);
    const erased = dead && isSecret(message.type) ? `, "payload" = '${JSON.stringify(ERASED)}'` : '';
    const counted = longestPause === undefined ? '' : `, "postponed" = "postponed" + 1`;
    const set = `"state" = ?, "available_at" = ?, "last_error" = ?, ${FREE}${counted}${erased}`;
    const again = addDuration(now, { seconds: pause });
    await this.each([message], set, [dead ? 'DEAD' : 'PENDING', again, why.slice(0, 1000)]);
  }

  /** A change of messages whose tries are still the last ones; a statement for each number of tries. */
  private async each(messages: readonly Claimed[], set: string, values: unknown[]): Promise<void> {
    for (const tries of new Set(messages.map(({ attempts }) => attempts))) {
      const same = messages.filter(({ attempts }) => attempts === tries);
      for (const [list, ids] of parts(same.map(({ id }) => id))) {
        await this.store.sql(
          `UPDATE "outbox_messages" SET ${set} WHERE "id" IN (${list}) AND ${PENDING} AND "attempts" = ?`,
          [...values, ...ids, tries],
        );
      }
    }
  }
}

const WAITING = '"id", "type", "lane", "attempts"';
const FREE = `"locked_by" = NULL, "locked_until" = NULL`;

/** Of rows that are named: the embedded database would find `= 'PENDING'` by its index and read all that wait. */
const PENDING = `"state" NOT IN ('DONE', 'DEAD')`;

/** Ids by the thousand, each with its place holders. */
function* parts(ids: readonly number[]): Generator<[list: string, ids: readonly number[]]> {
  for (let start = 0; start < ids.length; start += 1000) {
    const part = ids.slice(start, start + 1000);
    yield [part.map(() => '?').join(', '), part];
  }
}
