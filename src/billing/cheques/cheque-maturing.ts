import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Leases, Schedules } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { LessThanOrEqual, MoreThan } from 'typeorm';
import { Cheque } from './cheque.entity';
import { ChequeBook } from './cheque-book';

const LEASE = 'billing-cheques-due';
const LEASE_SECONDS = 120;
const BATCH = 500;

/** Every night: cheques in the safe whose day has come are due. */
@Injectable()
export class ChequeMaturing implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly book: ChequeBook,
    private readonly leases: Leases,
    private readonly schedules: Schedules,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.schedules.every('cheques-due', this.config.chequeDueCron, () => this.run());
  }

  /** @returns how many fell due; undefined while another process is at it */
  async run(): Promise<number | undefined> {
    return (await this.leases.once(LEASE, LEASE_SECONDS, () => this.all()))?.result;
  }

  private async all(): Promise<number> {
    const today = localDateOf(this.clock.now());
    let moved = 0;
    for (let after = 0; ;) {
      const where = { state: 'HELD' as const, dueOn: LessThanOrEqual(today), id: MoreThan(after) };
      const cheques = await this.store.reads(Cheque).find({ where, order: { id: 'ASC' }, take: BATCH });
      if (cheques.length === 0) return moved;
      moved += await this.uow.run(() => this.mature(cheques));
      after = cheques.at(-1)!.id;
    }
  }

  /** Those that nobody took elsewhere meanwhile. */
  private async mature(cheques: readonly Cheque[]): Promise<number> {
    const due: number[] = [];
    for (const { id } of cheques) {
      if ((await this.store.update(Cheque, { id, state: 'HELD' }, { state: 'DUE' })) === 1) due.push(id);
    }
    await this.book.write(due.map((chequeId) => ({ chequeId, from: 'HELD', to: 'DUE', by: null })));
    return due.length;
  }
}
