import { Inject, Injectable } from '@nestjs/common';
import { daysBetween, localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { invalidField, pageOf, Problem, skipped, type Page, type PageQuery, type Principal } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { Audit, Staff } from '../../identity';
import { Books } from '../books/books';
import { Payment } from '../payments/payment.entity';
import { PaymentLines, type PaidLine, type TypedLine } from '../payments/payment-lines';
import { PaymentRecorder } from '../payments/payment-recorder';
import { amountOf } from '../till/amounts';
import { Cheque } from './cheque.entity';
import { chequeDimension } from './cheque.rules';
import { ChequeBook } from './cheque-book';
import { ChequeSearch, type FoundCheque } from './cheque-search';
import { CHEQUES } from './cheques.problems';

export interface SuspendedCheque extends FoundCheque {
  /** Minor units that pay nothing yet. */
  open: number;
  since: LocalDate;
  days: number;
}

/** As an employee types it: what the money is for, in any number of parts. */
export interface TypedChequeResolution {
  lines?: TypedLine[];
  /** Goes back to whoever paid with the cheque. */
  returned?: string;
  note?: string;
}

type Numeric = number | string;

/** Of every cheque of which something waits, its dimension, the `sum` and the day of its SUSPENSE. */
const OPEN_CHEQUES = `(SELECT "dimension", SUM("amount") AS "sum", MIN("posted_on") AS "since" FROM "ledger_entries"
  WHERE "ledger" = 'SUSPENSE' AND "dimension" LIKE 'cheque:%' GROUP BY "dimension" HAVING SUM("amount") <> 0) o`;

/** Money of cheques that cleared when the account it was for was closed already: the work list, and the way out. */
@Injectable()
export class ChequeSuspense {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly book: ChequeBook,
    private readonly search: ChequeSearch,
    private readonly paid: PaymentLines,
    private readonly recorder: PaymentRecorder,
    private readonly books: Books,
    private readonly staff: Staff,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The oldest first. */
  async list(query: PageQuery): Promise<Page<SuspendedCheque>> {
    const [count] = await this.store.sql<{ n: Numeric }>(`SELECT COUNT(*) AS "n" FROM ${OPEN_CHEQUES}`);
    const order = 'o."since", o."dimension"';
    const rows = await this.store.sql<{ dimension: string; sum: Numeric; since: LocalDate }>(
      this.store.page(`SELECT * FROM ${OPEN_CHEQUES}`, order, skipped(query), query.pageSize),
    );
    const ids = rows.map(({ dimension }) => Number(dimension.split(':')[1]));
    const cheques = await this.store.reads(Cheque).findBy({ id: In(ids) });
    const found = new Map((await this.search.withReceipts(cheques)).map((each) => [each.cheque.id, each]));
    const today = localDateOf(this.clock.now());
    const items = rows.map(({ sum, since }, at) => {
      return { ...found.get(ids[at]!)!, open: 0 - Number(sum), since, days: daysBetween(since, today) };
    });
    return pageOf(query, items, Number(count!.n));
  }

  /**
   * The money, or a part of it, onto accounts, as a payment of today with a receipt of the bank, and back to the payer.
   * Reversing that payment brings it into suspense again.
   * @throws {Problem} http.not-found, http.invalid; billing.cheque-not-in-suspense, exceeds-suspense, account-unknown,
   * account-closed, currency-mismatch, charge-settled, period-closed
   */
  resolve(id: number, typed: TypedChequeResolution, caller: Principal): Promise<void> {
    return this.uow.run(async () => {
      await this.store.hold(Cheque, [id]);
      const cheque = await this.store.reads(Cheque).findOneBy({ id });
      if (!cheque) throw new Problem('http.not-found');
      const { currency } = cheque;
      const lines = await this.paid.typed(typed.lines ?? [], currency, '/lines');
      const paying = lines.reduce((sum, { amount }) => sum + amount, 0);
      const returned = typed.returned === undefined ? 0 : amountOf(typed.returned, currency, '/returned');
      if (paying + returned === 0) throw invalidField('/lines', 'required');
      const open = await this.book.suspended(id);
      if (open === 0) throw new Problem(CHEQUES['billing.cheque-not-in-suspense']);
      if (paying + returned > open) {
        throw new Problem(CHEQUES['billing.exceeds-suspense'], { extra: { open: String(open) } });
      }
      const note = typed.note || null;
      if (returned > 0) await this.giveBack(cheque, returned, note, caller);
      const detail = { id, paying: String(paying), returned: String(returned), note };
      await this.audit.record({ action: 'billing.cheque-resolved', detail });
      if (lines.length > 0) await this.pay(cheque, lines, paying, caller);
    });
  }

  /** The bank is expected to tell of it, as of what goes back of a line of its statement. */
  private async giveBack(
    { id, currency, number }: Cheque,
    amount: number,
    reason: string | null,
    { userId }: Principal,
  ): Promise<void> {
    const dimension = chequeDimension(id);
    await this.books.post({
      kind: 'SUSPENSE',
      on: localDateOf(this.clock.now()),
      description: `إعادة مبلغ الشيك ${number} لدافعه`,
      document: { type: 'cheque', id },
      by: userId,
      reason,
      entries: [
        { ledger: 'SUSPENSE', currency, amount, dimension },
        { ledger: 'RETURNS', currency, amount: -amount, dimension },
      ],
    });
  }

  /** Last in its unit: the next receipt of the bank waits for it. */
  private async pay(cheque: Cheque, lines: PaidLine[], amount: number, { userId }: Principal): Promise<void> {
    const { id, currency, number, bankName, paymentId } = cheque;
    const { oneRecordId, payerName } = await this.store.reads(Payment).findOneByOrFail({ id: paymentId });
    await this.recorder.record({
      channel: 'BANK',
      shiftId: null,
      by: userId,
      till: { code: 'BANK', name: bankName, office: 'BANK' },
      cashier: (await this.staff.names([userId])).get(userId) ?? bankName,
      oneRecordId,
      payerName,
      lines,
      tenders: [
        {
          ...{ kind: 'BANK', currency, amount, tendered: null, reference: number },
          pays: { currency, amount },
          dimension: chequeDimension(id),
        },
      ],
      surplus: 'ADVANCE',
      // As with every payment by cheque.
      useReliefs: false,
    });
  }
}
