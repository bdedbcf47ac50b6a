import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { amountInWords, type Currency } from '@libs/money';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { OneRecords } from '../../citizens';
import { ChargeHeads } from '../accounts/charge-heads';
import { BOOKS } from '../billing.problems';
import { Books } from '../books/books';
import type { Posted } from '../books/posting';
import { amountOf, sums } from '../till/amounts';
import { Shifts } from '../till/shifts';
import { Payment, PaymentLine, PaymentTender, type Receipt } from './payment.entity';
import { checkTenders, entriesOf, tendersOf, type Tender, type TypedTender } from './payment.rules';
import { PAYMENTS } from './payments.problems';
import type { ReceiptLine } from './receipt.content';
import { Receipts } from './receipts';

/** As the cashier types it. */
export interface TypedPayment {
  oneRecordId?: number;
  payerName?: string;
  lines: { accountId: number; amount: string; chargeIds?: number[] }[];
  tenders: TypedTender[];
  acceptAdvance?: boolean;
}

export interface PaymentWithReceipt {
  payment: Payment;
  receipt: Receipt;
}

interface Line {
  accountId: number;
  accountNumber: string;
  serviceType: string;
  currency: string;
  amount: number;
  chargeIds: number[] | undefined;
}

const LINE = ['id', 'paymentId', 'accountId', 'creditId', 'currency', 'amount'] as const;
const TENDER = ['id', 'paymentId', 'kind', 'currency', 'amount', 'tendered', 'reference'] as const;
const PAYMENT = [
  'id',
  'state',
  'shiftId',
  'cashierId',
  'oneRecordId',
  'payerName',
  'paidOn',
  'paidAt',
  'postingId',
] as const;

/** Payments at the till: one posting, one receipt. */
@Injectable()
export class Payments {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly books: Books,
    private readonly heads: ChargeHeads,
    private readonly shifts: Shifts,
    private readonly receipts: Receipts,
    private readonly records: OneRecords,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes money in the caller's open shift. A line pays the charges it names, or the oldest of its account; what is more
   * than is owed is taken only as an advance that was agreed to.
   * @throws {Problem} http.invalid; http.not-found for the record; billing.no-open-shift, shift-of-another-day,
   * account-unknown, account-closed, currency-mismatch, tenders-differ, charge-settled, exceeds-charge, exceeds-balance,
   * period-closed
   */
  take(typed: TypedPayment, caller: Principal): Promise<PaymentWithReceipt> {
    return this.uow.run(async () => {
      const now = this.clock.now();
      const today = localDateOf(now);
      const shift = await this.shifts.taking(caller.userId, today);
      const lines = await this.lines(typed.lines);
      const tenders = tendersOf(typed.tenders);
      checkTenders(lines, tenders);
      const payer = await this.payer(typed);
      const id = await this.ids.one();
      const posted = await this.books.post({
        kind: 'PAYMENT',
        on: today,
        description: `دفعة في الصندوق ${shift.till.code}`,
        document: { type: 'payment', id },
        by: caller.userId,
        entries: entriesOf(tenders, shift.id),
        credits: lines.map(({ accountId, amount, chargeIds }) => ({
          accountId,
          amount,
          origin: 'PAYMENT',
          ...(chargeIds && { chargeIds, surplus: typed.acceptAdvance ? ('ADVANCE' as const) : ('REFUSE' as const) }),
        })),
      });
      if (!typed.acceptAdvance) refuseAdvance(lines, posted);
      const payment: Payment = {
        id,
        state: 'POSTED',
        shiftId: shift.id,
        cashierId: caller.userId,
        oneRecordId: typed.oneRecordId ?? null,
        payerName: payer.name,
        paidOn: today,
        paidAt: now,
        postingId: posted.postingId,
        undoneBy: null,
        undoneAt: null,
        undoneReason: null,
        reversalId: null,
      };
      await this.write(payment, lines, tenders, posted);
      const receipt = await this.receipts.issue(id, shift.till.office, {
        issuedAt: now,
        paidOn: today,
        till: { code: shift.till.code, name: shift.till.name },
        cashier: shift.cashierName,
        payer,
        lines: await this.said(lines, posted),
        tenders: tenders.map((tender) => ({ ...tender, change: changeOf(tender) })),
        totals: [...sums(lines)].map(([currency, amount]) => ({
          currency,
          amount,
          words: amountInWords(amount, currency as Currency),
        })),
      });
      return { payment, receipt };
    });
  }

