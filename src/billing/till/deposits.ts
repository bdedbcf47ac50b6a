import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, pageOf, skipped, type Page, type PageQuery, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In, IsNull } from 'typeorm';
import { Audit } from '../../identity';
import { Books } from '../books/books';
import { sums } from './amounts';
import { bankDimension } from './bank-dimension';
import { ShiftCashReader, shiftDimension } from './shift-cash';
import { CashierShift, type CurrencyAmount, Deposit } from './till.entity';
import { TILL } from './till.problems';

export interface DepositWithShifts {
  deposit: Deposit;
  shiftIds: number[];
}

const depositDimension = (id: number): string => `deposit:${id}`;

/** Cash of closed shifts to the bank: in transit when it leaves, at the bank when the bank says so. */
@Injectable()
export class Deposits {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly books: Books,
    private readonly cash: ShiftCashReader,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * All the cash of the shifts, which are deposited once.
   * @throws {Problem} http.not-found; billing.shift-not-closed, shift-deposited, nothing-to-deposit, also when what is
   * short is more than what was taken
   */
  make(given: { shiftIds: number[]; note: string | null }, caller: Principal): Promise<DepositWithShifts> {
    return this.uow.run(async () => {
      const shiftIds = [...new Set(given.shiftIds)].sort((a, b) => a - b);
      await this.store.hold(CashierShift, shiftIds);
      const shifts = await this.store.reads(CashierShift).findBy({ id: In(shiftIds) });
      if (shifts.length !== shiftIds.length) throw new Problem('http.not-found');
      for (const { id, state, depositId } of shifts) {
        const extra = { shiftId: id };
        if (state !== 'CLOSED') throw new Problem(TILL['billing.shift-not-closed'], { extra });
        if (depositId !== null) throw new Problem(TILL['billing.shift-deposited'], { extra });
      }
      const cash = await this.cash.inBooks(shifts);
      const amounts = [...sums([...cash.values()].flat())].map(([currency, amount]) => ({ currency, amount }));
      const worth = amounts.filter(({ amount }) => amount !== 0);
      if (worth.length === 0 || worth.some(({ amount }) => amount < 0)) {
        throw new Problem(TILL['billing.nothing-to-deposit']);
      }
      const id = await this.ids.one();
      const now = this.clock.now();
      const madeOn = localDateOf(now);
      const { postingId } = await this.books.post({
        kind: 'DEPOSIT',
        on: madeOn,
        description: 'إيداع نقد الصناديق',
        document: { type: 'deposit', id },
        by: caller.userId,
        entries: [
          ...worth.map((each) => ({ ledger: 'CASH_IN_TRANSIT' as const, ...each, dimension: depositDimension(id) })),
          ...[...cash].flatMap(([shiftId, lines]) =>
            lines.map(({ currency, amount }) => ({
              ledger: 'CASH' as const,
              currency,
              amount: -amount,
              dimension: shiftDimension(shiftId),
            })),
          ),
        ],
      });
      const deposit: Deposit = {
        id,
        state: 'IN_TRANSIT',
        madeOn,
        madeBy: caller.userId,
        madeAt: now,
        amounts: worth,
        postingId,
        note: given.note,
        bankAccount: null,
        bankReference: null,
        confirmedBy: null,
        confirmedAt: null,
        confirmationId: null,
      };
      await this.store.insert(Deposit, deposit);
      await this.store.update(CashierShift, { id: In(shiftIds), depositId: IsNull() }, { depositId: id });
      await this.audit.record({ action: 'billing.deposit-made', detail: { depositId: id, shiftIds } });
      return { deposit, shiftIds };
    });
  }

