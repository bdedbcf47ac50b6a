import { Injectable, type OnModuleInit } from '@nestjs/common';
import { formatAmount, type Currency } from '@libs/money';
import { Store } from '@libs/persistence';
import { isGenuine, maskName, Verifications, type VerificationView } from '../../documents';
import type { CurrencyAmount } from '../till/till.entity';
import { Payment, Receipt } from './payment.entity';

/** What the page behind the QR code of a receipt says: a voided or reversed one counts no more. */
@Injectable()
export class ReceiptVerifier implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly verifications: Verifications,
  ) {}

  onModuleInit(): void {
    this.verifications.register('RC', (serial) => this.verify(serial));
  }

  private async verify(serial: string): Promise<VerificationView | null> {
    const receipt = await this.store.reads(Receipt).findOneBy({ serial });
    if (!receipt) return null;
    const { content, paymentId } = receipt;
    const { state } = (await this.store.reads(Payment).findOneBy({ id: paymentId }))!;
    const altered = !isGenuine(receipt);
    const totals = altered ? [] : await this.standing(receipt);
    const stands = state === 'POSTED' && totals.some(({ amount }) => amount > 0);
    return {
      kind: 'RECEIPT',
      status: altered ? 'ALTERED' : stands ? 'VALID' : 'REVOKED',
      serial,
      issuedOn: content.paidOn,
      asOf: null,
      validUntil: null,
      holder: altered ? null : maskName(content.payer.name.split(/\s+/)),
      totals: totals.map(({ currency, amount }) => ({
        currency,
        balance: String(amount),
        formatted: formatAmount(amount, currency as Currency),
      })),
    };
  }

  /** What it was issued over, less what was taken back in part and the cheques that came back. */
  private async standing({ paymentId, content }: Receipt): Promise<CurrencyAmount[]> {
    const rows = await this.store.sql<{ currency: string; amount: number | string }>(
      `SELECT "currency", SUM("amount") AS "amount" FROM (
         SELECT l."currency", l."amount" FROM "payment_refund_lines" l
         JOIN "payment_refunds" r ON r."id" = l."refund_id" WHERE r."payment_id" = ?
         UNION ALL
         SELECT "currency", "amount" FROM "cheques"
         WHERE "payment_id" = ? AND "state" IN ('RETURNED', 'REPLACED', 'LEGAL')
       ) back GROUP BY "currency" ORDER BY "currency"`,
      [paymentId, paymentId],
    );
    const back = new Map(rows.map(({ currency, amount }) => [currency, Number(amount)]));
    return content.totals.map(({ currency, amount }) => ({ currency, amount: amount - (back.get(currency) ?? 0) }));
  }
}
