import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, Idempotent, IfMatch, Refuses } from '@libs/http';
import type { Page, Principal } from '@libs/http';
import { FaultDecisions } from './fault-decisions';
import { FaultSurroundings } from './fault-surroundings';
import { Faults } from './faults';
import {
  FaultDismissal,
  FaultDuplicate,
  FaultParam,
  FaultsQuery,
  FaultSurroundingsView,
  FaultView,
  faultView,
  NewFault,
  ReportedFaultView,
  surroundingsView,
} from './faults.dto';
import { FAULTS } from './faults.problems';

@ApiTags('water: leaks and outages')
@Controller('water/faults')
export class FaultsController {
  constructor(
    private readonly faults: Faults,
    private readonly surroundings: FaultSurroundings,
    private readonly decisions: FaultDecisions,
  ) {}

  @Post()
  @Allow('water.fault.report')
  @Idempotent()
  @ApiOperation({ summary: 'Report a leak, a burst, no water or bad water (بلاغ); told what may be the same' })
  @ApiCreatedResponse({ type: ReportedFaultView })
  @Refuses('http.invalid')
  async report(@Body() body: NewFault, @Caller() by: Principal): Promise<ReportedFaultView> {
    const fault = await this.faults.report(body, by);
    return { fault: faultView(fault), ...surroundingsView(await this.surroundings.of(fault)) };
  }

  @Get()
  @Allow('water.fault.read')
  @ApiOperation({ summary: 'Reports by state, kind, zone, subscription or work order, newest first' })
  @ApiPage(FaultView)
  @Refuses('http.invalid')
  async list(@Query() query: FaultsQuery): Promise<Page<FaultView>> {
    const page = await this.faults.list(query);
    return { ...page, items: page.items.map(faultView) };
  }

  @Get(':id')
  @Allow('water.fault.read')
  @ApiOperation({ summary: 'A report' })
  @ApiOkResponse({ type: FaultView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: FaultParam): Promise<FaultView> {
    return faultView(await this.faults.get(id));
  }

  @Get(':id/similar')
  @Allow('water.fault.read')
  @ApiOperation({ summary: 'What may say the same as a report, or explain it' })
  @ApiOkResponse({ type: FaultSurroundingsView })
  @Refuses('http.invalid', 'http.not-found')
  async similar(@Param() { id }: FaultParam): Promise<FaultSurroundingsView> {
    return surroundingsView(await this.surroundings.of(await this.faults.get(id)));
  }

  @Post(':id/duplicate')
  @HttpCode(200)
  @Allow('water.fault.decide')
  @ChangesVersion()
  @ApiOperation({ summary: 'Another report says the same' })
  @ApiOkResponse({ type: FaultView })
  @Refuses('http.invalid', 'http.not-found', FAULTS['water.fault-state'])
  @Refuses(FAULTS['water.fault-other-zone'], FAULTS['water.fault-duplicate-of-itself'])
  async duplicate(
    @Param() { id }: FaultParam,
    @IfMatch() version: number,
    @Body() { ofId }: FaultDuplicate,
    @Caller() by: Principal,
  ): Promise<FaultView> {
    return faultView(await this.decisions.duplicate({ id, version }, ofId, by));
  }

  @Post(':id/dismiss')
  @HttpCode(200)
  @Allow('water.fault.decide')
  @ChangesVersion()
  @ApiOperation({ summary: 'There was nothing, or it is not of the network' })
  @ApiOkResponse({ type: FaultView })
  @Refuses('http.invalid', 'http.not-found', FAULTS['water.fault-state'])
  async dismiss(
    @Param() { id }: FaultParam,
    @IfMatch() version: number,
    @Body() { reason }: FaultDismissal,
    @Caller() by: Principal,
  ): Promise<FaultView> {
    return faultView(await this.decisions.dismiss({ id, version }, reason, by));
  }
}
