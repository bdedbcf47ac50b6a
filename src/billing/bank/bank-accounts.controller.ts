import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  ApiPage,
  Caller,
  ChangesVersion,
  fileOf,
  IfMatch,
  PageQuery,
  Refuses,
  TakesFile,
  type Page,
  type Principal,
} from '@libs/http';
import type { FastifyRequest } from 'fastify';
import { BOOKS } from '../billing.problems';
import {
  BankAccountChange,
  BankAccountParam,
  bankAccountView,
  BankAccountView,
  BankImportView,
  BankStatementView,
  ExpectedMoneyView,
  expectedView,
  ImportQuery,
  BankMatchAskedView,
  NewBankAccount,
  profileOf,
  ReconciliationView,
  reconciliationView,
  statementView,
} from './accounts.dto';
import { BankJobs } from './bank.jobs';
import { BANK } from './bank.problems';
import { BankAccounts } from './bank-accounts';
import { ExpectedMoney } from './expected';
import { signedAmountOf } from './resolution.rules';
import { StatementImport } from './statement-import';
import { Statements } from './statements';

@ApiTags('billing: bank')
@Controller('bank-accounts')
export class BankAccountsController {
  constructor(
    private readonly accounts: BankAccounts,
    private readonly imports: StatementImport,
    private readonly statements: Statements,
    private readonly expected: ExpectedMoney,
    private readonly jobs: BankJobs,
  ) {}

  @Get()
  @Allow('billing.bank-account.read')
  @ApiOperation({ summary: 'All bank accounts, by name' })
  @ApiOkResponse({ type: [BankAccountView] })
  async all(): Promise<BankAccountView[]> {
    return (await this.accounts.all()).map(bankAccountView);
  }

  @Post()
  @Allow('billing.bank-account.create')
  @ApiOperation({ summary: 'Register an account at a bank' })
  @ApiCreatedResponse({ type: BankAccountView })
  @Refuses('http.invalid', BANK['billing.csv-profile-invalid'], BANK['billing.bank-account-taken'])
  async create(@Body() body: NewBankAccount, @Caller() caller: Principal): Promise<BankAccountView> {
    return bankAccountView(await this.accounts.create({ ...body, csvProfile: profileOf(body.csvProfile) }, caller));
  }

  @Patch(':id')
  @Allow('billing.bank-account.update')
  @ChangesVersion()
  @ApiOperation({ summary: 'Change a bank account, or take it out of use' })
  @ApiOkResponse({ type: BankAccountView })
  @Refuses('http.invalid', 'http.not-found', BANK['billing.csv-profile-invalid'])
  async change(
    @Param() { id }: BankAccountParam,
    @IfMatch() version: number,
    @Body() body: BankAccountChange,
  ): Promise<BankAccountView> {
    return bankAccountView(
      await this.accounts.change(id, version, { ...body, csvProfile: profileOf(body.csvProfile) }),
    );
  }

  /** The same file again is the same answer, so that it needs no key. */
  @Post(':id/statements')
  @HttpCode(200)
  @Allow('billing.bank-statement.import')
  @TakesFile('application/xml', 'text/xml', 'text/csv')
  @ApiOperation({
    summary: 'Import a file of the bank: camt.053, or CSV by the profile of the account; then it is matched',
  })
  @ApiOkResponse({ type: BankImportView })
  @Refuses('http.invalid', 'http.not-found', BANK['billing.statement-unreadable'], BOOKS['billing.date-in-future'])
  @Refuses(BANK['billing.bank-account-out-of-use'], BANK['billing.csv-profile-missing'])
  @Refuses(BANK['billing.csv-profile-invalid'], BANK['billing.statement-of-another-account'])
  async import(
    @Param() { id }: BankAccountParam,
    @Query() query: ImportQuery,
    @Req() request: FastifyRequest,
    @Caller() caller: Principal,
  ): Promise<BankImportView> {
    const bytes = fileOf(request.body);
    const { currency } = await this.accounts.get(id);
    const balance = (name: keyof ImportQuery) =>
      query[name] ? { [name]: signedAmountOf(query[name], currency, `/${name}`, 0) } : {};
    const csv = request.headers['content-type']!.toLowerCase().startsWith('text/csv');
    const file = { bytes, csv, ...balance('openingBalance'), ...balance('closingBalance') };
    const statements = await this.statements.withGaps(id, await this.imports.import(id, file, caller));
    return { statements: statements.map(statementView) };
  }

  @Get(':id/statements')
  @Allow('billing.bank-statement.read')
  @ApiOperation({ summary: 'Imported statements of an account, newest first, with what is missing between them' })
  @ApiPage(BankStatementView)
  @Refuses('http.invalid', 'http.not-found')
  async list(@Param() { id }: BankAccountParam, @Query() query: PageQuery): Promise<Page<BankStatementView>> {
    const page = await this.statements.list(id, query);
    return { ...page, items: page.items.map(statementView) };
  }

  @Post(':id/match')
  @HttpCode(202)
  @Allow('billing.bank-line.match')
  @ApiOperation({ summary: 'Match the open lines of an account again; a worker does it' })
  @ApiAcceptedResponse({ type: BankMatchAskedView })
  @Refuses('http.invalid', 'http.not-found')
  async match(@Param() { id }: BankAccountParam): Promise<BankMatchAskedView> {
    return { messageId: await this.jobs.ask(id) };
  }

  @Get(':id/expected')
  @Allow('billing.bank-line.read')
  @ApiOperation({ summary: 'What the bank should tell of: deposits, transfers, cards, online payments, returns' })
  @ApiOkResponse({ type: [ExpectedMoneyView] })
  @Refuses('http.invalid', 'http.not-found')
  async expectedOf(@Param() { id }: BankAccountParam): Promise<ExpectedMoneyView[]> {
    return (await this.expected.of(await this.accounts.get(id))).map(expectedView);
  }

  @Get(':id/reconciliation')
  @Allow('billing.report.read')
  @ApiOperation({ summary: 'The ledger against the last statement, and what explains the difference (تسوية البنك)' })
  @ApiOkResponse({ type: ReconciliationView })
  @Refuses('http.invalid', 'http.not-found')
  async reconciliation(@Param() { id }: BankAccountParam): Promise<ReconciliationView> {
    return reconciliationView(await this.statements.reconcile(id));
  }
}
