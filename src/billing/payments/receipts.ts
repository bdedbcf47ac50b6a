import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { readSerial, serialOf } from '@libs/serial';
import { contentHash, isGenuine, Prints } from '../../documents';
import { Receipt } from './payment.entity';
import { PAYMENTS } from './payments.problems';
import type { ReceiptContent } from './receipt.content';

const COLUMNS = [
  'id',
  'paymentId',
  'serial',
  'office',
  'year',
  'number',
  'issuedAt',
  'content',
  'contentHash',
  'prints',
] as const;

/** Receipts (وصولات): numbered without gaps in each office and year, kept as they were issued. */
@Injectable()
export class Receipts {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly prints: Prints,
  ) {}

  /** In the active unit, as its last act: the next receipt of the office waits for the number until the unit ends. */
  async issue(paymentId: number, office: string, said: Omit<ReceiptContent, 'serial'>): Promise<Receipt> {
    const id = await this.ids.one();
    const { issuedAt } = said;
    const year = Number(said.paidOn.slice(0, 4));
    const number = await this.ids.reserve(`receipts-${office}-${year}`, 1);
    const serial = serialOf({ kind: 'RC', office, year, number });
    const content: ReceiptContent = { serial, ...said };
    const hash = contentHash(content);
    await this.store.bulkInsert(Receipt, COLUMNS, [
      [id, paymentId, serial, office, year, number, issuedAt, JSON.stringify(content), hash, 0],
    ]);
    return { id, paymentId, serial, office, year, number, issuedAt, content, contentHash: hash, prints: 0 };
  }

  /**
   * @param typed a serial as people type it
   * @throws {Problem} billing.receipt-unknown, receipt-mistyped, receipt-altered
   */
  async get(typed: string): Promise<Receipt> {
    const read = readSerial(typed);
    if (!read.ok && read.reason === 'mistyped') throw new Problem(PAYMENTS['billing.receipt-mistyped']);
    const receipt = read.ok ? await this.store.reads(Receipt).findOneBy({ serial: read.serial }) : null;
    if (!receipt) throw new Problem(PAYMENTS['billing.receipt-unknown']);
    if (!isGenuine(receipt)) throw new Problem(PAYMENTS['billing.receipt-altered']);
    return receipt;
  }

  /** As {@link Prints.count}. */
  countPrint(receipt: Receipt): Promise<number> {
    return this.prints.count(Receipt, receipt, 'billing.receipt-printed');
  }
}
