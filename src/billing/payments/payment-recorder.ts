import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, invalidField } from '@libs/http';
import { amountInWords, type Currency } from '@libs/money';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { OneRecords } from '../../citizens';
import { defineEvent, Webhooks } from '../../notifications';
import { Books } from '../books/books';
import type { EntryLine } from '../books/posting';
import type { TenderCheque } from '../cheques/cheque-tenders';
import { Exchanges } from '../rates/exchanges';
import { sums } from '../till/amounts';
import { Payment, PaymentLine, PaymentTender, type PaymentChannel, type Receipt } from './payment.entity';
import { countingNow, creditsByLine, type DeferredPart, type LineCredit } from './deferred';
import { PaymentLines, type PaidLine } from './payment-lines';
import { apart, entriesOf, type Tender } from './payment.rules';
import { PAYMENTS } from './payments.problems';
import type { ReceiptTender } from './receipt.content';
import { Receipts } from './receipts';
import { postedWith, Reliefs, reliefsSaid, withoutReliefs } from './reliefs';

/** A payment before it is one: checked amounts, tenders that sum to the lines in each currency. */
export interface PaymentDraft {
  channel: PaymentChannel;
  shiftId: number | null;
  /** Employee; null when the citizen paid online or a job found it. */
  by: number | null;
  /** Default today: the day on which the bank had it, while its month is open. */
  on?: LocalDate;
  /** As the receipt says: where it was taken, the office of the serial, and by whom. */
  till: { code: string; name: string; office: string };
  cashier: string;
  oneRecordId: number | null;
  /** Default the approved name of the record. */
  payerName: string | null;
  lines: readonly PaidLine[];
  tenders: readonly Tender[];
  /** What counts only when a cheque clears; default nothing. */
  deferred?: readonly DeferredPart[];
  /** What is more than is owed. */
  surplus: 'REFUSE' | 'ADVANCE';
  /** Default true: with the discounts and campaigns that the lines have a claim to. */
  useReliefs?: boolean;
}

export interface PaymentWithReceipt {
  payment: Payment;
  receipt: Receipt;
}

const LINE = ['id', 'paymentId', 'accountId', 'creditId', 'currency', 'amount'] as const;
const TENDER = [
  'id',
  'paymentId',
  'kind',
  'currency',
  'amount',
  'tendered',
  'reference',
  'paysCurrency',
  'paysAmount',
  'rateId',
] as const;
const PAYMENT = [
  'id',
  'state',
  'channel',
  'shiftId',
  'cashierId',
  'oneRecordId',
  'payerName',
  'paidOn',
  'paidAt',
  'postingId',
] as const;

/** Amounts in minor units, by currency. */
const RECEIVED = defineEvent<{
  paymentId: number;
  receiptSerial: string;
  channel: PaymentChannel;
  paidOn: LocalDate;
  oneRecordId: number | null;
  lines: { accountId: number; currency: string; amount: number }[];
}>('billing.payment-received', { ar: 'قُبضت دفعة', en: 'A payment was received' });

/** Payments of every channel: one posting, one receipt. */
@Injectable()
export class PaymentRecorder {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly books: Books,
    private readonly paid: PaymentLines,
    private readonly exchanges: Exchanges,
    private readonly receipts: Receipts,
    private readonly reliefs: Reliefs,
    private readonly records: OneRecords,
    private readonly webhooks: Webhooks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Today or on the day of the draft, in the active unit, whose last act it should be: the next receipt of the office
   * waits for it.
   * @throws {Problem} http.not-found for the record; http.invalid when nobody is named; billing.rate-missing,
   * rate-differs, exceeds-balance, relief-differs; as Books.post
   */
  record(draft: PaymentDraft): Promise<PaymentWithReceipt> {
    return this.uow.run(async () => {
      const { channel, shiftId, by, till, lines, tenders, deferred = [], surplus } = draft;
      const now = this.clock.now();
      const today = draft.on ?? localDateOf(now);
      const payer = await this.payer(draft);
      const rates = await this.exchanges.rates(tenders, today);
      const id = await this.ids.one();
      // A cheque may come back; what was granted for paying would be granted for nothing.
      const cheques = tenders.some(({ kind }) => kind === 'CHEQUE');
      const wanted = !cheques && (draft.useReliefs ?? true);
      const reliefs = await this.reliefs.claim(lines, today, { wanted, surplus });
      const relief = postedWith(reliefs);
      const counting = countingNow(lines, deferred);
      const whole = await this.books.post({
        kind: 'PAYMENT',
        on: today,
        description: `دفعة في ${till.name} ${till.code}`,
        document: { type: 'payment', id },
        by,
        entries: [
          ...entriesOf(tenders.map((tender, at) => apart(tender, at, { id, on: today }))),
          ...pendingEntries(deferred),
          ...relief.entries,
        ],
        credits: [
          ...relief.credits,
          ...lines.flatMap(({ accountId, chargeIds }, at) =>
            counting[at] === 0
              ? []
              : [{ accountId, amount: counting[at]!, origin: 'PAYMENT', ...(chargeIds && { chargeIds, surplus }) }],
          ),
        ],
      });
      const credits = creditsByLine(lines, counting, withoutReliefs(whole, relief));
      if (surplus === 'REFUSE') refuseAdvance(lines, credits);
      await this.exchanges.postDifference({ id, on: today, by }, tenders.map(countedNow), lines, credits, rates);
      const payment: Payment = {
        id,
        state: 'POSTED',
        channel,
        shiftId,
        cashierId: by,
        oneRecordId: draft.oneRecordId,
        payerName: payer.name,
        paidOn: today,
        paidAt: now,
        postingId: whole.postingId,
        undoneBy: null,
        undoneAt: null,
        undoneReason: null,
        reversalId: null,
      };
      const rateIds = rates.map((rate) => rate?.id ?? null);
      await this.write(payment, lines, tenders, rateIds, credits);
      await this.reliefs.tell({ id, on: today, by }, reliefs);
      const receipt = await this.receipts.issue(id, till.office, {
        issuedAt: now,
        paidOn: today,
        channel,
        till: { code: till.code, name: till.name },
        cashier: draft.cashier,
        payer,
        lines: await this.paid.said(lines, credits),
        ...reliefsSaid(reliefs),
        tenders: tenders.map((tender, at) => tenderSaid(tender, this.exchanges.said(tender, rates[at]!))),
        totals: [...sums(lines)].map(([currency, amount]) => ({
          currency,
          amount,
          words: amountInWords(amount, currency as Currency),
        })),
      });
      await this.tell(payment, receipt, lines);
      return { payment, receipt };
    });
  }

