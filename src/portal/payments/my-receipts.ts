import { Injectable } from '@nestjs/common';
import { Problem, type Page, type PageQuery } from '@libs/http';
import { OneRecords } from '../../citizens';
import { Accounts, PAYMENTS, Payments, PaymentSearch, type PaymentWithReceipt, type ReceiptLine } from '../../billing';
import { orNotFound } from '../scope/not-found';
import { isShared } from '../scope/sharing';

const UNKNOWN = [PAYMENTS['billing.receipt-unknown'], PAYMENTS['billing.receipt-mistyped']];

export interface ReceiptSeen {
  found: PaymentWithReceipt;
  /** The citizen may have the whole of it. */
  own: boolean;
  /** That they may see. */
  lines: ReceiptLine[];
}

/**
 * Receipts of a citizen. What they paid, and what was paid in nobody's name on their own accounts alone, is theirs. Of
 * what another paid on an account of theirs they see that line, and not who it was or what else they paid.
 */
@Injectable()
export class MyReceipts {
  constructor(
    private readonly records: OneRecords,
    private readonly accounts: Accounts,
    private readonly payments: Payments,
    private readonly search: PaymentSearch,
  ) {}

  /** Newest first. */
  async list(oneRecordId: number, query: PageQuery): Promise<Page<ReceiptSeen>> {
    const page = await this.search.ofRecord(oneRecordId, query);
    const holdings = await this.holdings(oneRecordId);
    const paid = await this.payments.withReceipts(page.items);
    return { ...page, items: paid.map((each) => seen(each, holdings)) };
  }

  /** @param typed a serial as people type it @throws {Problem} http.not-found, for another's as for none */
  async get(oneRecordId: number, typed: string): Promise<ReceiptSeen> {
    const found = await orNotFound(this.payments.get(typed), UNKNOWN);
    const receipt = seen(found, await this.holdings(oneRecordId));
    if (!receipt.own && receipt.lines.length === 0) throw new Problem('http.not-found');
    return receipt;
  }

  private async holdings(oneRecordId: number): Promise<Holdings> {
    const held = await this.accounts.holdings(oneRecordId);
    const ids = (some: typeof held) => new Set(some.map(({ account }) => account.id));
    const selves = new Set(await this.records.selves(oneRecordId));
    return { selves, all: ids(held), own: ids(held.filter((each) => !isShared(each))) };
  }
}

interface Holdings {
  /** The record, and what was merged into it. */
  selves: ReadonlySet<number>;
  all: ReadonlySet<number>;
  own: ReadonlySet<number>;
}

function seen(found: PaymentWithReceipt, { selves, all, own: alone }: Holdings): ReceiptSeen {
  const { payment, receipt } = found;
  const { lines } = receipt.content;
  const own =
    payment.oneRecordId === null
      ? lines.every(({ accountId }) => alone.has(accountId))
      : selves.has(payment.oneRecordId);
  return { found, own, lines: own ? lines : lines.filter(({ accountId }) => all.has(accountId)) };
}
