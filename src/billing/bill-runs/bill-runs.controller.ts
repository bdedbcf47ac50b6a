import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, Idempotent, IfMatch, Refuses } from '@libs/http';
import type { Page, Principal } from '@libs/http';
import { BOOKS } from '../billing.problems';
import {
  billRunView,
  BillRunsQuery,
  BillRunView,
  CreateBillRun,
  EndBillRun,
  feederView,
  FeederView,
  RunParam,
} from './bill-runs.dto';
import { BILL_RUNS } from './bill-runs.problems';
import { BillRuns } from './bill-runs.service';
import { BillFeeders } from './feeders';

const CHANGES = ['http.invalid', 'http.not-found', BILL_RUNS['billing.run-state'], BILL_RUNS['billing.run-busy']];

@ApiTags('billing: bill runs')
@Controller('billing')
export class BillRunsController {
  constructor(
    private readonly runs: BillRuns,
    private readonly feeders: BillFeeders,
  ) {}

  @Get('bill-feeders')
  @Allow('billing.bill-run.read')
  @ApiOperation({ summary: 'What bills are made of' })
  @ApiOkResponse({ type: [FeederView] })
  allFeeders(): FeederView[] {
    return this.feeders.all().map(feederView);
  }

  @Get('bill-runs')
  @Allow('billing.bill-run.read')
  @ApiOperation({ summary: 'Bill runs, newest first' })
  @ApiPage(BillRunView)
  @Refuses('http.invalid')
  async list(@Query() query: BillRunsQuery): Promise<Page<BillRunView>> {
    const page = await this.runs.list(query);
    return { ...page, items: page.items.map(billRunView) };
  }

  @Get('bill-runs/:id')
  @Allow('billing.bill-run.read')
  @ApiOperation({ summary: 'One bill run and how far it is' })
  @ApiOkResponse({ type: BillRunView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: RunParam): Promise<BillRunView> {
    return billRunView(await this.runs.get(id));
  }

  @Post('bill-runs')
  @Allow('billing.bill-run.create')
  @Idempotent()
  @ApiOperation({ summary: 'Open a bill run; nothing is calculated yet' })
  @ApiCreatedResponse({ type: BillRunView })
  @Refuses('http.invalid', BILL_RUNS['billing.feeder-unknown'])
  async create(@Body() input: CreateBillRun, @Caller() caller: Principal): Promise<BillRunView> {
    return billRunView(await this.runs.create(input, caller));
  }

  @Post('bill-runs/:id/calculate')
  @HttpCode(202)
  @Allow('billing.bill-run.create')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Calculate the bills, or calculate them again; a worker does it' })
  @ApiAcceptedResponse({ type: BillRunView })
  @Refuses(...CHANGES)
  async calculate(@Param() { id }: RunParam, @IfMatch() version: number): Promise<BillRunView> {
    return billRunView(await this.runs.calculate(id, version));
  }

  @Post('bill-runs/:id/review')
  @HttpCode(200)
  @Allow('billing.bill-run.review')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Find the calculated bills right; by somebody else than the maker of the run' })
  @ApiOkResponse({ type: BillRunView })
  @Refuses(...CHANGES, BILL_RUNS['billing.run-own-work'], BILL_RUNS['billing.run-empty'])
  async review(
    @Param() { id }: RunParam,
    @IfMatch() version: number,
    @Caller() caller: Principal,
  ): Promise<BillRunView> {
    return billRunView(await this.runs.review(id, version, caller));
  }

  @Post('bill-runs/:id/post')
  @HttpCode(202)
  @Allow('billing.bill-run.post')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Post the reviewed bills, or go on with a posting that stopped; a worker does it' })
  @ApiAcceptedResponse({ type: BillRunView })
  @Refuses(...CHANGES, BOOKS['billing.date-in-future'])
  async post(@Param() { id }: RunParam, @IfMatch() version: number, @Caller() caller: Principal): Promise<BillRunView> {
    return billRunView(await this.runs.post(id, version, caller));
  }

  @Post('bill-runs/:id/issue')
  @HttpCode(202)
  @Allow('billing.bill-run.issue')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Give the posted bills their serials and freeze them; a worker does it' })
  @ApiAcceptedResponse({ type: BillRunView })
  @Refuses(...CHANGES)
  async issue(
    @Param() { id }: RunParam,
    @IfMatch() version: number,
    @Caller() caller: Principal,
  ): Promise<BillRunView> {
    return billRunView(await this.runs.issue(id, version, caller));
  }

  @Post('bill-runs/:id/cancel')
  @HttpCode(202)
  @Allow('billing.bill-run.create')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Give up a run of which nothing is posted' })
  @ApiAcceptedResponse({ type: BillRunView })
  @Refuses(...CHANGES)
  async cancel(
    @Param() { id }: RunParam,
    @IfMatch() version: number,
    @Body() { reason }: EndBillRun,
    @Caller() caller: Principal,
  ): Promise<BillRunView> {
    return billRunView(await this.runs.cancel(id, version, reason, caller));
  }

  @Post('bill-runs/:id/reverse')
  @HttpCode(202)
  @Allow('billing.bill-run.reverse')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Reverse all bills of a run; those touched meanwhile stay and are listed' })
  @ApiAcceptedResponse({ type: BillRunView })
  @Refuses(...CHANGES)
  async reverse(
    @Param() { id }: RunParam,
    @IfMatch() version: number,
    @Body() { reason }: EndBillRun,
    @Caller() caller: Principal,
  ): Promise<BillRunView> {
    return billRunView(await this.runs.reverse(id, version, reason, caller));
  }
}