  /**
   * The bank has it: an employee says so before the statement does. What lines of statements have settled is left out.
   * @throws {Problem} http.not-found; billing.deposit-confirmed
   */
  confirm(id: number, bank: { account: string; reference: string }, caller: Principal): Promise<DepositWithShifts> {
    return this.uow.run(async () => {
      const { deposit, shiftIds } = await this.get(id);
      const account = await bankDimension(this.store, bank.account);
      const now = this.clock.now();
      const changes = {
        state: 'CONFIRMED',
        bankAccount: account,
        bankReference: bank.reference,
        confirmedBy: caller.userId,
        confirmedAt: now,
      } as const;
      if ((await this.store.update(Deposit, { id, state: 'IN_TRANSIT' }, changes)) !== 1) {
        throw new Problem(TILL['billing.deposit-confirmed']);
      }
      const { postingId } = await this.books.post({
        kind: 'BANK',
        on: localDateOf(now),
        description: `إيداع مؤكد من البنك ${bank.reference}`,
        document: { type: 'deposit', id },
        by: caller.userId,
        entries: (await this.inTransit(id)).flatMap(({ currency, amount }) => [
          { ledger: 'BANK' as const, currency, amount, dimension: account },
          { ledger: 'CASH_IN_TRANSIT' as const, currency, amount: -amount, dimension: depositDimension(id) },
        ]),
      });
      await this.store.update(Deposit, { id }, { confirmationId: postingId });
      await this.audit.record({ action: 'billing.deposit-confirmed', detail: { depositId: id } });
      return { deposit: { ...deposit, ...changes, confirmationId: postingId }, shiftIds };
    });
  }

  /** Whether it is on its way; then others who say where it is wait for the unit that asks. */
  async keepInTransit(id: number): Promise<boolean> {
    return (await this.store.update(Deposit, { id, state: 'IN_TRANSIT' }, { state: 'IN_TRANSIT' })) === 1;
  }

  /**
   * Follows the books, in the unit that has posted on the deposit's money in transit: confirmed once nothing is left of
   * it, in transit again when something is. @param bank of the line of the statement
   */
  async follow(
    id: number,
    bank: { account: string; reference: string | null; by: number | null; postingId: number } | null,
  ): Promise<void> {
    // Held before the look: who confirms it meanwhile has posted what there was to see, or waits for what is left.
    await this.store.sql('UPDATE "deposits" SET "made_on" = "made_on" WHERE "id" = ?', [id]);
    const left = await this.inTransit(id);
    if (left.length > 0) {
      const none = { bankAccount: null, bankReference: null, confirmedBy: null, confirmedAt: null };
      const again = { state: 'IN_TRANSIT' as const, ...none, confirmationId: null };
      await this.store.update(Deposit, { id, state: 'CONFIRMED' }, again);
    } else if (bank) {
      const changes = {
        state: 'CONFIRMED' as const,
        bankAccount: bank.account,
        bankReference: bank.reference?.slice(0, 60) ?? null,
        confirmedBy: bank.by,
        confirmedAt: this.clock.now(),
        confirmationId: bank.postingId,
      };
      if ((await this.store.update(Deposit, { id, state: 'IN_TRANSIT' }, changes)) !== 1) {
        throw new Problem(TILL['billing.deposit-confirmed']);
      }
    }
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<DepositWithShifts> {
    const deposit = await this.store.reads(Deposit).findOneBy({ id });
    if (!deposit) throw new Problem('http.not-found');
    return { deposit, shiftIds: (await this.shiftsOf([id])).get(id)! };
  }

  /** Newest first. */
  async list(query: PageQuery): Promise<Page<DepositWithShifts>> {
    const [deposits, total] = await this.store.reads(Deposit).findAndCount({
      order: { madeOn: 'DESC', madeAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    const shifts = await this.shiftsOf(deposits.map(({ id }) => id));
    const items = deposits.map((deposit) => ({ deposit, shiftIds: shifts.get(deposit.id)! }));
    return pageOf(query, items, total);
  }

  private async inTransit(id: number): Promise<CurrencyAmount[]> {
    const { madeOn } = (await this.get(id)).deposit;
    const rows = await this.store.sql<{ currency: string; amount: number | string }>(
      `SELECT "currency", SUM("amount") AS "amount" FROM "ledger_entries"
       WHERE "ledger" = 'CASH_IN_TRANSIT' AND "posted_on" >= ? AND "dimension" = ?
       GROUP BY "currency" HAVING SUM("amount") <> 0 ORDER BY "currency"`,
      [madeOn, depositDimension(id)],
    );
    return rows.map(({ currency, amount }) => ({ currency, amount: Number(amount) }));
  }

  private async shiftsOf(depositIds: readonly number[]): Promise<Map<number, number[]>> {
    const shifts = await this.store
      .reads(CashierShift)
      .find({ select: { id: true, depositId: true }, where: { depositId: In([...depositIds]) }, order: { id: 'ASC' } });
    const byDeposit = new Map(depositIds.map((id) => [id, [] as number[]]));
    for (const { id, depositId } of shifts) byDeposit.get(depositId!)!.push(id);
    return byDeposit;
  }
}
