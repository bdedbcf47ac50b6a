import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, Idempotent, pageOf, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { BOOKS } from '../billing.problems';
import { Discounts } from './discounts.service';
import {
  AccountOfQuote,
  CreateDiscountWindow,
  CreatePenaltyRule,
  discountQuoteView,
  DiscountQuoteView,
  discountWindowView,
  DiscountWindowView,
  penaltyRuleView,
  PenaltyRuleView,
  PenaltyRunAskedView,
  penaltyRunView,
  PenaltyRunView,
  QuoteQuery,
} from './penalties.dto';
import { PENALTIES } from './penalties.problems';
import { PenaltyJobs } from './penalty-jobs';
import { PenaltyRules } from './penalty-rules.service';
import { PenaltyRuns } from './penalty-runs';

@ApiTags('billing: penalties and discounts')
@Controller('billing')
export class PenaltiesController {
  constructor(
    private readonly rules: PenaltyRules,
    private readonly runs: PenaltyRuns,
    private readonly jobs: PenaltyJobs,
    private readonly discounts: Discounts,
  ) {}

  @Get('penalty-rules')
  @Allow('billing.penalty-rule.read')
  @ApiOperation({ summary: 'What lateness costs, by head or service, currency and day' })
  @ApiOkResponse({ type: [PenaltyRuleView] })
  async penaltyRules(): Promise<PenaltyRuleView[]> {
    return (await this.rules.all()).map(penaltyRuleView);
  }

  @Post('penalty-rules')
  @Allow('billing.penalty-rule.create')
  @Idempotent()
  @ApiOperation({ summary: 'A rule from a day on; the rate 0 ends the one before' })
  @ApiCreatedResponse({ type: PenaltyRuleView })
  @Refuses('http.invalid', BOOKS['billing.head-unknown'], PENALTIES['billing.penalty-rule-exists'])
  async createRule(@Body() body: CreatePenaltyRule, @Caller() by: Principal): Promise<PenaltyRuleView> {
    return penaltyRuleView(await this.rules.create(body, by));
  }

  @Post('penalty-runs')
  @HttpCode(202)
  @Allow('billing.penalty-run.start')
  @Idempotent()
  @ApiOperation({ summary: 'Bring the penalties of all late charges to what they are by today; a worker does it' })
  @ApiAcceptedResponse({ type: PenaltyRunAskedView })
  @Refuses(PENALTIES['billing.penalty-run-running'])
  async startRun(@Caller() by: Principal): Promise<PenaltyRunAskedView> {
    return { messageId: await this.jobs.ask(by) };
  }

  @Get('penalty-runs')
  @Allow('billing.penalty-run.read')
  @ApiOperation({ summary: 'Runs of penalties, newest first' })
  @ApiPage(PenaltyRunView)
  @Refuses('http.invalid')
  async listRuns(@Query() query: PageQuery): Promise<Page<PenaltyRunView>> {
    const [rows, total] = await this.runs.list(query);
    return pageOf(query, rows.map(penaltyRunView), total);
  }

  @Get('discount-windows')
  @Allow('billing.discount-window.read')
  @ApiOperation({ summary: 'Discounts for early payment, newest first' })
  @ApiOkResponse({ type: [DiscountWindowView] })
  async discountWindows(): Promise<DiscountWindowView[]> {
    return (await this.discounts.windows()).map(discountWindowView);
  }

  @Post('discount-windows')
  @Allow('billing.discount-window.create')
  @Idempotent()
  @ApiOperation({ summary: 'A discount for charges of a head that are paid whole between two days' })
  @ApiCreatedResponse({ type: DiscountWindowView })
  @Refuses('http.invalid', BOOKS['billing.head-unknown'], PENALTIES['billing.discount-overlaps'])
  async createWindow(@Body() body: CreateDiscountWindow, @Caller() by: Principal): Promise<DiscountWindowView> {
    return discountWindowView(await this.discounts.create(body, by));
  }

  @Get('accounts/:id/discount-quote')
  @Allow('billing.account.read')
  @ApiOperation({ summary: 'What early payment on a day would spare; nothing with arrears' })
  @ApiOkResponse({ type: DiscountQuoteView })
  @Refuses('http.invalid', 'http.not-found')
  async quote(@Param() { id }: AccountOfQuote, @Query() { on }: QuoteQuery): Promise<DiscountQuoteView> {
    return discountQuoteView(await this.discounts.quote(id, on));
  }
}
