import { Inject, Injectable, type StreamableFile } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import type { Language } from '@libs/http';
import { renderPdf } from '@libs/printing';
import { letterheadOf, pdfFile } from '../../documents';
import { billSheet, type Reversed } from './bill-sheet';
import type { Bill } from './bill-run.entity';
import { BillRuns } from './bill-runs.service';
import type { IssuedBill } from './bills.service';

/** Bills on paper, from what was stored of them. */
@Injectable()
export class BillPrints {
  constructor(
    private readonly runs: BillRuns,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One bill; of one that was reversed, marked as void. */
  async one({ bill, content }: IssuedBill, lang: Language): Promise<StreamableFile> {
    const sheet = billSheet(content, this.config, lang, await this.reversed(bill));
    const pdf = await renderPdf('bill', { ...this.frame(lang), ...sheet });
    return pdfFile(pdf, { ascii: `bill-${content.serial}`, utf8: `فاتورة ${content.serial}` });
  }

  /** @param name of the file, after `bills-` */
  async many(issued: readonly IssuedBill[], lang: Language, name: string): Promise<StreamableFile> {
    const bills = issued.map(({ content }) => billSheet(content, this.config, lang, null));
    const pdf = await renderPdf('bills', { ...this.frame(lang), bills });
    return pdfFile(pdf, { ascii: `bills-${name}`, utf8: `فواتير ${name}` });
  }

  private frame(lang: Language) {
    return { letterhead: letterheadOf(this.config), lang, printedAt: this.clock.now() };
  }

  private async reversed({ state, runId }: Bill): Promise<Reversed | null> {
    if (state !== 'REVERSED') return null;
    const { reason, endedAt } = await this.runs.get(runId);
    return { at: endedAt ?? this.clock.now(), reason: reason! };
  }
}
