import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AllowCitizen,
  ApiPage,
  ChangesVersion,
  Citizen,
  Idempotent,
  IfMatch,
  PageQuery,
  Refuses,
  Revalidated,
  type CitizenPrincipal,
  type Page,
} from '@libs/http';
import { EndRequest, REQUESTS, SUBSCRIPTIONS } from '../../water';
import { PORTAL } from '../portal.problems';
import { MyRequests } from './my-requests';
import {
  PortalNewRequest,
  PortalRequestDetailView,
  PortalRequestParam,
  PortalRequestView,
  requestDetailView,
  requestView,
} from './requests.dto';

class WithdrawRequest extends EndRequest {}

@ApiTags('portal: water')
@Controller('me/water/requests')
export class PortalRequestsController {
  constructor(private readonly requests: MyRequests) {}

  @Post()
  @AllowCitizen()
  @Idempotent()
  @ApiOperation({ summary: 'Ask for a new subscription, transfer, disconnection, reconnection, meter test or class' })
  @ApiCreatedResponse({ type: PortalRequestView })
  @Refuses('http.invalid', 'http.not-found', PORTAL['portal.daily-limit'], REQUESTS['water.request-open'])
  @Refuses(REQUESTS['water.applicant-not-approved'], SUBSCRIPTIONS['water.subscription-state'])
  async submit(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Body() body: PortalNewRequest,
  ): Promise<PortalRequestView> {
    return requestView(await this.requests.submit(oneRecordId, body));
  }

  @Get()
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'What the citizen has asked for, newest first' })
  @ApiPage(PortalRequestView)
  @Refuses('http.invalid')
  async list(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Query() query: PageQuery,
  ): Promise<Page<PortalRequestView>> {
    const page = await this.requests.list(oneRecordId, query);
    return { ...page, items: page.items.map(requestView) };
  }

  @Get(':id')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'One of them with the steps it has taken' })
  @ApiOkResponse({ type: PortalRequestDetailView })
  @Refuses('http.invalid', 'http.not-found')
  async get(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Param() { id }: PortalRequestParam,
  ): Promise<PortalRequestDetailView> {
    const { now, steps } = await this.requests.get(oneRecordId, id);
    return requestDetailView(now, steps);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @AllowCitizen()
  @ChangesVersion()
  @ApiOperation({ summary: 'Withdraw it before it is executed; its fees are taken back, what was begun is undone' })
  @ApiOkResponse({ type: PortalRequestView })
  @Refuses('http.invalid', 'http.not-found', REQUESTS['water.request-step'], SUBSCRIPTIONS['water.meter-stands'])
  async withdraw(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Param() { id }: PortalRequestParam,
    @IfMatch() version: number,
    @Body() { reason }: WithdrawRequest,
  ): Promise<PortalRequestView> {
    return requestView(await this.requests.withdraw(oneRecordId, { id, version }, reason));
  }
}
