import { Controller, Get, Header, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow, Refuses } from '@libs/http';
import { SHEETS_PER_FILE } from '@libs/printing';
import { BillPrints } from './bill-prints';
import { RunParam } from './bill-runs.dto';
import { BILL_RUNS } from './bill-runs.problems';
import { BillParam, PrintBill, PrintBills } from './bills.dto';
import { Bills } from './bills.service';

const PDF = { schema: { type: 'string', format: 'binary' } };

@ApiTags('billing: bills')
@Controller('billing')
export class BillPrintsController {
  constructor(
    private readonly bills: Bills,
    private readonly prints: BillPrints,
  ) {}

  @Get('bills/:id/pdf')
  @Allow('billing.bill.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The sheet of a bill; of one that was reversed, marked as void' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': PDF } })
  @Refuses('http.invalid', 'http.not-found', BILL_RUNS['billing.bill-not-issued'], BILL_RUNS['billing.bill-altered'])
  async one(@Param() { id }: BillParam, @Query() { lang = 'ar' }: PrintBill): Promise<StreamableFile> {
    return this.prints.one(await this.bills.get(id), lang);
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
    return this.prints.many(issued, lang, `${id}-${part}`);
  }
}
