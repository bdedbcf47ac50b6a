import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, Flag, InstantField, Int, ListOf, OneOf, Refuses, Txt, type Principal } from '@libs/http';
import { BOOKS } from '../billing.problems';
import { PERIOD_STATES } from '../books/posting.entity';
import { Periods } from './periods';
import { PERIODS } from './periods.problems';

class PeriodParam {
  @Txt({ example: '2026-10', max: 7, pattern: /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/ }) period: string;
}

class YearQuery {
  @Int({ min: 1900, max: 2999, example: 2026 }) year: number;
}

class ReopenPeriod {
  @Txt({ min: 5, max: 500, example: 'قيد تسوية بكتاب المدقق رقم 12' }) reason: string;
}

class PeriodView {
  @Txt({ example: '2026-10' }) period: string;
  @OneOf(PERIOD_STATES, { example: 'CLOSED' }) state: string;
  @Flag({ about: 'the month has ended' }) over: boolean;
  @InstantField({ nullable: true }) changedAt: string | null;
  @Txt({ nullable: true, example: 'مها عيسى' }) changedBy: string | null;
  @Txt({ nullable: true, max: 500, example: null, about: 'why it was opened again' }) reason: string | null;
}

class PeriodsView {
  @ListOf(() => PeriodView, { max: 12 }) periods: PeriodView[];
}

@ApiTags('billing: periods')
@Controller('billing/periods')
export class PeriodsController {
  constructor(private readonly periods: Periods) {}

  @Get()
  @Allow('billing.period.read')
  @ApiOperation({ summary: 'The months of a year and which of them are closed' })
  @ApiOkResponse({ type: PeriodsView })
  @Refuses('http.invalid')
  async list(@Query() { year }: YearQuery): Promise<PeriodsView> {
    return { periods: await this.periods.ofYear(year) };
  }

  @Post(':period/close')
  @HttpCode(204)
  @Allow('billing.period.close')
  @ApiOperation({ summary: 'Close a month that is over: nothing is posted into it any more' })
  @ApiNoContentResponse()
  @Refuses(
    'http.invalid',
    BOOKS['billing.period-not-over'],
    BOOKS['billing.period-closed'],
    PERIODS['billing.period-order'],
  )
  close(@Param() { period }: PeriodParam, @Caller() caller: Principal): Promise<void> {
    return this.periods.close(period, caller);
  }

  @Post(':period/reopen')
  @HttpCode(204)
  @Allow('billing.period.reopen')
  @ApiOperation({ summary: 'Open the last closed month again, for a reason' })
  @ApiNoContentResponse()
  @Refuses('http.invalid', PERIODS['billing.period-open'], PERIODS['billing.period-order'])
  reopen(
    @Param() { period }: PeriodParam,
    @Body() { reason }: ReopenPeriod,
    @Caller() caller: Principal,
  ): Promise<void> {
    return this.periods.reopen(period, reason, caller);
  }
}
