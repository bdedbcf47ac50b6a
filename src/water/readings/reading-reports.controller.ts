import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Refuses, type Page } from '@libs/http';
import { ReadingReports } from './reading-reports';
import {
  ConsumerView,
  coverageView,
  CoverageView,
  DeadMetersView,
  DeadQuery,
  OfPeriod,
  PageOfPeriod,
  readersView,
  ReadersView,
  UnreadQuery,
  UnreadView,
} from './reading-reports.dto';

@ApiTags('water: reading reports')
@Controller('water/reading-reports')
export class ReadingReportsController {
  constructor(private readonly reports: ReadingReports) {}

  @Get('coverage')
  @Allow('water.reading-report.read')
  @ApiOperation({ summary: 'Read, estimated and unread meters of each route' })
  @ApiOkResponse({ type: CoverageView })
  @Refuses('http.invalid')
  async coverage(@Query() { period }: OfPeriod): Promise<CoverageView> {
    return coverageView(await this.reports.coverage(period));
  }

  @Get('unread')
  @Allow('water.reading-report.read')
  @ApiOperation({ summary: 'Active meters without a reading or an estimate, in the order of the walk' })
  @ApiPage(UnreadView)
  @Refuses('http.invalid')
  unread(@Query() { period, routeId, ...query }: UnreadQuery): Promise<Page<UnreadView>> {
    return this.reports.unread(period, routeId, query);
  }

  @Get('readers')
  @Allow('water.reading-report.read')
  @ApiOperation({ summary: 'Work of the readers by day' })
  @ApiOkResponse({ type: ReadersView })
  @Refuses('http.invalid')
  async readers(@Query() { period }: OfPeriod): Promise<ReadersView> {
    return readersView(await this.reports.readers(period));
  }

  @Get('zeros')
  @Allow('water.reading-report.read')
  @ApiOperation({ summary: 'Read in the period, and nothing used' })
  @ApiPage(ConsumerView)
  @Refuses('http.invalid')
  zeros(@Query() { period, ...query }: PageOfPeriod): Promise<Page<ConsumerView>> {
    return this.reports.zeros(period, query);
  }

  @Get('top-consumers')
  @Allow('water.reading-report.read')
  @ApiOperation({ summary: 'Who used most in the period' })
  @ApiPage(ConsumerView)
  @Refuses('http.invalid')
  top(@Query() { period, ...query }: PageOfPeriod): Promise<Page<ConsumerView>> {
    return this.reports.top(period, query);
  }

  @Get('dead-meters')
  @Allow('water.reading-report.read')
  @ApiOperation({ summary: 'Active meters that showed no consumption for several cycles in a row' })
  @ApiOkResponse({ type: DeadMetersView })
  @Refuses('http.invalid')
  async dead(@Query() { period, cycles = 3 }: DeadQuery): Promise<DeadMetersView> {
    return { meters: await this.reports.dead(period, cycles) };
  }
}
