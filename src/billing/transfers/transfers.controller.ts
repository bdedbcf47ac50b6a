import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, Idempotent, IfMatch, pageOf, Refuses } from '@libs/http';
import type { Page, Principal } from '@libs/http';
import { BOOKS } from '../billing.problems';
import { CLEARANCE } from '../clearances/clearance.problems';
import type { AccountTransfer } from './transfer.entity';
import { Transfers } from './transfers';
import {
  ProposeTransfer,
  splitView,
  SplitView,
  transferDetailView,
  TransferDetailView,
  TransferParam,
  TransferPreviewQuery,
  TransferReason,
  TransfersQuery,
  transferView,
  TransferView,
} from './transfers.dto';
import { TRANSFERS } from './transfers.problems';

const ON_ACCOUNT = ['http.invalid', BOOKS['billing.account-unknown'], BOOKS['billing.account-closed']];
const PROPOSAL = [
  ...ON_ACCOUNT,
  'http.not-found',
  CLEARANCE['billing.record-not-approved'],
  TRANSFERS['billing.same-holder'],
  TRANSFERS['billing.seller-owes'],
];
const DECISION = ['http.invalid', 'http.not-found', TRANSFERS['billing.transfer-not-open']];

@ApiTags('billing: transfers')
@Controller('billing')
export class TransfersController {
  constructor(private readonly transfers: Transfers) {}

  @Get('accounts/:id/transfer-preview')
  @Allow('billing.transfer.read')
  @ApiOperation({
    summary: 'The seller’s final bill, and what the buyer begins with, if the account were sold on a day',
  })
  @ApiOkResponse({ type: [SplitView] })
  @Refuses(...ON_ACCOUNT)
  async preview(@Param() { id }: TransferParam, @Query() query: TransferPreviewQuery): Promise<SplitView[]> {
    return (await this.transfers.preview(id, query)).map(splitView);
  }

  @Post('transfers')
  @Allow('billing.transfer.propose')
  @Idempotent()
  @ApiOperation({
    summary: 'Propose the transfer of an account on sale (نقل ملكية); the seller’s debts are paid first',
  })
  @ApiCreatedResponse({ type: TransferView })
  @Refuses(...PROPOSAL)
  async propose(@Body() body: ProposeTransfer, @Caller() by: Principal): Promise<TransferView> {
    return transferView(await this.transfers.propose(body, by));
  }

  @Get('transfers')
  @Allow('billing.transfer.read')
  @ApiOperation({ summary: 'Transfers, newest first; `state=PROPOSED` is the queue of those who decide' })
  @ApiPage(TransferView)
  @Refuses('http.invalid')
  async list(@Query() query: TransfersQuery): Promise<Page<TransferView>> {
    const [rows, total] = await this.transfers.list(query);
    return pageOf(query, rows.map(transferView), total);
  }

  @Get('transfers/:id')
  @Allow('billing.transfer.read')
  @ApiOperation({ summary: 'One transfer, and the final bill that was posted with it' })
  @ApiOkResponse({ type: TransferDetailView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: TransferParam): Promise<TransferDetailView> {
    return this.detail(await this.transfers.get(id));
  }

  @Post('transfers/:id/approve')
  @HttpCode(200)
  @Allow('billing.transfer.approve')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Approve and post it, unless one proposed it; despite debts that is a supervisor’s' })
  @ApiOkResponse({ type: TransferDetailView })
  @Refuses(
    ...DECISION,
    ...PROPOSAL,
    TRANSFERS['billing.transfer-own-proposal'],
    TRANSFERS['billing.debt-override-required'],
    BOOKS['billing.period-closed'],
  )
  async approve(
    @Param() { id }: TransferParam,
    @IfMatch() version: number,
    @Caller() by: Principal,
  ): Promise<TransferDetailView> {
    return this.detail(await this.transfers.approve({ id, version }, by));
  }

  @Post('transfers/:id/reject')
  @HttpCode(200)
  @Allow('billing.transfer.approve')
  @ChangesVersion()
  @ApiOperation({ summary: 'Reject it, or withdraw one’s own' })
  @ApiOkResponse({ type: TransferView })
  @Refuses(...DECISION)
  async reject(
    @Param() { id }: TransferParam,
    @IfMatch() version: number,
    @Body() { reason }: TransferReason,
    @Caller() by: Principal,
  ): Promise<TransferView> {
    return transferView(await this.transfers.reject({ id, version }, reason, by));
  }

  @Post('transfers/:id/reverse')
  @HttpCode(200)
  @Allow('billing.transfer.reverse')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({
    summary: 'Undo a transfer by the opposite posting, while nothing has happened on the buyer’s account',
  })
  @ApiOkResponse({ type: TransferDetailView })
  @Refuses(
    'http.invalid',
    'http.not-found',
    TRANSFERS['billing.transfer-not-posted'],
    TRANSFERS['billing.transfer-touched'],
    BOOKS['billing.exceeds-charge'],
    BOOKS['billing.period-closed'],
  )
  async reverse(
    @Param() { id }: TransferParam,
    @IfMatch() version: number,
    @Body() { reason }: TransferReason,
    @Caller() by: Principal,
  ): Promise<TransferDetailView> {
    return this.detail(await this.transfers.reverse({ id, version }, reason, by));
  }

  private async detail(transfer: AccountTransfer): Promise<TransferDetailView> {
    return transferDetailView(transfer, await this.transfers.lines(transfer.id));
  }
}
