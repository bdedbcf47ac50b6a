import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, Idempotent, IfMatch, Refuses } from '@libs/http';
import type { Page, Principal } from '@libs/http';
import type { DunningRun } from './dunning.entity';
import { DUNNING } from './dunning.problems';
import { DunningRuns } from './dunning-runs';
import {
  CreateDunningRun,
  DebtorParam,
  DebtorsQuery,
  debtorView,
  DebtorView,
  DunningReason,
  DunningRunParam,
  DunningRunsQuery,
  dunningRunView,
  DunningRunView,
} from './dunning-runs.dto';

const CHANGES = [
  'http.invalid',
  'http.not-found',
  DUNNING['billing.dunning-run-state'],
  DUNNING['billing.dunning-run-busy'],
];

@ApiTags('billing: dunning')
@Controller('billing/dunning-runs')
export class DunningRunsController {
  constructor(private readonly runs: DunningRuns) {}

  @Post()
  @Allow('billing.dunning-run.create')
  @Idempotent()
  @ApiOperation({ summary: 'List the debtors to be warned (إخطار); a worker does it, and nobody is warned yet' })
  @ApiCreatedResponse({ type: DunningRunView })
  @Refuses('http.invalid')
  async create(@Body() input: CreateDunningRun, @Caller() caller: Principal): Promise<DunningRunView> {
    return this.view(await this.runs.create(input, caller));
  }

  @Get()
  @Allow('billing.dunning-run.read')
  @ApiOperation({ summary: 'Dunning runs, newest first' })
  @ApiPage(DunningRunView)
  @Refuses('http.invalid')
  async list(@Query() query: DunningRunsQuery): Promise<Page<DunningRunView>> {
    const page = await this.runs.list(query);
    const counts = await this.runs.counts(page.items.map(({ id }) => id));
    return { ...page, items: page.items.map((run) => dunningRunView(run, counts.get(run.id)!)) };
  }

  @Get(':id')
  @Allow('billing.dunning-run.read')
  @ApiOperation({ summary: 'One run: how many debtors, what they owe, and who was left out' })
  @ApiOkResponse({ type: DunningRunView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: DunningRunParam): Promise<DunningRunView> {
    return this.view(await this.runs.get(id));
  }

  @Get(':id/debtors')
  @Allow('billing.dunning-run.read')
  @ApiOperation({ summary: 'The debtors of a run' })
  @ApiPage(DebtorView)
  @Refuses('http.invalid', 'http.not-found')
  async debtors(@Param() { id }: DunningRunParam, @Query() query: DebtorsQuery): Promise<Page<DebtorView>> {
    const page = await this.runs.debtors(id, query);
    return { ...page, items: page.items.map(debtorView) };
  }

  @Post(':id/debtors/:debtorId/exclude')
  @HttpCode(200)
  @Allow('billing.dunning-run.create')
  @ApiOperation({ summary: 'Take a debtor off the list; a later run may list them again' })
  @ApiOkResponse({ type: DebtorView })
  @Refuses(...CHANGES, DUNNING['billing.debtor-not-listed'])
  async exclude(@Param() { id, debtorId }: DebtorParam, @Body() { reason }: DunningReason): Promise<DebtorView> {
    return debtorView(await this.runs.exclude(id, debtorId, reason));
  }

  @Post(':id/issue')
  @HttpCode(202)
  @Allow('billing.dunning-run.issue')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Issue the warnings, by somebody else than the maker of the list; a worker does it' })
  @ApiAcceptedResponse({ type: DunningRunView })
  @Refuses(...CHANGES, DUNNING['billing.dunning-own-list'], DUNNING['billing.dunning-run-empty'])
  async issue(
    @Param() { id }: DunningRunParam,
    @IfMatch() version: number,
    @Caller() caller: Principal,
  ): Promise<DunningRunView> {
    return this.view(await this.runs.issue(id, version, caller));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('billing.dunning-run.create')
  @ChangesVersion()
  @ApiOperation({ summary: 'Give up a list of which no warning is issued' })
  @ApiOkResponse({ type: DunningRunView })
  @Refuses(...CHANGES)
  async cancel(
    @Param() { id }: DunningRunParam,
    @IfMatch() version: number,
    @Body() { reason }: DunningReason,
    @Caller() caller: Principal,
  ): Promise<DunningRunView> {
    return this.view(await this.runs.cancel(id, version, reason, caller));
  }

  private async view(run: DunningRun): Promise<DunningRunView> {
    return dunningRunView(run, (await this.runs.counts([run.id])).get(run.id)!);
  }
}
