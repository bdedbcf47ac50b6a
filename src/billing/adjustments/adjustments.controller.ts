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
import {
  AdjustmentParam,
  AdjustmentReason,
  AdjustmentsQuery,
  adjustmentView,
  AdjustmentView,
  ProposeDebitNote,
  ProposeOnCharge,
} from './adjustments.dto';
import { ADJUSTMENTS } from './adjustments.problems';
import { Adjustments } from './adjustments.service';

const ON_CHARGE = ['http.invalid', BOOKS['billing.charge-settled'], BOOKS['billing.exceeds-charge']];
const POSTS = [BOOKS['billing.account-closed'], BOOKS['billing.period-closed']];
const APPROVAL = [
  ADJUSTMENTS['billing.four-eyes'],
  BOOKS['billing.above-limit'],
  ADJUSTMENTS['billing.adjustment-not-open'],
  BOOKS['billing.charge-settled'],
  BOOKS['billing.exceeds-charge'],
  ...POSTS,
];

@ApiTags('billing: adjustments')
@Controller('billing/adjustments')
export class AdjustmentsController {
  constructor(private readonly adjustments: Adjustments) {}

  @Post('credit-notes')
  @Allow('billing.adjustment.propose')
  @Idempotent()
  @ApiOperation({
    summary: 'Propose to take back a charge in part or whole (إشعار دائن); what was paid of it is credited',
  })
  @ApiCreatedResponse({ type: AdjustmentView })
  @Refuses(...ON_CHARGE)
  async creditNote(@Body() body: ProposeOnCharge, @Caller() by: Principal): Promise<AdjustmentView> {
    return adjustmentView(await this.adjustments.proposeOnCharge('CREDIT_NOTE', body, by));
  }

  @Post('write-offs')
  @Allow('billing.adjustment.propose')
  @Idempotent()
  @ApiOperation({ summary: 'Propose to give up what is unpaid of a charge, in part or whole (شطب دين)' })
  @ApiCreatedResponse({ type: AdjustmentView })
  @Refuses(...ON_CHARGE)
  async writeOff(@Body() body: ProposeOnCharge, @Caller() by: Principal): Promise<AdjustmentView> {
    return adjustmentView(await this.adjustments.proposeOnCharge('WRITE_OFF', body, by));
  }

  @Post('debit-notes')
  @Allow('billing.adjustment.propose')
  @Idempotent()
  @ApiOperation({ summary: 'Propose a charge that no bill makes (إشعار مدين)' })
  @ApiCreatedResponse({ type: AdjustmentView })
  @Refuses(
    'http.invalid',
    BOOKS['billing.account-unknown'],
    BOOKS['billing.account-closed'],
    BOOKS['billing.head-unknown'],
  )
  async debitNote(@Body() body: ProposeDebitNote, @Caller() by: Principal): Promise<AdjustmentView> {
    return adjustmentView(await this.adjustments.proposeDebitNote(body, by));
  }

  @Get()
  @Allow('billing.adjustment.read')
  @ApiOperation({ summary: 'Adjustments, newest first; `state=PROPOSED` is the queue of those who decide' })
  @ApiPage(AdjustmentView)
  @Refuses('http.invalid')
  async list(@Query() query: AdjustmentsQuery): Promise<Page<AdjustmentView>> {
    const [rows, total] = await this.adjustments.list(query);
    return pageOf(query, rows.map(adjustmentView), total);
  }

  @Get(':id')
  @Allow('billing.adjustment.read')
  @ApiOperation({ summary: 'One adjustment' })
  @ApiOkResponse({ type: AdjustmentView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: AdjustmentParam): Promise<AdjustmentView> {
    return adjustmentView(await this.adjustments.get(id));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Allow('billing.adjustment.approve')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Approve and post it, within the limit of one’s role, unless one proposed it' })
  @ApiOkResponse({ type: AdjustmentView })
  @Refuses('http.invalid', 'http.not-found', ...APPROVAL)
  async approve(
    @Caller() by: Principal,
    @Param() { id }: AdjustmentParam,
    @IfMatch() version: number,
  ): Promise<AdjustmentView> {
    return adjustmentView(await this.adjustments.approve({ id, version }, by));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Allow('billing.adjustment.approve')
  @ChangesVersion()
  @ApiOperation({ summary: 'Reject it, or withdraw one’s own' })
  @ApiOkResponse({ type: AdjustmentView })
  @Refuses('http.invalid', 'http.not-found', ADJUSTMENTS['billing.adjustment-not-open'])
  async reject(
    @Caller() by: Principal,
    @Param() { id }: AdjustmentParam,
    @IfMatch() version: number,
    @Body() { reason }: AdjustmentReason,
  ): Promise<AdjustmentView> {
    return adjustmentView(await this.adjustments.reject({ id, version }, reason, by));
  }

  @Post(':id/reverse')
  @HttpCode(200)
  @Allow('billing.adjustment.reverse')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Undo a posted adjustment by the opposite posting, today' })
  @ApiOkResponse({ type: AdjustmentView })
  @Refuses(
    'http.invalid',
    'http.not-found',
    ADJUSTMENTS['billing.adjustment-not-posted'],
    BOOKS['billing.already-reversed'],
    BOOKS['billing.charge-relieved'],
    ...POSTS,
  )
  async reverse(
    @Caller() by: Principal,
    @Param() { id }: AdjustmentParam,
    @IfMatch() version: number,
    @Body() { reason }: AdjustmentReason,
  ): Promise<AdjustmentView> {
    return adjustmentView(await this.adjustments.reverse({ id, version }, reason, by));
  }
}
