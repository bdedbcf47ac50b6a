import { Inject, Injectable, type StreamableFile } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import type { Language } from '@libs/http';
import { renderPdf } from '@libs/printing';
import { pdfFile } from '../../documents';
import { Staff } from '../../identity';
import type { PaymentWithReceipt } from './payment-recorder';
import { receiptSheet } from './receipt.sheet';
import { Receipts } from './receipts';
import { Refunds } from './refunds';

/** Receipts on paper, from what was stored of them; every sheet is counted. */
@Injectable()
export class ReceiptPrints {
  constructor(
    private readonly receipts: Receipts,
    private readonly refunds: Refunds,
    private readonly staff: Staff,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The first sheet is the original, unless only a copy is wanted; the later ones are marked نسخة, a void one ملغى. */
  async pdf(found: PaymentWithReceipt, lang: Language, { copy = false } = {}): Promise<StreamableFile> {
    const { undoneBy: by } = found.payment;
    const undoneBy = by === null ? null : ((await this.staff.names([by])).get(by) ?? null);
    const parts = found.payment.state === 'POSTED' ? await this.refunds.of(found.payment.id) : [];
    const back = parts.flatMap(({ lines }) => lines);
    const print = Math.max(await this.receipts.countPrint(found.receipt), copy ? 2 : 1);
    const pdf = await renderPdf('receipt', receiptSheet(found, this.config, { lang, print, undoneBy, back }));
    const { serial } = found.receipt;
    return pdfFile(pdf, { ascii: `receipt-${serial}`, utf8: `إيصال ${serial}` });
  }
}
