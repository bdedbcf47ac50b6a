import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { BOOKS } from '../billing.problems';
import {
  GatewayReconciliationAskedView,
  reconciliationView,
  GatewayReconciliationView,
  GatewayStartReconciliation,
} from './gateway.dto';
import { GatewayJobs } from './gateway.jobs';
import { GATEWAY } from './gateway.problems';
import { Reconciliations } from './reconciliations';

@ApiTags('billing: online payments')
@Controller('gateway-reconciliations')
export class ReconciliationsController {
  constructor(
    private readonly jobs: GatewayJobs,
    private readonly reconciliations: Reconciliations,
  ) {}

  @Post()
  @HttpCode(202)
  @Allow('billing.gateway-reconciliation.start')
  @ApiOperation({ summary: 'Compare a day with the list of the gateway; a worker does it' })
  @ApiAcceptedResponse({ type: GatewayReconciliationAskedView })
  @Refuses('http.invalid', GATEWAY['billing.gateway-none'], GATEWAY['billing.reconciliation-running'])
  @Refuses(BOOKS['billing.date-in-future'])
  async start(
    @Body() { day }: GatewayStartReconciliation,
    @Caller() caller: Principal,
  ): Promise<GatewayReconciliationAskedView> {
    return { messageId: await this.jobs.ask(day, caller) };
  }

  @Get()
  @Allow('billing.gateway-reconciliation.read')
  @ApiOperation({ summary: 'Days compared with the list of the gateway, newest first' })
  @ApiPage(GatewayReconciliationView)
  @Refuses('http.invalid')
  async list(@Query() query: PageQuery): Promise<Page<GatewayReconciliationView>> {
    const page = await this.reconciliations.list(query);
    return { ...page, items: page.items.map(reconciliationView) };
  }
}
