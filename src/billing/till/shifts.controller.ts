import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, Idempotent, Refuses, type Page, type Principal } from '@libs/http';
import { ShiftReports } from './shift-report';
import { seesAll, Shifts } from './shifts';
import {
  CloseShiftBody,
  countsOf,
  CountShiftBody,
  floatsOf,
  ListShifts,
  OpenShiftBody,
  ShiftOfRoute,
  shiftReportView,
  ShiftReportView,
  shiftView,
  ShiftView,
} from './shifts.dto';
import type { CashierShift } from './till.entity';
import { TILL } from './till.problems';
import { Tills } from './tills';

@ApiTags('billing: shifts')
@Controller('shifts')
export class ShiftsController {
  constructor(
    private readonly shifts: Shifts,
    private readonly tills: Tills,
    private readonly reports: ShiftReports,
  ) {}

  @Post()
  @Allow('billing.shift.open')
  @Idempotent()
  @ApiOperation({ summary: 'Begin a shift at a till with a float a currency' })
  @ApiCreatedResponse({ type: ShiftView })
  @Refuses('http.invalid', 'http.not-found', TILL['billing.till-out-of-use'])
  @Refuses(TILL['billing.till-in-use'], TILL['billing.shift-already-open'])
  async open(@Body() body: OpenShiftBody, @Caller() caller: Principal): Promise<ShiftView> {
    return this.view(await this.shifts.open(body.tillId, floatsOf(body.floats), caller));
  }

  @Get()
  @Allow('billing.shift.read')
  @ApiOperation({ summary: 'Shifts, newest first; a cashier sees their own' })
  @ApiPage(ShiftView)
  @Refuses('http.invalid')
  async list(@Query() query: ListShifts, @Caller() caller: Principal): Promise<Page<ShiftView>> {
    const cashierId = seesAll(caller) ? query.cashierId : caller.userId;
    const page = await this.reports.list({ ...query, cashierId });
    return { ...page, items: page.items.map(({ shift, till }) => shiftView(shift, till)) };
  }

  @Get(':id')
  @Allow('billing.shift.read')
  @ApiOperation({ summary: 'A shift' })
  @ApiOkResponse({ type: ShiftView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: ShiftOfRoute, @Caller() caller: Principal): Promise<ShiftView> {
    return this.view(await this.shifts.seenBy(id, caller));
  }

  @Post(':id/count')
  @HttpCode(200)
  @Allow('billing.shift.count')
  @Idempotent()
  @ApiOperation({ summary: 'The blind count of one’s own drawer; it ends the taking of money' })
  @ApiOkResponse({ type: ShiftView })
  @Refuses('http.invalid', 'http.not-found', TILL['billing.denomination-unknown'])
  @Refuses(TILL['billing.not-your-shift'], TILL['billing.shift-not-open'])
  async count(
    @Param() { id }: ShiftOfRoute,
    @Body() body: CountShiftBody,
    @Caller() caller: Principal,
  ): Promise<ShiftView> {
    return this.view(await this.shifts.count(id, countsOf(body.counts), caller));
  }

  @Post(':id/close')
  @HttpCode(200)
  @Allow('billing.shift.close')
  @Idempotent()
  @ApiOperation({ summary: 'A supervisor takes the count over; what is over or short is posted' })
  @ApiOkResponse({ type: ShiftReportView })
  @Refuses('http.invalid', 'http.not-found', TILL['billing.own-shift'])
  @Refuses(TILL['billing.shift-not-counted'], TILL['billing.shift-closed'])
  async close(
    @Param() { id }: ShiftOfRoute,
    @Body() body: CloseShiftBody,
    @Caller() caller: Principal,
  ): Promise<ShiftReportView> {
    return shiftReportView(await this.reports.of(await this.shifts.close(id, body.note || null, caller)));
  }

  @Get(':id/report')
  @Allow('billing.shift.read')
  @ApiOperation({ summary: 'What was taken and counted; not before the count is given' })
  @ApiOkResponse({ type: ShiftReportView })
  @Refuses('http.invalid', 'http.not-found', TILL['billing.shift-not-counted'])
  async report(@Param() { id }: ShiftOfRoute, @Caller() caller: Principal): Promise<ShiftReportView> {
    return shiftReportView(await this.reports.of(await this.shifts.seenBy(id, caller)));
  }

  private async view(shift: CashierShift): Promise<ShiftView> {
    return shiftView(shift, await this.tills.get(shift.tillId));
  }
}
