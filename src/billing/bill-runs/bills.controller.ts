import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, PageQuery, Refuses, type Page } from '@libs/http';
import { RecordOfAccounts } from '../accounts/accounts.dto';
import { RunParam } from './bill-runs.dto';
import { BILL_RUNS } from './bill-runs.problems';
import { BillParam, BillsQuery, billSummaryView, BillSummaryView, billView, BillView } from './bills.dto';
import type { BillSummary } from './bills.dto';
import { Bills } from './bills.service';
import { RunReading } from './run-reading';
import { AccountVarianceView, ExceptionView, PreviewView, VarianceQuery } from './run-reading.dto';

@ApiTags('billing: bills')
@Controller()
export class BillsController {
  constructor(
    private readonly bills: Bills,
    private readonly reading: RunReading,
  ) {}

  @Get('billing/bill-runs/:id/preview')
  @Allow('billing.bill-run.read')
  @ApiOperation({ summary: 'Totals a head and currency beside the cycle before' })
  @ApiOkResponse({ type: PreviewView })
  @Refuses('http.invalid', 'http.not-found')
  preview(@Param() { id }: RunParam): Promise<PreviewView> {
    return this.reading.preview(id);
  }

  @Get('billing/bill-runs/:id/exceptions')
  @Allow('billing.bill-run.read')
  @ApiOperation({ summary: 'Accounts left out, and why' })
  @ApiPage(ExceptionView)
  @Refuses('http.invalid', 'http.not-found')
  exceptions(@Param() { id }: RunParam, @Query() query: PageQuery): Promise<Page<ExceptionView>> {
    return this.reading.exceptions(id, query);
  }

  @Get('billing/bill-runs/:id/variances')
  @Allow('billing.bill-run.read')
  @ApiOperation({ summary: 'Bills that differ much from those of the cycle before, and new ones' })
  @ApiPage(AccountVarianceView)
  @Refuses('http.invalid', 'http.not-found')
  variances(@Param() { id }: RunParam, @Query() query: VarianceQuery): Promise<Page<AccountVarianceView>> {
    return this.reading.variances(id, query);
  }

  @Get('billing/bill-runs/:id/bills')
  @Allow('billing.bill-run.read')
  @ApiOperation({ summary: 'The bills of a run by account, drafts too' })
  @ApiPage(BillSummaryView)
  @Refuses('http.invalid', 'http.not-found')
  async ofRun(@Param() { id }: RunParam, @Query() query: BillsQuery): Promise<Page<BillSummaryView>> {
    return views(await this.bills.ofRun(id, query));
  }

  @Get('billing/accounts/:id/bills')
  @Allow('billing.bill.read')
  @ApiOperation({ summary: 'The bills of an account, newest first' })
  @ApiPage(BillSummaryView)
  @Refuses('http.invalid', 'http.not-found')
  async ofAccount(@Param() { id }: BillParam, @Query() query: BillsQuery): Promise<Page<BillSummaryView>> {
    return views(await this.bills.ofAccount(id, query));
  }

  @Get('one-records/:id/bills')
  @Allow('billing.bill.read')
  @ApiOperation({ summary: 'The bills of all accounts of a record, newest first' })
  @ApiPage(BillSummaryView)
  @Refuses('http.invalid', 'http.not-found')
  async ofRecord(@Param() { id }: RecordOfAccounts, @Query() query: BillsQuery): Promise<Page<BillSummaryView>> {
    return views(await this.bills.ofRecord(id, query));
  }

  @Get('billing/bills/:id')
  @Allow('billing.bill.read')
  @ApiOperation({ summary: 'A bill as it was issued' })
  @ApiOkResponse({ type: BillView })
  @Refuses('http.invalid', 'http.not-found', BILL_RUNS['billing.bill-not-issued'], BILL_RUNS['billing.bill-altered'])
  async get(@Param() { id }: BillParam): Promise<BillView> {
    const { bill, content } = await this.bills.get(id);
    return billView(bill, content);
  }
}

const views = (page: Page<BillSummary>): Page<BillSummaryView> => ({
  ...page,
  items: page.items.map(billSummaryView),
});
