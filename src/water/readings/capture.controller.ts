import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Allow, Caller, fileOf, Idempotent, Problem, Refuses, TakesFile, type Principal } from '@libs/http';
import { Subscriptions } from '../subscriptions/subscriptions';
import { Capture, type CapturedBy } from './capture';
import { batchView, BatchView, CaptureOne, FileQuery, fileView, FileView, NoAccessView } from './capture.dto';
import { ReadingBatch } from './capture.dto';
import { readingOf } from './capture.rules';
import { NO_ACCESS_REASONS } from './no-access';
import { ReadingFiles } from './reading-files';
import { ReadingList } from './reading-list';
import { ReadingParam, ReadingView, readingView } from './reading-list.dto';
import { READINGS, REFUSED } from './readings.problems';

const captor = ({ userId, permissions }: Principal): CapturedBy => ({
  userId,
  mayCorrect: permissions.has('water.reading.correct'),
});

@ApiTags('water: readings')
@Controller('water')
export class CaptureController {
  constructor(
    private readonly capture: Capture,
    private readonly files: ReadingFiles,
    private readonly list: ReadingList,
    private readonly subscriptions: Subscriptions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('no-access-reasons')
  @Allow('water.reading.read')
  @ApiOperation({ summary: 'Why a register could not be read' })
  @ApiOkResponse({ type: [NoAccessView] })
  noAccess(): NoAccessView[] {
    return [...NO_ACCESS_REASONS];
  }

  @Post('readings/batch')
  @HttpCode(200)
  @Allow('water.reading.capture')
  @ApiOperation({
    summary: 'Readings of a handheld: offline, out of order, again; each has its own outcome, in the order sent',
  })
  @ApiOkResponse({ type: BatchView })
  @Refuses('http.invalid', 'http.too-large')
  async batch(@Body() { readings, period, reader }: ReadingBatch, @Caller() by: Principal): Promise<BatchView> {
    const defaults = { period, source: 'FIELD' as const, reader: reader ?? null, now: this.clock.now() };
    const read = readings.map((raw) => readingOf(raw, defaults));
    return batchView(readings, await this.capture.take(read, captor(by)));
  }

  @Post('readings/files')
  @HttpCode(200)
  @Allow('water.reading.capture')
  @TakesFile('text/csv')
  @ApiOperation({ summary: 'Readings as CSV; the lines that are refused are named, the others are taken' })
  @ApiOkResponse({ type: FileView })
  @Refuses('http.invalid', READINGS['water.file-unreadable'])
  async file(
    @Body() body: unknown,
    @Query() { period, reader }: FileQuery,
    @Caller() by: Principal,
  ): Promise<FileView> {
    const defaults = { period, source: 'FILE' as const, reader: reader ?? null };
    return fileView(await this.files.take(fileOf(body), defaults, captor(by)));
  }

  @Post('subscriptions/:id/readings')
  @Allow('water.reading.capture')
  @Idempotent()
  @ApiOperation({ summary: 'One reading at the counter: of the citizen, of a photo, or of the office' })
  @ApiCreatedResponse({ type: ReadingView })
  @Refuses('http.invalid', 'http.not-found', ...Object.values(REFUSED))
  async one(@Param() { id }: ReadingParam, @Body() body: CaptureOne, @Caller() by: Principal): Promise<ReadingView> {
    const { subscription } = await this.subscriptions.get(id);
    const now = this.clock.now();
    const { period, readOn = localDateOf(now), ...said } = body;
    const raw = { ...said, readOn, subscription: subscription.number };
    const [outcome] = await this.capture.take([readingOf(raw, { period, source: body.source, now })], captor(by));
    if (outcome!.outcome === 'REFUSED') throw new Problem(REFUSED[outcome!.code]);
    return readingView(await this.list.get(outcome!.reading.id));
  }
}
