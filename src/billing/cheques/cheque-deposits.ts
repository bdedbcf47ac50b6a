import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { Audit } from '../../identity';
import { Cheque, ChequeDeposit, ChequeDepositItem } from './cheque.entity';
import { bankDimension } from '../till/bank-dimension';
import { ChequeBook } from './cheque-book';
import { ChequePostings } from './cheque-postings';
import { CHEQUES } from './cheques.problems';

export interface DepositedCheques {
  deposit: ChequeDeposit;
  cheques: (Pick<ChequeDepositItem, 'outcome' | 'bankReference'> & { cheque: Cheque })[];
}

/** Cheques that are due to the bank, and those that came back once more. */
@Injectable()
export class ChequeDeposits {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly book: ChequeBook,
    private readonly postings: ChequePostings,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.not-found; billing.cheque-state, cheque-not-due */
  make(
    given: { chequeIds: number[]; bankAccount: string; bankName: string; note: string | null },
    { userId }: Principal,
  ): Promise<DepositedCheques> {
    return this.uow.run(async () => {
      const now = this.clock.now();
      const madeOn = localDateOf(now);
      const cheques = await this.book.load(given.chequeIds);
      const early = cheques.find(({ dueOn }) => dueOn > madeOn);
      if (early) {
        const { id: chequeId, number, dueOn } = early;
        throw new Problem(CHEQUES['billing.cheque-not-due'], { extra: { chequeId, number, dueOn } });
      }
      for (const cheque of cheques) {
        const to = cheque.state === 'RETURNED' ? 'REDEPOSITED' : 'DEPOSITED';
        await this.book.claim(cheque, to);
        const postingId = to === 'REDEPOSITED' ? await this.postings.redeposited(cheque, userId) : null;
        await this.book.write([{ chequeId: cheque.id, from: cheque.state, to, by: userId, postingId }]);
      }
      const { bankName, note } = given;
      const bankAccount = await bankDimension(this.store, given.bankAccount);
      const [id, ...itemIds] = await this.ids.many(cheques.length + 1);
      const made = { madeOn, madeBy: userId, madeAt: now };
      const deposit = { id: id!, version: 1, state: 'IN_TRANSIT' as const, bankAccount, bankName, ...made, note };
      await this.store.insert(ChequeDeposit, deposit);
      await this.store.insert(
        ChequeDepositItem,
        cheques.map((cheque, at): ChequeDepositItem => ({
          id: itemIds[at]!,
          depositId: deposit.id,
          chequeId: cheque.id,
          outcome: 'PENDING',
          bankReference: null,
        })),
      );
      const detail = { depositId: deposit.id, chequeIds: cheques.map((cheque) => cheque.id) };
      await this.audit.record({ action: 'billing.cheques-deposited', detail });
      return this.get(deposit.id);
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<DepositedCheques> {
    const deposit = await this.store.reads(ChequeDeposit).findOneBy({ id });
    if (!deposit) throw new Problem('http.not-found');
    return (await this.withCheques([deposit]))[0]!;
  }

  /** Newest first. */
  async list(query: PageQuery): Promise<Page<DepositedCheques>> {
    const [deposits, total] = await this.store.reads(ChequeDeposit).findAndCount({
      order: { madeOn: 'DESC', madeAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, await this.withCheques(deposits), total);
  }

  private async withCheques(deposits: readonly ChequeDeposit[]): Promise<DepositedCheques[]> {
    const depositId = In(deposits.map(({ id }) => id));
    const items = await this.store.reads(ChequeDepositItem).find({ where: { depositId }, order: { id: 'ASC' } });
    const ids = [...new Set(items.map(({ chequeId }) => chequeId))];
    const cheques = new Map((await this.book.load(ids)).map((cheque) => [cheque.id, cheque]));
    return deposits.map((deposit) => ({
      deposit,
      cheques: items
        .filter((item) => item.depositId === deposit.id)
        .map(({ chequeId, outcome, bankReference }) => ({ outcome, bankReference, cheque: cheques.get(chequeId)! })),
    }));
  }
}
