import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, Idempotent, IfMatch, Refuses } from '@libs/http';
import type { Page, Principal } from '@libs/http';
import { SupplyExceptions } from './supply-exceptions';
import { SupplySchedules } from './supply-schedules';
import {
  ExceptionsQuery,
  SupplyExceptionView,
  exceptionView,
  NewException,
  NewSchedule,
  SchedulesQuery,
  ScheduleTerms,
  ScheduleView,
  scheduleView,
  SupplyParam,
} from './supply.dto';
import { SUPPLY } from './supply.problems';

const REFUSALS = ['http.invalid', 'http.not-found', SUPPLY['water.schedule-not-draft']];

@ApiTags('water: supply')
@Controller('water')
export class SupplyController {
  constructor(
    private readonly schedules: SupplySchedules,
    private readonly exceptions: SupplyExceptions,
  ) {}

  @Post('supply-schedules')
  @Allow('water.supply.draft')
  @Idempotent()
  @ApiOperation({ summary: 'Draft the turns of a zone (جدول أدوار التزويد)' })
  @ApiCreatedResponse({ type: ScheduleView })
  @Refuses('http.invalid')
  async draft(@Body() body: NewSchedule, @Caller() by: Principal): Promise<ScheduleView> {
    return scheduleView(await this.schedules.draft(body, by));
  }

  @Get('supply-schedules')
  @Allow('water.supply.read')
  @ApiOperation({ summary: 'Schedules by zone and state, newest first' })
  @ApiPage(ScheduleView)
  @Refuses('http.invalid')
  async list(@Query() query: SchedulesQuery): Promise<Page<ScheduleView>> {
    const page = await this.schedules.list(query);
    return { ...page, items: page.items.map(scheduleView) };
  }

  @Get('supply-schedules/:id')
  @Allow('water.supply.read')
  @ApiOperation({ summary: 'A schedule' })
  @ApiOkResponse({ type: ScheduleView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: SupplyParam): Promise<ScheduleView> {
    return scheduleView(await this.schedules.get(id));
  }

  @Put('supply-schedules/:id')
  @Allow('water.supply.draft')
  @ChangesVersion()
  @ApiOperation({ summary: 'All terms of a draft anew' })
  @ApiOkResponse({ type: ScheduleView })
  @Refuses(...REFUSALS)
  async revise(
    @Param() { id }: SupplyParam,
    @IfMatch() version: number,
    @Body() body: ScheduleTerms,
  ): Promise<ScheduleView> {
    return scheduleView(await this.schedules.revise({ id, version }, body));
  }

  @Post('supply-schedules/:id/publish')
  @HttpCode(200)
  @Allow('water.supply.publish')
  @ChangesVersion()
  @ApiOperation({ summary: 'Publish a draft as the next edition of its zone; everybody sees it' })
  @ApiOkResponse({ type: ScheduleView })
  @Refuses(...REFUSALS, SUPPLY['water.schedule-past'])
  async publish(
    @Param() { id }: SupplyParam,
    @IfMatch() version: number,
    @Caller() by: Principal,
  ): Promise<ScheduleView> {
    return scheduleView(await this.schedules.publish({ id, version }, by));
  }

  @Post('supply-schedules/:id/discard')
  @HttpCode(200)
  @Allow('water.supply.draft')
  @ChangesVersion()
  @ApiOperation({ summary: 'Give a draft up' })
  @ApiOkResponse({ type: ScheduleView })
  @Refuses(...REFUSALS)
  async discard(@Param() { id }: SupplyParam, @IfMatch() version: number): Promise<ScheduleView> {
    return scheduleView(await this.schedules.discard({ id, version }));
  }

  @Post('supply-exceptions')
  @Allow('water.supply.except')
  @Idempotent()
  @ApiOperation({ summary: 'A day on which no turn begins, or one more; everybody sees it at once' })
  @ApiCreatedResponse({ type: SupplyExceptionView })
  @Refuses('http.invalid', SUPPLY['water.exception-past'])
  async except(@Body() body: NewException, @Caller() by: Principal): Promise<SupplyExceptionView> {
    return exceptionView(await this.exceptions.add(body, by));
  }

  @Get('supply-exceptions')
  @Allow('water.supply.read')
  @ApiOperation({ summary: 'Exceptions by zone from a day on' })
  @ApiPage(SupplyExceptionView)
  @Refuses('http.invalid')
  async excepted(@Query() query: ExceptionsQuery): Promise<Page<SupplyExceptionView>> {
    const page = await this.exceptions.list(query);
    return { ...page, items: page.items.map(exceptionView) };
  }

  @Post('supply-exceptions/:id/cancel')
  @HttpCode(200)
  @Allow('water.supply.except')
  @ChangesVersion()
  @ApiOperation({ summary: 'The schedule holds on that day after all' })
  @ApiOkResponse({ type: SupplyExceptionView })
  @Refuses('http.invalid', 'http.not-found', SUPPLY['water.exception-past'])
  async cancelException(@Param() { id }: SupplyParam, @IfMatch() version: number): Promise<SupplyExceptionView> {
    return exceptionView(await this.exceptions.cancel({ id, version }));
  }
}