  private tell({ id: paymentId, channel, paidOn, oneRecordId }: Payment, receipt: Receipt, lines: readonly PaidLine[]) {
    return this.webhooks.publish(RECEIVED, `payment/${paymentId}`, {
      ...{ paymentId, receiptSerial: receipt.serial, channel, paidOn, oneRecordId },
      lines: lines.map(({ accountId, currency, amount }) => ({ accountId, currency, amount })),
    });
  }

  /** @throws {Problem} http.not-found; http.invalid when nobody is named */
  private async payer({ oneRecordId, payerName }: PaymentDraft) {
    const record = oneRecordId === null ? null : await this.records.get(oneRecordId);
    const name = payerName || record?.approvedName;
    if (!name) throw invalidField('/payerName', 'required');
    return { name: name.slice(0, 200), oneRecordNumber: record?.number ?? null };
  }

  private async write(
    payment: Payment,
    lines: readonly PaidLine[],
    tenders: readonly Tender[],
    rateIds: readonly (number | null)[],
    credits: readonly LineCredit[],
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
        credits[at]!.creditId,
        currency,
        amount,
      ]),
    );
    await this.store.bulkInsert(
      PaymentTender,
      TENDER,
      tenders.map(({ kind, currency, amount, tendered, reference, pays }, at) => [
        ids[lines.length + at],
        payment.id,
        kind,
        currency,
        amount,
        tendered,
        reference,
        pays.currency,
        pays.amount,
        rateIds[at],
      ]),
    );
  }
}

function tenderSaid(
  { kind, currency, amount, tendered, reference, cheque }: Tender,
  exchange: ReceiptTender['exchange'],
): ReceiptTender {
  const change = tendered === null ? null : tendered - amount;
  return {
    kind,
    currency,
    amount,
    tendered,
    change,
    reference,
    ...(exchange && { exchange }),
    ...(cheque && { cheque: chequeSaid(cheque) }),
  };
}

const chequeSaid = ({ id, number, bankName, drawer, dueOn, relief }: TenderCheque): ReceiptTender['cheque'] => ({
  id,
  number,
  bank: bankName,
  drawer,
  dueOn,
  relief,
});

const pendingEntries = (deferred: readonly DeferredPart[]): EntryLine[] =>
  deferred.map(({ currency, amount, dimension }) => ({
    ledger: 'CHEQUES_PENDING',
    currency,
    amount: -amount,
    dimension,
  }));

/** A cheque that counts later has paid nothing yet. */
const countedNow = (tender: Tender): Tender =>
  tender.cheque?.relief === 'DEFERRED' ? { ...tender, pays: { ...tender.pays, amount: 0 }, amount: 0 } : tender;

/** After the posting, when nobody else can pay the account any more. @throws {Problem} billing.exceeds-balance */
function refuseAdvance(lines: readonly PaidLine[], credits: readonly LineCredit[]): void {
  lines.forEach(({ accountId }, at) => {
    const { advance } = credits[at]!;
    if (advance === 0) return;
    throw new Problem(PAYMENTS['billing.exceeds-balance'], { extra: { accountId, surplus: String(advance) } });
  });
}
