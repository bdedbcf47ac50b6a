import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { LessThanOrEqual } from 'typeorm';
import { Lease } from './outbox.entities';

/** Owners that live in this process. */
const living = new Set<string>();

/** One process at a time runs a job, however many there are. */
@Injectable()
export class Leases {
  private readonly logger = new Logger(Leases.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` unless another holder has the lease; keeps it alive meanwhile and frees it afterwards. A holder that
   * dies loses it after `ttlSeconds`.
   * @returns undefined when the lease is held elsewhere
   */
  async once<T>(name: string, ttlSeconds: number, work: () => Promise<T>): Promise<{ result: T } | undefined> {
    const owner = `${hostname().slice(0, 20)}:${process.pid}:${randomUUID().slice(0, 8)}`;
    living.add(owner);
    if (!(await this.take(name, owner, ttlSeconds))) {
      living.delete(owner);
      return undefined;
    }
    const beat = () => this.extend(name, owner, ttlSeconds).catch((error: unknown) => this.logger.warn(error));
    const heartbeat = setInterval(() => void beat(), (ttlSeconds * 1000) / 3);
    heartbeat.unref();
    try {
      return { result: await work() };
    } finally {
      clearInterval(heartbeat);
      living.delete(owner);
      await this.extend(name, owner, 0);
    }
  }

  /** Whether somebody alive has the lease now. */
  async isHeld(name: string): Promise<boolean> {
    const lease = await this.store.reads(Lease).findOneBy({ id: name });
    return lease !== null && lease.heldUntil > this.clock.now() && !this.isDead(lease.owner);
  }

  private async take(name: string, owner: string, ttlSeconds: number): Promise<boolean> {
    const now = this.clock.now();
    const heldUntil = addDuration(now, { seconds: ttlSeconds });
    try {
      return await this.uow.run(async () => {
        const free = { id: name, heldUntil: LessThanOrEqual(now) };
        if ((await this.store.update(Lease, free, { owner, heldUntil })) === 1) return true;
        const held = await this.store.reads(Lease).findOneBy({ id: name });
        if (held && !this.isDead(held.owner)) return false;
        if (held) return (await this.store.update(Lease, held, { owner, heldUntil })) === 1;
        await this.store.insert(Lease, { id: name, owner, heldUntil });
        return true;
      });
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  private async extend(name: string, owner: string, seconds: number): Promise<void> {
    const heldUntil = addDuration(this.clock.now(), { seconds });
    await this.uow.run(() => this.store.update(Lease, { id: name, owner }, { heldUntil }));
  }

  /**
   * A holder on this machine whose process is gone will not come back for its lease; one with the number of this very
   * process is an earlier life of it, as after the restart of a container.
   */
  private isDead(owner: string): boolean {
    const [host, pid] = owner.split(':');
    if (host !== hostname().slice(0, 20)) return false;
    if (Number(pid) === process.pid) return !living.has(owner);
    try {
      process.kill(Number(pid), 0);
      return false;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ESRCH';
    }
  }
}
