import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { monthAfter } from '@libs/calendar';
import { roundHalfUp } from '@libs/money';
import { Store } from '@libs/persistence';

export interface CollectionLine {
  /** `YYYY-MM` of the entries. */
  period: string;
  serviceType: string;
  currency: string;
  charged: number;
  collected: number;
  /** Taken off otherwise: credit notes, waivers, discounts, write-offs, adjustments. */
  relieved: number;
  /** Collected in hundredths of a percent of what was charged; null when nothing was. */
  rateHundredths: number | null;
}

const MONEY = `('PAYMENT', 'CHEQUE', 'REFUND')`;
/** Credits that the posting of a payment holds beside the money, and who bears them. */
const RELIEFS = `('DISCOUNT', 'WAIVER')`;
const BEARERS = `('DISCOUNTS', 'WAIVERS', 'THIRD_PARTY')`;
/** A transfer charges what no bill was made of yet; what it moves is as much off the seller as it is on the buyer. */
const DEBTS = `('CHARGE', 'PENALTY', 'TRANSFER')`;

/**
 * What was charged and what was collected in each month, from the receivables of the ledger: the same months give the
 * same sums at any later time but for what is posted into them. A reversal counts against what it reverses; of opening
 * entries a debit was charged, a credit collected, as the old systems do not tell relief from money. A
 * discount or waiver that is posted with a payment is relief.
 */
@Injectable()
export class CollectionRates {
  constructor(private readonly store: Store) {}

  /** @param from `YYYY-MM`, inclusive as `to` */
  async of(from: string, to: string, serviceType?: string): Promise<CollectionLine[]> {
    const lines: CollectionLine[] = [];
    for (let period = from; period <= to; period = monthAfter(period)) {
      lines.push(...(await this.ofMonth(period, serviceType)));
      // The embedded database answers within this turn of the event loop: let requests have one too.
      await setImmediate();
    }
    return lines;
  }

  private async ofMonth(period: string, serviceType?: string): Promise<CollectionLine[]> {
    const filter = serviceType === undefined ? '' : ' AND a."service_type" = ?';
    const days = [`${period}-01`, `${period}-31`];
    const service = serviceType === undefined ? [] : [serviceType];
    const rows = await this.store.sql<Record<'service_type' | 'currency' | 'charged' | 'collected' | 'total', string>>(
      `SELECT "service_type", "currency",
         SUM(CASE WHEN "kind" IN ${DEBTS} OR ("kind" = 'OPENING' AND "amount" > 0) THEN "amount" ELSE 0 END) AS "charged",
         SUM(CASE WHEN "kind" IN ${MONEY} OR ("kind" = 'OPENING' AND "amount" < 0) THEN -"amount" ELSE 0 END)
           - SUM("relief") AS "collected",
         SUM("amount") AS "total"
       FROM (
         SELECT a."service_type", e."currency", e."amount",
           COALESCE(o."kind", p."kind") AS "kind", 0 AS "relief"
         FROM "ledger_entries" e JOIN "ledger_postings" p ON p."id" = e."posting_id"
         JOIN "billing_accounts" a ON a."id" = e."account_id"
         LEFT JOIN "ledger_postings" o ON o."id" = p."reverses_id"
         WHERE e."ledger" = 'RECEIVABLE' AND e."posted_on" >= ? AND e."posted_on" <= ?${filter}
         UNION ALL
         SELECT a."service_type", a."currency", 0, 'RELIEF',
           CASE WHEN p."reverses_id" IS NULL THEN k."amount" ELSE -k."amount" END
         FROM "ledger_postings" p JOIN "ledger_postings" o ON o."id" = COALESCE(p."reverses_id", p."id")
         JOIN "credits" k ON k."posting_id" = o."id" JOIN "billing_accounts" a ON a."id" = k."account_id"
         WHERE o."kind" IN ${MONEY} AND k."origin" IN ${RELIEFS}${filter} AND p."id" IN (
           SELECT "posting_id" FROM "ledger_entries"
           WHERE "ledger" IN ${BEARERS} AND "posted_on" >= ? AND "posted_on" <= ?)
       ) entries GROUP BY "service_type", "currency" ORDER BY "service_type", "currency"`,
      [...days, ...service, ...service, ...days],
    );
    return rows.map((row) => {
      const [charged, collected] = [Number(row.charged), Number(row.collected)];
      return {
        period,
        serviceType: row.service_type,
        currency: row.currency,
        charged,
        collected,
        relieved: charged - collected - Number(row.total),
        rateHundredths: charged > 0 ? roundHalfUp(BigInt(collected) * 10_000n, BigInt(charged)) : null,
      };
    });
  }
}
