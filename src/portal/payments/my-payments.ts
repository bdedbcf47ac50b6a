import { Injectable } from '@nestjs/common';
import { invalidField, Problem, type Page } from '@libs/http';
import {
  Accounts,
  GatewayTransactions,
  PaymentQuotes,
  type FoundTransaction,
  type GatewayTransaction,
  type PaymentQuote,
} from '../../billing';
import { BillsInHand } from '../bills/bills-in-hand';
import { DailyLimits } from '../scope/daily-limits';
import { OwnRecords } from '../scope/own-records';
import type { PortalNewPayment, PortalPaymentsQuery, PortalQuoteAsked } from './payments.dto';

interface AskedLine {
  accountId?: number;
  billToken?: string;
  chargeIds?: number[];
}

interface Resolved<T> {
  lines: (T & { accountId: number })[];
  /** Accounts that are paid by a bill in hand. */
  others: number[];
}

/** Payments of a citizen through the gateway: of own accounts, and of bills in hand. */
@Injectable()
export class MyPayments {
  constructor(
    private readonly accounts: Accounts,
    private readonly quotes: PaymentQuotes,
    private readonly transactions: GatewayTransactions,
    private readonly inHand: BillsInHand,
    private readonly limits: DailyLimits,
    private readonly own: OwnRecords,
  ) {}

  /** What closes the lines today, with every discount. @throws {Problem} as {@link resolve} */
  async quote(oneRecordId: number, { lines }: PortalQuoteAsked): Promise<PaymentQuote> {
    if (!lines) return this.quotes.quote({ oneRecordId });
    return this.quotes.quote({ lines: (await this.resolve(oneRecordId, lines)).lines });
  }

  /**
   * In the unit of its request. The gateway hears of it when the page is opened.
   * @throws {Problem} portal.daily-limit; as {@link resolve} and GatewayTransactions.start
   */
  async start(oneRecordId: number, { lines, acceptAdvance }: PortalNewPayment): Promise<GatewayTransaction> {
    await this.limits.use(oneRecordId, 'PAYMENT');
    const resolved = await this.resolve(oneRecordId, lines);
    if (resolved.others.length > 0 && acceptAdvance) throw invalidField('/acceptAdvance', 'ownAccountsOnly');
    return this.transactions.start({ oneRecordId, ...resolved, ...(acceptAdvance && { acceptAdvance }), by: null });
  }

  async list(oneRecordId: number, query: PortalPaymentsQuery): Promise<Page<FoundTransaction>> {
    return this.transactions.list(query, await this.own.all(oneRecordId));
  }

  /** @throws {Problem} http.not-found, for another's as for none */
  async get(oneRecordId: number, id: number): Promise<FoundTransaction> {
    const found = await this.transactions.get(id);
    await this.own.require(oneRecordId, found.transaction);
    return found;
  }

  /** @throws {Problem} http.invalid; http.not-found for another's account as for none; portal.bill-token */
  private async resolve<T extends AskedLine>(oneRecordId: number, asked: readonly T[]): Promise<Resolved<T>> {
    const held = new Set((await this.accounts.holdings(oneRecordId)).map(({ account }) => account.id));
    const resolved: Resolved<T> = { lines: [], others: [] };
    for (const [at, { billToken, ...line }] of asked.entries()) {
      if ((billToken === undefined) === (line.accountId === undefined)) {
        throw invalidField(`/lines/${at}`, 'accountOrBill');
      }
      if (billToken === undefined) {
        if (!held.has(line.accountId!)) throw new Problem('http.not-found');
        resolved.lines.push({ ...asked[at]!, accountId: line.accountId! });
        continue;
      }
      if (line.chargeIds) throw invalidField(`/lines/${at}/chargeIds`, 'notWithBill');
      const bill = await this.inHand.payable(oneRecordId, billToken);
      resolved.lines.push({ ...asked[at]!, ...bill });
      if (!held.has(bill.accountId)) resolved.others.push(bill.accountId);
    }
    return resolved;
  }
}
