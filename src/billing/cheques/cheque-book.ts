import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Cheque, ChequeEvent, ChequeLine, type ChequeState } from './cheque.entity';
import { chequeDimension, STEPS } from './cheque.rules';
import { CHEQUES } from './cheques.problems';

export interface Step {
  chequeId: number;
  from: ChequeState | null;
  to: ChequeState;
  by: number | null;
  reason?: string | null;
  postingId?: number | null;
}

/** Parameters of a statement. */
const CHUNK = 1000;

const EVENT = [
  'id',
  'chequeId',
  'fromState',
  'toState',
  'happenedOn',
  'happenedAt',
  'actorId',
  'reason',
  'postingId',
] as const;

/** The states of cheques: each step is claimed, so that of two who take it one succeeds, and written down. */
@Injectable()
export class ChequeBook {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Ascending, the order in which they are claimed. @throws {Problem} http.not-found */
  async load(ids: readonly number[]): Promise<Cheque[]> {
    const wanted = [...new Set(ids)].sort((a, b) => a - b);
    const cheques: Cheque[] = [];
    for (let start = 0; start < wanted.length; start += CHUNK) {
      const id = In(wanted.slice(start, start + CHUNK));
      cheques.push(...(await this.store.reads(Cheque).find({ where: { id }, order: { id: 'ASC' } })));
    }
    if (cheques.length !== wanted.length) throw new Problem('http.not-found');
    return cheques;
  }

  ofPayment(paymentId: number): Promise<Cheque[]> {
    return this.store.reads(Cheque).find({ where: { paymentId }, order: { id: 'ASC' } });
  }

  linesOf(chequeIds: readonly number[]): Promise<ChequeLine[]> {
    return this.store.reads(ChequeLine).find({ where: { chequeId: In([...chequeIds]) }, order: { id: 'ASC' } });
  }

  /** What cleared when the account it was for was closed, and pays nothing yet. Minor units. */
  async suspended(id: number): Promise<number> {
    const [row] = await this.store.sql<{ sum: number | string | null }>(
      `SELECT SUM("amount") AS "sum" FROM "ledger_entries" WHERE "ledger" = 'SUSPENSE' AND "dimension" = ?`,
      [chequeDimension(id)],
    );
    return 0 - Number(row?.sum ?? 0);
  }

  /** In the active unit; the step is to be written down too. @throws {Problem} billing.cheque-state */
  async claim(cheque: Cheque, to: ChequeState, changes: Partial<Cheque> = {}): Promise<void> {
    const { id, number, state } = cheque;
    const steps: readonly string[] = STEPS[state];
    const claimed =
      steps.includes(to) && (await this.store.update(Cheque, { id, state }, { ...changes, state: to })) === 1;
    if (!claimed) throw new Problem(CHEQUES['billing.cheque-state'], { extra: { chequeId: id, number, state, to } });
  }

  async write(steps: readonly Step[]): Promise<void> {
    const now = this.clock.now();
    const ids = await this.ids.many(steps.length);
    await this.store.bulkInsert(
      ChequeEvent,
      EVENT,
      steps.map(({ chequeId, from, to, by, reason = null, postingId = null }, at) => [
        ids[at],
        chequeId,
        from,
        to,
        localDateOf(now),
        now,
        by,
        reason,
        postingId,
      ]),
    );
  }

  /** Claims the step and writes it down. @throws {Problem} billing.cheque-state */
  async move(
    cheque: Cheque,
    to: ChequeState,
    by: number | null,
    more: Partial<Step & { changes: Partial<Cheque> }> = {},
  ): Promise<void> {
    const { changes, ...rest } = more;
    await this.claim(cheque, to, changes);
    await this.write([{ chequeId: cheque.id, from: cheque.state, to, by, ...rest }]);
  }
}
