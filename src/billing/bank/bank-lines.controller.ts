import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  ApiPage,
  Caller,
  ChangesVersion,
  Idempotent,
  IfMatch,
  Refuses,
  type Page,
  type Principal,
} from '@libs/http';
import { BOOKS } from '../billing.problems';
import { PAYMENTS } from '../payments/payments.problems';
import { BANK } from './bank.problems';
import { BankLines } from './bank-lines';
import {
  AssignLine,
  BankLineDetailView,
  BankLineParam,
  BankLineView,
  BankProposalParam,
  lineDetailView,
  LinesQuery,
  lineView,
  ResolveLine,
  suspenseRowView,
  SuspenseView,
  UndoLine,
} from './lines.dto';
import { LineResolutions } from './line-resolutions';
import { LineUndoing } from './line-undoing';
import { Matcher } from './matcher';
import { Suspense } from './suspense';

const SETTLES = [
  BANK['billing.line-settled'],
  BANK['billing.exceeds-line'],
  BANK['billing.not-expected'],
  BOOKS['billing.account-closed'],
  BOOKS['billing.period-closed'],
];

@ApiTags('billing: bank')
@Controller()
export class BankLinesController {
  constructor(
    private readonly lines: BankLines,
    private readonly suspense: Suspense,
    private readonly matcher: Matcher,
    private readonly resolutions: LineResolutions,
    private readonly undoing: LineUndoing,
  ) {}

  @Get('bank-lines')
  @Allow('billing.bank-line.read')
  @ApiOperation({ summary: 'Lines of bank statements in suspense (مبالغ معلقة), the oldest first' })
  @ApiPage(BankLineView)
  @Refuses('http.invalid')
  async list(@Query() query: LinesQuery): Promise<Page<BankLineView>> {
    const page = await this.suspense.list(query);
    return { ...page, items: page.items.map(lineView) };
  }

  @Get('bank-lines/:id')
  @Allow('billing.bank-line.read')
  @ApiOperation({ summary: 'A line, what it may be, and what was done with it' })
  @ApiOkResponse({ type: BankLineDetailView })
  @Refuses('http.invalid', 'http.not-found')
  get(@Param() { id }: BankLineParam): Promise<BankLineDetailView> {
    return this.detail(id);
  }

  @Patch('bank-lines/:id')
  @Allow('billing.bank-line.assign')
  @ChangesVersion()
  @ApiOperation({ summary: 'Say who is to resolve a line, and what is known of it' })
  @ApiOkResponse({ type: BankLineDetailView })
  @Refuses('http.invalid', 'http.not-found')
  async assign(
    @Param() { id }: BankLineParam,
    @IfMatch() version: number,
    @Body() body: AssignLine,
  ): Promise<BankLineDetailView> {
    await this.suspense.assign(id, version, body);
    return this.detail(id);
  }

  @Post('bank-lines/:id/proposals/:proposalId/accept')
  @HttpCode(200)
  @Allow('billing.bank-line.match')
  @Idempotent()
  @ApiOperation({ summary: 'The line is what was proposed; twice does it once' })
  @ApiOkResponse({ type: BankLineDetailView })
  @Refuses('http.invalid', 'http.not-found', BANK['billing.proposal-closed'], ...SETTLES)
  async accept(
    @Param() { id, proposalId }: BankProposalParam,
    @Caller() caller: Principal,
  ): Promise<BankLineDetailView> {
    await this.matcher.accept(id, proposalId, caller);
    return this.detail(id);
  }

  @Post('bank-lines/:id/proposals/:proposalId/refuse')
  @HttpCode(200)
  @Allow('billing.bank-line.match')
  @ApiOperation({ summary: 'The line is not what was proposed, and it is not proposed again' })
  @ApiOkResponse({ type: BankLineDetailView })
  @Refuses('http.invalid', 'http.not-found', BANK['billing.proposal-closed'])
  async refuse(
    @Param() { id, proposalId }: BankProposalParam,
    @Caller() caller: Principal,
  ): Promise<BankLineDetailView> {
    await this.matcher.refuse(id, proposalId, caller);
    return this.detail(id);
  }

  @Post('bank-lines/:id/resolve')
  @HttpCode(200)
  @Allow('billing.bank-line.settle')
  @Idempotent()
  @ApiOperation({
    summary: 'Resolve a line in part or whole: expected money, a payment, ledgers, other lines, a return to the payer',
  })
  @ApiOkResponse({ type: BankLineDetailView })
  @Refuses('http.invalid', 'http.not-found', BOOKS['billing.account-unknown'], BOOKS['billing.currency-mismatch'])
  @Refuses(BOOKS['billing.charge-settled'], ...SETTLES)
  async resolve(
    @Param() { id }: BankLineParam,
    @Body() body: ResolveLine,
    @Caller() caller: Principal,
  ): Promise<BankLineDetailView> {
    await this.resolutions.resolve(id, body, caller);
    return this.detail(id);
  }

  @Post('bank-lines/:id/undo')
  @HttpCode(200)
  @Allow('billing.bank-line.undo')
  @Idempotent()
  @ApiOperation({ summary: 'Take resolutions of a line back by the opposite postings; it is in suspense again' })
  @ApiOkResponse({ type: BankLineDetailView })
  @Refuses('http.invalid', 'http.not-found', BANK['billing.settlement-unknown'], BOOKS['billing.already-reversed'])
  @Refuses(BOOKS['billing.above-limit'], BOOKS['billing.period-closed'], BOOKS['billing.not-reversible'])
  @Refuses(PAYMENTS['billing.not-divisible'], BANK['billing.return-paid'])
  async undo(
    @Param() { id }: BankLineParam,
    @Body() { postingIds, reason }: UndoLine,
    @Caller() caller: Principal,
  ): Promise<BankLineDetailView> {
    await this.undoing.undo(id, postingIds, reason, caller);
    return this.detail(id);
  }

  @Get('billing/reports/suspense')
  @Allow('billing.report.read')
  @ApiOperation({ summary: 'Money in suspense by who is to resolve it, currency and age' })
  @ApiOkResponse({ type: SuspenseView })
  async byAge(): Promise<SuspenseView> {
    const { asOf, rows } = await this.suspense.byAge();
    return { asOf, rows: rows.map(suspenseRowView) };
  }

  private async detail(id: number): Promise<BankLineDetailView> {
    const line = await this.lines.get(id);
    const [said] = await this.suspense.said([line]);
    return lineDetailView(said!, await this.matcher.proposals(id), await this.lines.postings(line));
  }
}
