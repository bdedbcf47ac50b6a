import { Controller, Get, Header, Inject, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Allow, Refuses } from '@libs/http';
import { SHEETS_PER_FILE, renderPdf } from '@libs/printing';
import { letterheadOf, pdfFile } from '../../documents';

import { billSheet, type Reversed } from './bill-sheet';
import type { Bill } from './bill-run.entity';
import { RunParam } from './bill-runs.dto';
import { BILL_RUNS } from './bill-runs.problems';
import { BillRuns } from './bill-runs.service';
import { BillParam, PrintBill, PrintBills } from './bills.dto';
import { Bills } from './bills.service';

const PDF = { schema: { type: 'string', format: 'binary' } };

@ApiTags('billing: bills')
@Controller('billing')
export class BillPrintsController {
  constructor(
    private readonly bills: Bills,
    private readonly runs: BillRuns,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('bills/:id/pdf')
  @Allow('billing.bill.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The sheet of a bill; of one that was reversed, marked as void' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': PDF } })
  @Refuses('http.invalid', 'http.not-found', BILL_RUNS['billing.bill-not-issued'], BILL_RUNS['billing.bill-altered'])
  async one(@Param() { id }: BillParam, @Query() { lang = 'ar' }: PrintBill): Promise<StreamableFile> {
    const { bill, content } = await this.bills.get(id);
    const sheet = billSheet(content, this.config, lang, await this.reversed(bill));
    const pdf = await renderPdf('bill', { ...this.frame(lang), ...sheet });
    return pdfFile(pdf, { ascii: `bill-${content.serial}`, utf8: `فاتورة ${content.serial}` });
  }

  @Get('bill-runs/:id/bills.pdf')
  @Allow('billing.bill-run.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The bills of a run for the printer, by account, in files of at most 100' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': PDF } })
  @Refuses('http.invalid', 'http.not-found', BILL_RUNS['billing.bill-not-issued'], BILL_RUNS['billing.bill-altered'])
  async all(@Param() { id }: RunParam, @Query() { lang = 'ar', part }: PrintBills): Promise<StreamableFile> {
    const issued = await this.bills.issuedOf(id, (part - 1) * SHEETS_PER_FILE, SHEETS_PER_FILE);
    const bills = issued.map(({ content }) => billSheet(content, this.config, lang, null));
    const pdf = await renderPdf('bills', { ...this.frame(lang), bills });
    return pdfFile(pdf, { ascii: `bills-${id}-${part}`, utf8: `فواتير ${id}-${part}` });
  }

  private frame(lang: 'ar' | 'en') {
    const letterhead = letterheadOf(this.config);
    return { letterhead, lang, printedAt: this.clock.now() };
  }

  private async reversed({ state, runId }: Bill): Promise<Reversed | null> {
    if (state !== 'REVERSED') return null;
    const { reason, endedAt } = await this.runs.get(runId);
    return { at: endedAt ?? this.clock.now(), reason: reason! };
  }
}