  /** @throws {Problem} billing.receipt-unknown, receipt-mistyped, receipt-altered */
  async get(typed: string): Promise<PaymentWithReceipt> {
    const receipt = await this.receipts.get(typed);
    return { payment: (await this.store.reads(Payment).findOneBy({ id: receipt.paymentId }))!, receipt };
  }

  /** @throws {Problem} http.invalid, billing.account-unknown */
  private async lines(typed: TypedPayment['lines']): Promise<Line[]> {
    const rows = await this.store.selectIn<{ id: number | string; number: string; currency: string; type: string }>(
      (list) =>
        `SELECT "id", "number", "currency", "service_type" AS "type" FROM "billing_accounts" WHERE "id" IN (${list})`,
      [...new Set(typed.map(({ accountId }) => accountId))],
    );
    const accounts = new Map(rows.map((row) => [Number(row.id), row]));
    return typed.map(({ accountId, amount, chargeIds }, at) => {
      const account = accounts.get(accountId);
      if (!account) throw new Problem(BOOKS['billing.account-unknown'], { extra: { accountId } });
      const { number: accountNumber, currency, type: serviceType } = account;
      const minor = amountOf(amount, currency, `/lines/${at}/amount`);
      return { accountId, accountNumber, serviceType, currency, amount: minor, chargeIds };
    });
  }

  /** @throws {Problem} http.not-found; http.invalid when nobody is named */
  private async payer({ oneRecordId, payerName }: TypedPayment) {
    const record = oneRecordId === undefined ? null : await this.records.get(oneRecordId);
    const name = payerName || record?.approvedName;
    if (!name) throw new Problem('http.invalid', { errors: [{ pointer: '/payerName', code: 'required' }] });
    return { name: name.slice(0, 200), oneRecordNumber: record?.number ?? null };
  }

  private async write(
    payment: Payment,
    lines: readonly Line[],
    tenders: readonly Tender[],
    posted: Posted,
  ): Promise<void> {
    const ids = await this.ids.many(lines.length + tenders.length);
    await this.store.bulkInsert(Payment, PAYMENT, [PAYMENT.map((property) => payment[property])]);
    await this.store.bulkInsert(
      PaymentLine,
      LINE,
      lines.map(({ accountId, currency, amount }, at) => [
        ids[at],
        payment.id,
        accountId,
        posted.credits[at]!.creditId,
        currency,
        amount,
      ]),
    );
    await this.store.bulkInsert(
      PaymentTender,
      TENDER,
      tenders.map(({ kind, currency, amount, tendered, reference }, at) => [
        ids[lines.length + at],
        payment.id,
        kind,
        currency,
        amount,
        tendered,
        reference,
      ]),
    );
  }

  /** The lines as the receipt tells them, with what each paid. */
  private async said(lines: readonly Line[], { credits }: Posted): Promise<ReceiptLine[]> {
    const rows = await this.store.selectIn<{ id: number | string; head: string; period: string }>(
      (list) => `SELECT "id", "head", "period" FROM "charges" WHERE "id" IN (${list})`,
      [...new Set(credits.flatMap(({ allocated }) => allocated.map(({ chargeId }) => chargeId)))],
    );
    const charges = new Map(rows.map((row) => [Number(row.id), row]));
    const heads = await this.heads.require(rows.map(({ head }) => head));
    return lines.map(({ chargeIds: _, ...line }, at) => ({
      ...line,
      charges: credits[at]!.allocated.map(({ chargeId, amount }) => {
        const { head, period } = charges.get(chargeId)!;
        const { nameAr, nameEn } = heads.get(head)!;
        return { chargeId, head, nameAr, nameEn, period, amount };
      }),
      advance: credits[at]!.advance,
    }));
  }
}

const changeOf = ({ tendered, amount }: Tender): number | null => (tendered === null ? null : tendered - amount);

/** After the posting, when nobody else can pay the account any more. @throws {Problem} billing.exceeds-balance */
function refuseAdvance(lines: readonly Line[], { credits }: Posted): void {
  lines.forEach(({ accountId }, at) => {
    const { advance } = credits[at]!;
    if (advance === 0) return;
    throw new Problem(PAYMENTS['billing.exceeds-balance'], { extra: { accountId, surplus: String(advance) } });
  });
}
