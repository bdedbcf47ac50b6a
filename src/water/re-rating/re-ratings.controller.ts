import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import { ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, Idempotent, IfMatch, PageQuery, Refuses } from '@libs/http';
import type { Page, Principal } from '@libs/http';
import { WORKBOOK_TYPE } from '@libs/spreadsheet';
import { TARIFFS } from '../tariffs/tariffs.problems';
import { Differences } from './differences';
import { differencesWorkbook } from './differences-workbook';
import { RE_RATINGS } from './re-rating.problems';
import { ReRatings } from './re-ratings';
import { CreateReRating, differenceView, DifferenceView, EndReRating, ReRatingParam } from './re-ratings.dto';
import { reRatingView, ReRatingView, ROWS_PER_FILE, WorkbookQuery } from './re-ratings.dto';

const CHANGES = [
  'http.invalid',
  'http.not-found',
  RE_RATINGS['water.re-rating-state'],
  RE_RATINGS['water.re-rating-busy'],
];

@ApiTags('water: re-rating')
@Controller('water/re-ratings')
export class ReRatingsController {
  constructor(
    private readonly runs: ReRatings,
    private readonly differences: Differences,
  ) {}

  @Post()
  @Allow('water.re-rating.propose')
  @Idempotent()
  @ApiOperation({ summary: 'Past cycles to be rated again; nothing is calculated yet' })
  @ApiCreatedResponse({ type: ReRatingView })
  @Refuses('http.invalid', TARIFFS['water.tariff-overlap'])
  async create(@Body() body: CreateReRating, @Caller() by: Principal): Promise<ReRatingView> {
    return reRatingView(await this.runs.create(body, by));
  }

  @Get()
  @Allow('water.re-rating.read')
  @ApiOperation({ summary: 'Re-ratings, newest first' })
  @ApiPage(ReRatingView)
  @Refuses('http.invalid')
  async list(@Query() query: PageQuery): Promise<Page<ReRatingView>> {
    const page = await this.runs.list(query);
    return { ...page, items: page.items.map(reRatingView) };
  }

  @Get(':id')
  @Allow('water.re-rating.read')
  @ApiOperation({ summary: 'A re-rating and how far it is' })
  @ApiOkResponse({ type: ReRatingView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: ReRatingParam): Promise<ReRatingView> {
    return reRatingView(await this.runs.get(id));
  }

  @Get(':id/differences')
  @Allow('water.re-rating.read')
  @ApiOperation({ summary: 'Cycles that come to something else' })
  @ApiPage(DifferenceView)
  @Refuses('http.invalid', 'http.not-found')
  async differencesOf(@Param() { id }: ReRatingParam, @Query() query: PageQuery): Promise<Page<DifferenceView>> {
    await this.runs.get(id);
    const page = await this.differences.page(id, query);
    return { ...page, items: page.items.map(differenceView) };
  }

  @Get(':id/differences.xlsx')
  @Allow('water.re-rating.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The same as a workbook' })
  @ApiProduces(WORKBOOK_TYPE)
  @ApiOkResponse({ content: { [WORKBOOK_TYPE]: { schema: { type: 'string', format: 'binary' } } } })
  @Refuses('http.invalid', 'http.not-found')
  async workbook(
    @Param() { id }: ReRatingParam,
    @Query() { lang = 'ar', part }: WorkbookQuery,
  ): Promise<StreamableFile> {
    await this.runs.get(id);
    const rows = await this.differences.slice(id, (part - 1) * ROWS_PER_FILE, ROWS_PER_FILE);
    const file = await differencesWorkbook(rows, lang);
    const disposition = `attachment; filename="re-rating-${id}-${part}.xlsx"`;
    return new StreamableFile(file, { type: WORKBOOK_TYPE, length: file.length, disposition });
  }

  @Post(':id/simulate')
  @HttpCode(202)
  @Allow('water.re-rating.propose')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Make the list of differences, or make it again; a worker does it' })
  @ApiAcceptedResponse({ type: ReRatingView })
  @Refuses(...CHANGES)
  async simulate(@Param() { id }: ReRatingParam, @IfMatch() version: number): Promise<ReRatingView> {
    return reRatingView(await this.runs.simulate({ id, version }));
  }

  @Post(':id/post')
  @HttpCode(202)
  @Allow('water.re-rating.approve')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Post credit and debit notes for the list, or go on; by another than its maker' })
  @ApiAcceptedResponse({ type: ReRatingView })
  @Refuses(
    ...CHANGES,
    RE_RATINGS['water.re-rating-own-work'],
    RE_RATINGS['water.re-rating-empty'],
    RE_RATINGS['water.re-rating-tariff'],
  )
  async post(
    @Param() { id }: ReRatingParam,
    @IfMatch() version: number,
    @Caller() by: Principal,
  ): Promise<ReRatingView> {
    return reRatingView(await this.runs.post({ id, version }, by));
  }

  @Post(':id/reverse')
  @HttpCode(202)
  @Allow('water.re-rating.approve')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Take back all that it posted; a worker does it' })
  @ApiAcceptedResponse({ type: ReRatingView })
  @Refuses(...CHANGES)
  async reverse(
    @Param() { id }: ReRatingParam,
    @IfMatch() version: number,
    @Body() { reason }: EndReRating,
    @Caller() by: Principal,
  ): Promise<ReRatingView> {
    return reRatingView(await this.runs.reverse({ id, version }, reason, by));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('water.re-rating.propose')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Give up a re-rating of which nothing is posted' })
  @ApiOkResponse({ type: ReRatingView })
  @Refuses(...CHANGES)
  async cancel(
    @Param() { id }: ReRatingParam,
    @IfMatch() version: number,
    @Body() { reason }: EndReRating,
    @Caller() by: Principal,
  ): Promise<ReRatingView> {
    return reRatingView(await this.runs.cancel({ id, version }, reason, by));
  }
}
