import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Allow, ApiPage, Caller, Idempotent, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { renderPdf } from '@libs/printing';
import { pdfFile } from '../../documents';
import { Staff } from '../../identity';
import { BOOKS } from '../billing.problems';
import { ChequeDeposits, type DepositedCheques } from './cheque-deposits';
import { ChequeOutcomes } from './cheque-outcomes';
import { ChequeSearch } from './cheque-search';
import { chequeSlip } from './cheque-slip';
import {
  BankAnswerBody,
  ChequeDepositView,
  ChequeOfRoute,
  depositView,
  NewChequeDeposit,
  PrintSlip,
} from './cheques.dto';
import { CHEQUES } from './cheques.problems';

@ApiTags('billing: cheques')
@Controller('cheque-deposits')
export class ChequeDepositsController {
  constructor(
    private readonly deposits: ChequeDeposits,
    private readonly outcomes: ChequeOutcomes,
    private readonly search: ChequeSearch,
    private readonly staff: Staff,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @Allow('billing.cheque-deposit.create')
  @Idempotent()
  @ApiOperation({ summary: 'Send cheques that are due to the bank, or returned ones once more' })
  @ApiCreatedResponse({ type: ChequeDepositView })
  @Refuses('http.invalid', 'http.not-found', CHEQUES['billing.cheque-state'], CHEQUES['billing.cheque-not-due'])
  @Refuses(BOOKS['billing.period-closed'])
  async make(@Body() { note, ...body }: NewChequeDeposit, @Caller() caller: Principal): Promise<ChequeDepositView> {
    return this.view(await this.deposits.make({ ...body, note: note || null }, caller));
  }

  @Post(':id/outcomes')
  @HttpCode(200)
  @Allow('billing.cheque-deposit.settle')
  @Idempotent()
  @ApiOperation({ summary: 'What the bank says: cheques that it paid, and those that it sent back' })
  @ApiOkResponse({ type: ChequeDepositView })
  @Refuses('http.invalid', 'http.not-found', CHEQUES['billing.cheque-not-in-deposit'], CHEQUES['billing.cheque-state'])
  @Refuses(BOOKS['billing.period-closed'])
  async settle(
    @Param() { id }: ChequeOfRoute,
    @Body() { cleared = [], returned = [], reference }: BankAnswerBody,
    @Caller() caller: Principal,
  ): Promise<ChequeDepositView> {
    return this.view(await this.outcomes.settle(id, { cleared, returned, reference: reference || null }, caller));
  }

  @Get()
  @Allow('billing.cheque-deposit.read')
  @ApiOperation({ summary: 'Deposits of cheques, newest first' })
  @ApiPage(ChequeDepositView)
  @Refuses('http.invalid')
  async list(@Query() query: PageQuery): Promise<Page<ChequeDepositView>> {
    const page = await this.deposits.list(query);
    const receipts = await this.receipts(page.items);
    return { ...page, items: page.items.map((each) => depositView(each, receipts)) };
  }

  @Get(':id')
  @Allow('billing.cheque-deposit.read')
  @ApiOperation({ summary: 'A deposit of cheques with the bank’s answers' })
  @ApiOkResponse({ type: ChequeDepositView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: ChequeOfRoute): Promise<ChequeDepositView> {
    return this.view(await this.deposits.get(id));
  }

  @Get(':id/pdf')
  @Allow('billing.cheque-deposit.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The deposit slip' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @Refuses('http.invalid', 'http.not-found')
  async pdf(@Param() { id }: ChequeOfRoute, @Query() { lang = 'ar' }: PrintSlip): Promise<StreamableFile> {
    const found = await this.deposits.get(id);
    const { madeBy } = found.deposit;
    const issuedBy = (await this.staff.names([madeBy])).get(madeBy) ?? String(madeBy);
    const slip = chequeSlip(found, await this.receipts([found]), this.config, { lang, issuedBy });
    return pdfFile(await renderPdf('deposit-slip', slip), { ascii: `cheque-deposit-${id}`, utf8: `قسيمة شيكات ${id}` });
  }

  private async view(found: DepositedCheques): Promise<ChequeDepositView> {
    return depositView(found, await this.receipts([found]));
  }

  private async receipts(deposits: readonly DepositedCheques[]): Promise<Map<number, string>> {
    const cheques = deposits.flatMap(({ cheques: items }) => items.map(({ cheque }) => cheque));
    const found = await this.search.withReceipts(cheques);
    return new Map(found.map(({ cheque, receipt }) => [cheque.paymentId, receipt]));
  }
}
