import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AllowCitizen,
  ApiPage,
  Citizen,
  Idempotent,
  PageQuery,
  Refuses,
  Revalidated,
  type CitizenPrincipal,
  type Page,
} from '@libs/http';
import { Faults } from '../../water';
import { PORTAL } from '../portal.problems';
import { OwnRecords } from '../scope/own-records';
import { faultView, PortalFaultParam, PortalFaultView, PortalNewFault } from './faults.dto';
import { MyFaults } from './my-faults';

@ApiTags('portal: water')
@Controller('me/water/faults')
export class PortalFaultsController {
  constructor(
    private readonly mine: MyFaults,
    private readonly faults: Faults,
    private readonly own: OwnRecords,
  ) {}

  @Post()
  @AllowCitizen()
  @Idempotent()
  @ApiOperation({ summary: 'Report a leak, a burst, no water or bad water, at an own place or in a zone' })
  @ApiCreatedResponse({ type: PortalFaultView })
  @Refuses('http.invalid', 'http.not-found', PORTAL['portal.daily-limit'])
  async report(@Citizen() { oneRecordId }: CitizenPrincipal, @Body() body: PortalNewFault): Promise<PortalFaultView> {
    return faultView(await this.mine.report(oneRecordId, body));
  }

  @Get()
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'What the citizen has reported, newest first' })
  @ApiPage(PortalFaultView)
  @Refuses('http.invalid')
  async list(@Citizen() { oneRecordId }: CitizenPrincipal, @Query() query: PageQuery): Promise<Page<PortalFaultView>> {
    const page = await this.faults.ofRecords(await this.own.all(oneRecordId), query);
    return { ...page, items: page.items.map(faultView) };
  }

  @Get(':id')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'What became of a report' })
  @ApiOkResponse({ type: PortalFaultView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Citizen() { oneRecordId }: CitizenPrincipal, @Param() { id }: PortalFaultParam): Promise<PortalFaultView> {
    const fault = await this.faults.get(id);
    await this.own.require(oneRecordId, fault);
    return faultView(fault);
  }
}
