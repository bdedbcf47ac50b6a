import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { loggable, UnitOfWork } from '@libs/persistence';
import { HandlerRegistry, Postponed } from './handlers';
import { CONCURRENCY, LaneLimits, LANES, type Lane, type Room } from './lanes';
import { isLastTry, LEASE_SECONDS, OutboxRepo, type Claimed, type Due, type Ended, type Failure } from './outbox.repo';

const RETRY_MS = 250;

/** Tries that ended in this process. */
export type Outcome = 'done' | 'failed' | 'dead';

/**
 * Works messages in this process. It goes in rounds, each one unit of work: what has ended since the last round is
 * settled, and new messages are claimed and read. So a message costs a share of a unit, the smaller the more there is.
 */
@Injectable()
export class OutboxWorker {
  readonly finished = Object.fromEntries(LANES.map((lane) => [lane, { done: 0, failed: 0, dead: 0 }])) as Readonly<
    Record<Lane, Record<Outcome, number>>
  >;
  private readonly logger = new Logger(OutboxWorker.name);
  private readonly owner = `${process.pid}-${randomUUID().slice(0, 8)}`;
  /** Claimed and not settled yet. */
  private readonly held = new Map<number, Claimed>();
  private readonly running = new Map<Promise<void>, Lane>();
  private ended: Ended[] = [];
  /** Named by Redis; each is told when it is settled, or somebody else's. */
  private readonly named = new Map<number, () => void>();
  private asked: number[] = [];
  /** Lanes in which more may be due than was found. */
  private readonly open = new Set<Lane>();
  private turning: Promise<void> | undefined;
  private rounds = 0;
  private claims = 0;
  private stopping = false;
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly repo: OutboxRepo,
    private readonly handlers: HandlerRegistry,
    private readonly limits: LaneLimits,
  ) {}

  /** Takes whatever is due. Resolves when nothing more is, or there is no room for more; never rejects. */
  look(): Promise<void> {
    for (const lane of LANES) this.open.add(lane);
    return this.turn();
  }

  /** Leaves what is due to others, until the next look. */
  rest(): void {
    this.open.clear();
  }

  /** Works this message if it is due and nobody has it. Resolves when it is settled; never rejects. */
  async work(id: number): Promise<void> {
    if (this.stopping || this.named.has(id) || this.held.has(id)) return;
    const settled = new Promise<void>((resolve) => this.named.set(id, resolve));
    this.asked.push(id);
    void this.turn();
    await settled;
  }

  /** Looks until nothing is due and all that was begun has ended. @returns how many were begun */
  async drain(): Promise<number> {
    const before = this.claims;
    let last: number;
    do {
      last = this.claims;
      await this.look();
      await this.quiet();
    } while (this.claims > last);
    return this.claims - before;
  }

  /** Begins no more. Resolves when all that was begun has ended and is settled. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const id of this.asked.splice(0)) this.leave(id);
    await this.quiet();
    clearInterval(this.heartbeat);
  }

  private async quiet(): Promise<void> {
    while (this.turning || this.running.size > 0) await (this.turning ?? Promise.race(this.running.keys()));
  }

  private turn(): Promise<void> {
    return (this.turning ??= this.untilIdle());
  }

  private async untilIdle(): Promise<void> {
    // What comes in one go is dealt with in one round, and requests are answered in between.
    await setImmediate();
    while (this.ended.length > 0 || this.asked.length > 0 || Object.keys(this.room()).length > 0) {
      await this.round().catch(async (error: unknown) => {
        this.logger.error(error);
        if (this.stopping) this.ended = [];
        else await setTimeout(RETRY_MS);
      });
      await setImmediate();
    }
    this.turning = undefined;
  }

  private async round(): Promise<void> {
    const [ended, asked, room] = [this.ended, this.asked, this.room()];
    const lanes = Object.keys(room) as Lane[];
    [this.ended, this.asked] = [[], []];
    // Whoever looks from now on may see what this round does not.
    for (const lane of lanes) this.open.delete(lane);
    try {
      // Outside a unit, which on the embedded database would have others wait to learn that nothing is due.
      const found = ended.length + asked.length === 0 ? await this.due(room) : undefined;
      if (found?.length === 0) return;
      const token = `${this.owner}#${++this.rounds}`;
      const { due, claimed } = await this.uow.run(async () => {
        await this.repo.settle(ended);
        const due = found ?? (await this.due(room));
        return { due, claimed: await this.repo.claim([...asked, ...due.map(({ id }) => id)], token) };
      });
      for (const lane of lanes) if (due.filter((each) => each.lane === lane).length === room[lane]) this.open.add(lane);
      for (const { message } of ended) this.leave(message.id);
      for (const message of claimed) this.begin(message);
    } catch (error) {
      this.ended.unshift(...ended);
      for (const lane of lanes) this.open.add(lane);
      throw error;
    } finally {
      for (const id of asked) if (!this.held.has(id)) this.leave(id);
    }
  }

  /** What is at work here is not begun again, though its lease has ended because the database was away. */
  private async due(room: Room): Promise<Due[]> {
    const due = await this.repo.due(room);
    return due.filter(({ id }) => !this.held.has(id));
  }

  /** Places in the lanes where more may be due. */
  private room(): Room {
    if (this.stopping) return {};
    const room: Partial<Record<Lane, number>> = {};
    for (const lane of this.open) {
      const busy = [...this.running.values()].filter((each) => each === lane).length;
      const places = Math.min(CONCURRENCY[lane] - busy, this.limits.left(lane));
      if (places > 0) room[lane] = places;
    }
    return room;
  }

  private begin(message: Claimed): void {
    this.claims++;
    this.held.set(message.id, message);
    this.limits.use(message.lane);
    this.heartbeat ??= setInterval(() => void this.beat(), (LEASE_SECONDS * 1000) / 3);
    const run = this.attempt(message).then((failure) => {
      this.running.delete(run);
      const outcome = failure === undefined ? 'done' : isLastTry(message, failure) ? 'dead' : 'failed';
      this.finished[message.lane][outcome]++;
      this.ended.push({ message, ...(failure && { failure }) });
      void this.turn();
    });
    this.running.set(run, message.lane);
  }

  private leave(id: number): void {
    this.held.delete(id);
    this.named.get(id)?.();
    this.named.delete(id);
  }

  private async attempt(claimed: Claimed): Promise<Failure | undefined> {
    const { id: messageId, type, attempts: attempt, payload } = claimed;
    try {
      const handler = this.handlers.of(type);
      if (!handler) throw new Error(`no handler for ${type}`);
      await handler(payload, { messageId, attempt, last: isLastTry(claimed) });
      return undefined;
    } catch (error) {
      const { type: kind, message } = loggable(error);
      this.logger.warn(`message ${messageId} ${type} attempt ${attempt}: ${kind}: ${message}`);
      return { why: `${kind}: ${message}`, ...(error instanceof Postponed && { longestPause: error.longestPause }) };
    }
  }

  private async beat(): Promise<void> {
    if (this.held.size === 0) return;
    const held = [...this.held.values()];
    await this.uow.run(() => this.repo.extend(held, this.owner)).catch((error: unknown) => this.logger.warn(error));
  }
}
