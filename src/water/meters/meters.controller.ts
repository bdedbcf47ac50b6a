import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, Idempotent, IfMatch, Refuses } from '@libs/http';
import type { Page, Principal } from '@libs/http';
import { MeterTests } from './meter-tests';
import { Meters } from './meters';
import {
  ListMeters,
  MeterHistoryView,
  meterHistoryView,
  MeterParam,
  MeterTestView,
  meterTestView,
  MeterView,
  meterView,
  MoveMeter,
  ReceivedView,
  ReceiveMeters,
  RecordTest,
} from './meters.dto';
import { METERS } from './meters.problems';

@ApiTags('water: meters')
@Controller('water/meters')
export class MetersController {
  constructor(
    private readonly meters: Meters,
    private readonly tests: MeterTests,
  ) {}

  @Post()
  @Allow('water.meter.receive')
  @ApiOperation({ summary: 'Take meters of one kind into stock, all of them or none' })
  @ApiCreatedResponse({ type: ReceivedView })
  @Refuses('http.invalid', METERS['water.serial-taken'])
  async receive(@Body() body: ReceiveMeters, @Caller() caller: Principal): Promise<ReceivedView> {
    return { meters: (await this.meters.receive(body, caller)).map(meterView) };
  }

  @Get()
  @Allow('water.meter.read')
  @ApiOperation({ summary: 'Meters by state or start of the serial' })
  @ApiPage(MeterView)
  @Refuses('http.invalid')
  async list(@Query() query: ListMeters): Promise<Page<MeterView>> {
    const page = await this.meters.list(query);
    return { ...page, items: page.items.map(meterView) };
  }

  @Get(':id')
  @Allow('water.meter.read')
  @ApiOperation({ summary: 'A meter with where it stood, what happened to it, and its tests' })
  @ApiOkResponse({ type: MeterHistoryView })
  @Refuses('http.invalid', 'http.not-found')
  async history(@Param() { id }: MeterParam): Promise<MeterHistoryView> {
    return meterHistoryView(await this.meters.history(id));
  }

  @Post(':id/move')
  @HttpCode(200)
  @Allow('water.meter.move')
  @ChangesVersion()
  @ApiOperation({ summary: 'Send a meter that stands nowhere to the stock, the bench, repair, or retire it' })
  @ApiOkResponse({ type: MeterView })
  @Refuses('http.invalid', 'http.not-found', METERS['water.meter-state'])
  async move(
    @Param() { id }: MeterParam,
    @IfMatch() version: number,
    @Body() { to, reason }: MoveMeter,
    @Caller() caller: Principal,
  ): Promise<MeterView> {
    return meterView(await this.meters.move({ id, version }, to, reason, caller));
  }

  @Post(':id/tests')
  @Allow('water.meter.test')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'What the bench says; the fee that a citizen paid for it is given back for a wrong meter' })
  @ApiCreatedResponse({ type: MeterTestView })
  @Refuses('http.invalid', 'http.not-found', METERS['water.meter-state'], METERS['water.day-not-possible'])
  async test(
    @Param() { id }: MeterParam,
    @IfMatch() version: number,
    @Body() body: RecordTest,
    @Caller() caller: Principal,
  ): Promise<MeterTestView> {
    return meterTestView(await this.tests.record({ id, version }, body, caller));
  }
}
