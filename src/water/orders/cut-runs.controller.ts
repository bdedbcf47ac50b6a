import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, Idempotent, IfMatch, PageQuery, Refuses } from '@libs/http';
import type { Page, Principal } from '@libs/http';
import { CutRuns } from './cut-runs';
import {
  CandidatesQuery,
  candidateView,
  CandidateView,
  CreateCutRun,
  CutRunParam,
  cutRunView,
  CutRunView,
} from './cut-runs.dto';
import { ORDERS } from './orders.problems';

@ApiTags('water: disconnection')
@Controller('water/cut-runs')
export class CutRunsController {
  constructor(private readonly runs: CutRuns) {}

  @Post()
  @Allow('water.cut-run.create')
  @Idempotent()
  @ApiOperation({
    summary: 'List whose debt would have their water cut, each with why, and why not where it is exempt',
  })
  @ApiCreatedResponse({ type: CutRunView })
  @Refuses('http.invalid')
  async create(@Body() body: CreateCutRun, @Caller() caller: Principal): Promise<CutRunView> {
    return cutRunView(await this.runs.create(body, caller));
  }

  @Get()
  @Allow('water.cut-run.read')
  @ApiOperation({ summary: 'Lists, newest first' })
  @ApiPage(CutRunView)
  @Refuses('http.invalid')
  async all(@Query() query: PageQuery): Promise<Page<CutRunView>> {
    const page = await this.runs.all(query);
    return { ...page, items: page.items.map(cutRunView) };
  }

  @Get(':id')
  @Allow('water.cut-run.read')
  @ApiOperation({ summary: 'A list and its criteria' })
  @ApiOkResponse({ type: CutRunView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: CutRunParam): Promise<CutRunView> {
    return cutRunView(await this.runs.get(id));
  }

  @Get(':id/candidates')
  @Allow('water.cut-run.read')
  @ApiOperation({ summary: 'The subscriptions of a list, the largest debt first' })
  @ApiPage(CandidateView)
  @Refuses('http.invalid', 'http.not-found')
  async candidates(@Param() { id }: CutRunParam, @Query() query: CandidatesQuery): Promise<Page<CandidateView>> {
    const page = await this.runs.candidates(id, query);
    return { ...page, items: page.items.map(candidateView) };
  }

  @Post(':id/issue')
  @HttpCode(200)
  @Allow('water.cut-notice.issue')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Issue the notices (إخطار بالفصل) to those that still owe and are not exempt' })
  @ApiOkResponse({ type: CutRunView })
  @Refuses('http.invalid', 'http.not-found', ORDERS['water.cut-run-state'], ORDERS['water.cut-own-list'])
  async issue(
    @Param() { id }: CutRunParam,
    @IfMatch() version: number,
    @Caller() caller: Principal,
  ): Promise<CutRunView> {
    return cutRunView(await this.runs.issue({ id, version }, caller));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('water.cut-run.create')
  @ChangesVersion()
  @ApiOperation({ summary: 'Give up a list of which no notice is issued' })
  @ApiOkResponse({ type: CutRunView })
  @Refuses('http.invalid', 'http.not-found', ORDERS['water.cut-run-state'])
  async cancel(
    @Param() { id }: CutRunParam,
    @IfMatch() version: number,
    @Caller() caller: Principal,
  ): Promise<CutRunView> {
    return cutRunView(await this.runs.cancel({ id, version }, caller));
  }
}
