import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, IfMatch, Refuses, type Page, type Principal } from '@libs/http';
import { Decisions } from './decisions';
import { ReadingList } from './reading-list';
import {
  ConfirmedView,
  ConfirmReading,
  ConfirmReadings,
  DecideReading,
  ListReadings,
  ReadingParam,
  readingView,
  ReadingView,
} from './reading-list.dto';
import { READINGS } from './readings.problems';

@ApiTags('water: readings')
@Controller('water/readings')
export class ReadingsController {
  constructor(
    private readonly list: ReadingList,
    private readonly decisions: Decisions,
  ) {}

  @Get()
  @Allow('water.reading.read')
  @ApiOperation({ summary: 'Readings; `state=SUSPECT` is the work list of those who decide' })
  @ApiPage(ReadingView)
  @Refuses('http.invalid')
  async all(@Query() query: ListReadings): Promise<Page<ReadingView>> {
    const page = await this.list.list(query);
    return { ...page, items: page.items.map(readingView) };
  }

  @Post('confirm')
  @HttpCode(200)
  @Allow('water.reading.decide')
  @ApiOperation({ summary: 'Confirm many suspects for one reason; those without a consumption are left' })
  @ApiOkResponse({ type: ConfirmedView })
  @Refuses('http.invalid')
  async confirmMany(@Body() { readingIds, reason }: ConfirmReadings, @Caller() by: Principal): Promise<ConfirmedView> {
    return { confirmed: await this.decisions.confirmMany(readingIds, reason, by) };
  }

  @Get(':id')
  @Allow('water.reading.read')
  @ApiOperation({ summary: 'One reading' })
  @ApiOkResponse({ type: ReadingView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: ReadingParam): Promise<ReadingView> {
    return readingView(await this.list.get(id));
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @Allow('water.reading.decide')
  @ChangesVersion()
  @ApiOperation({ summary: 'A suspect is as it is' })
  @ApiOkResponse({ type: ReadingView })
  @Refuses('http.invalid', 'http.not-found', READINGS['water.reading-decided'], READINGS['water.consumption-needed'])
  async confirm(
    @Param() { id }: ReadingParam,
    @IfMatch() version: number,
    @Body() body: ConfirmReading,
    @Caller() by: Principal,
  ): Promise<ReadingView> {
    await this.decisions.confirm({ id, version }, body, by);
    return this.get({ id });
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Allow('water.reading.decide')
  @ChangesVersion()
  @ApiOperation({ summary: 'A reading is wrong: it makes place for another' })
  @ApiOkResponse({ type: ReadingView })
  @Refuses('http.invalid', 'http.not-found', READINGS['water.reading-decided'], READINGS['water.later-billed'])
  async reject(
    @Param() { id }: ReadingParam,
    @IfMatch() version: number,
    @Body() { reason }: DecideReading,
    @Caller() by: Principal,
  ): Promise<ReadingView> {
    await this.decisions.reject({ id, version }, reason, by);
    return this.get({ id });
  }

  @Post(':id/re-read')
  @HttpCode(200)
  @Allow('water.reading.decide')
  @ChangesVersion()
  @ApiOperation({ summary: 'Reject it and send somebody there: the route sheet says so until it is read' })
  @ApiOkResponse({ type: ReadingView })
  @Refuses('http.invalid', 'http.not-found', READINGS['water.reading-decided'], READINGS['water.later-billed'])
  async reRead(
    @Param() { id }: ReadingParam,
    @IfMatch() version: number,
    @Body() { reason }: DecideReading,
    @Caller() by: Principal,
  ): Promise<ReadingView> {
    await this.decisions.reject({ id, version }, reason, by, true);
    return this.get({ id });
  }
}
