import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Credit } from '../books/open-item.entity';
import { LedgerEntry } from '../books/posting.entity';
import { ChequeUndoing, type ChequesOfPayment } from '../cheques/cheque-undoing';
import { BoundPayments } from './bound-payments';
import { PaymentLine, PaymentRefund, PaymentRefundTender, PaymentTender, type Payment } from './payment.entity';
import { isExchange, LEDGERS, transferDimension } from './payment.rules';
import { PAYMENTS } from './payments.problems';
import type { LineRest, TenderRest } from './refund.rules';

/** What is left of a payment: of what it credited, and of the money that it brought. */
export interface PaymentRest {
  lines: LineRest[];
  tenders: (TenderRest & { cheque: boolean })[];
  cheques: ChequesOfPayment;
  /** A part was given back before. */
  refunded: boolean;
}

/** Reads what can be taken back of a payment that is held. */
@Injectable()
export class PaymentRests {
  constructor(
    private readonly store: Store,
    private readonly cheques: ChequeUndoing,
    private readonly bound: BoundPayments,
  ) {}

  /** @throws {Problem} billing.payment-bound */
  async of(payment: Payment): Promise<PaymentRest> {
    await this.bound.refuse(payment.id);
    const where = { paymentId: payment.id };
    const order = { id: 'ASC' } as const;
    const lines = await this.store.reads(PaymentLine).find({ where, order });
    const tenders = await this.store.reads(PaymentTender).find({ where, order });
    const cheques = await this.cheques.of(payment.id);
    const refunds = (await this.store.reads(PaymentRefund).findBy(where)).map(({ id }) => id);
    const given = await this.store.reads(PaymentRefundTender).findBy({ refundId: In(refunds) });
    const dimensions = await this.dimensions(payment, tenders);
    return {
      lines: await this.lines(lines, cheques),
      tenders: tenders.flatMap((tender, at) => {
        const { id: tenderId, kind, currency } = tender;
        const cheque = cheques.cheques.find((each) => each.tenderId === tenderId);
        // Of a cheque only what the bank has paid is money; it goes back by transfer.
        if (cheque && cheque.state !== 'CLEARED') return [];
        const back = given.filter((each) => each.tenderId === tenderId).reduce((sum, { amount }) => sum + amount, 0);
        const ledger = kind === 'CHEQUE' ? 'TRANSFER_CLEARING' : LEDGERS[kind];
        const dimension = cheque ? transferDimension(payment.id, at) : dimensions[at]!;
        return [{ tenderId, ledger, dimension, currency, amount: tender.amount - back, cheque: cheque !== undefined }];
      }),
      cheques,
      refunded: refunds.length > 0,
    };
  }

  /** Whether a transfer of the account has carried an advance of it to a buyer, where it stays. */
  async isCarried({ lines }: PaymentRest): Promise<boolean> {
    const rows = await this.store.selectIn(
      (list) =>
        `SELECT t."id" FROM "take_backs" t JOIN "ledger_postings" p ON p."id" = t."posting_id"
         WHERE t."credit_id" IN (${list}) AND p."kind" = 'TRANSFER'`,
      lines.map(({ creditId }) => creditId),
    );
    return rows.length > 0;
  }

  /**
   * Whether a payment can be taken back otherwise than by the opposite of its posting.
   * @throws {Problem} billing.not-divisible, with `because`
   */
  async refuseIndivisible({ id, postingId }: Payment): Promise<void> {
    const refuse = (because: string) => new Problem(PAYMENTS['billing.not-divisible'], { extra: { because } });
    const tenders = await this.store.reads(PaymentTender).findBy({ paymentId: id });
    const exchanged = tenders.some(({ currency, paysCurrency }) =>
      isExchange({ currency, pays: { currency: paysCurrency, amount: 0 } }),
    );
    if (exchanged) throw refuse('EXCHANGE');
    const lines = await this.store.reads(PaymentLine).findBy({ paymentId: id });
    const known = new Set(lines.map(({ creditId }) => creditId));
    const credits = await this.store.reads(Credit).findBy({ postingId });
    if (credits.some((credit) => !known.has(credit.id))) throw refuse('RELIEF');
  }

  /** What each line has credited at once, and by cheques that cleared later. */
  private async lines(lines: readonly PaymentLine[], { lines: parts }: ChequesOfPayment): Promise<LineRest[]> {
    const made = lines.flatMap((line) => {
      const later = parts.filter(({ paymentLineId }) => paymentLineId === line.id).map(({ creditId }) => creditId);
      const ids = [...new Set([line.creditId, ...later])].filter((id) => id !== null);
      return ids.map((creditId) => ({ creditId, lineId: line.id, accountId: line.accountId, currency: line.currency }));
    });
    const credits = await this.store.reads(Credit).findBy({ id: In(made.map(({ creditId }) => creditId)) });
    const left = new Map(credits.map(({ id, amount, reversed }) => [id, amount - reversed]));
    return made.map((line) => ({ ...line, amount: left.get(line.creditId)! }));
  }

  /** By tender: what its ledger is kept apart by, as the payment was posted. */
  private async dimensions({ postingId }: Payment, tenders: readonly PaymentTender[]): Promise<(string | null)[]> {
    const entries = await this.store.reads(LedgerEntry).find({ where: { postingId }, order: { id: 'ASC' } });
    return tenders.map(({ kind, currency, amount }) => {
      const at = entries.findIndex(
        (each) => each.ledger === LEDGERS[kind] && each.currency === currency && each.amount === amount,
      );
      return at < 0 ? null : entries.splice(at, 1)[0]!.dimension;
    });
  }
}
