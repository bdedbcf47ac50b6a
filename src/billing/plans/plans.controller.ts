import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  ApiPage,
  Caller,
  ChangesVersion,
  Idempotent,
  IfMatch,
  pageOf,
  Refuses,
  type Page,
  type Principal,
} from '@libs/http';
import { BOOKS } from '../billing.problems';
import type { InstalmentPlan } from './plan.entity';
import {
  PlanParam,
  PlanReason,
  PlansQuery,
  planSummaryView,
  PlanSummaryView,
  PlanTerms,
  planView,
  PlanView,
  ProposePlan,
  RecordOfPlan,
} from './plans.dto';
import { PLANS } from './plans.problems';
import { Plans } from './plans.service';

const CHANGES = ['http.invalid', 'http.not-found', PLANS['billing.plan-wrong-state']];

@ApiTags('billing: instalment plans')
@Controller()
export class PlansController {
  constructor(private readonly plans: Plans) {}

  @Post('one-records/:id/instalment-plans')
  @Allow('billing.plan.propose')
  @Idempotent()
  @ApiOperation({ summary: 'Propose a plan over open charges of a record in one currency (خطة تقسيط)' })
  @ApiCreatedResponse({ type: PlanView })
  @Refuses(
    'http.invalid',
    'http.not-found',
    BOOKS['billing.charge-settled'],
    PLANS['billing.plan-nothing-open'],
    PLANS['billing.charge-in-plan'],
  )
  async propose(@Param() { id }: RecordOfPlan, @Body() body: ProposePlan, @Caller() by: Principal): Promise<PlanView> {
    return this.view(await this.plans.propose(id, body, by));
  }

  @Get('billing/instalment-plans')
  @Allow('billing.plan.read')
  @ApiOperation({ summary: 'Instalment plans, newest first' })
  @ApiPage(PlanSummaryView)
  @Refuses('http.invalid')
  async list(@Query() query: PlansQuery): Promise<Page<PlanSummaryView>> {
    const [rows, total] = await this.plans.list(query);
    return pageOf(
      query,
      rows.map(([plan, settled]) => planSummaryView(plan, settled)),
      total,
    );
  }

  @Get('billing/instalment-plans/:id')
  @Allow('billing.plan.read')
  @ApiOperation({ summary: 'A plan with its schedule: what of each instalment is paid today' })
  @ApiOkResponse({ type: PlanView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: PlanParam): Promise<PlanView> {
    return planView(await this.plans.detail(id));
  }

  @Post('billing/instalment-plans/:id/activate')
  @HttpCode(200)
  @Allow('billing.plan.propose')
  @ChangesVersion()
  @ApiOperation({ summary: 'Activate a draft whose down payment is paid, without waiting for the night' })
  @ApiOkResponse({ type: PlanView })
  @Refuses(...CHANGES, PLANS['billing.down-payment-unpaid'])
  async activate(@Param() { id }: PlanParam, @IfMatch() version: number): Promise<PlanView> {
    return this.view(await this.plans.activate({ id, version }));
  }

  @Post('billing/instalment-plans/:id/cancel')
  @HttpCode(200)
  @Allow('billing.plan.cancel')
  @ChangesVersion()
  @ApiOperation({ summary: 'End a live plan: its charges are due as they are' })
  @ApiOkResponse({ type: PlanView })
  @Refuses(...CHANGES)
  async cancel(
    @Param() { id }: PlanParam,
    @IfMatch() version: number,
    @Body() { reason }: PlanReason,
    @Caller() by: Principal,
  ): Promise<PlanView> {
    return this.view(await this.plans.cancel({ id, version }, reason, by));
  }

  @Post('billing/instalment-plans/:id/restructure')
  @Allow('billing.plan.restructure')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'End an active plan and propose a new one over its rest' })
  @ApiCreatedResponse({ type: PlanView })
  @Refuses(...CHANGES, PLANS['billing.plan-nothing-open'])
  async restructure(
    @Param() { id }: PlanParam,
    @IfMatch() version: number,
    @Body() terms: PlanTerms,
    @Caller() by: Principal,
  ): Promise<PlanView> {
    return this.view(await this.plans.restructure({ id, version }, terms, by));
  }

  private async view({ id }: InstalmentPlan): Promise<PlanView> {
    return planView(await this.plans.detail(id));
  }
}
