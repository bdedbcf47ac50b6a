import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Refuses } from '@libs/http';
import { RecordOfAccounts } from '../../accounts/accounts.dto';
import { REPORTS } from '../reports.problems';
import { AccountStatements } from './account-statements';
import {
  AccountStatementQuery,
  AccountStatementView,
  accountStatementView,
  RecordStatementQuery,
  RecordStatementView,
  recordStatementView,
} from './account-statements.dto';

@ApiTags('billing: statements of account')
@Controller()
export class AccountStatementsController {
  constructor(private readonly statements: AccountStatements) {}

  @Get('billing/accounts/:id/statement')
  @Allow('billing.account-statement.read')
  @ApiOperation({ summary: 'Statement of one account (كشف حساب), a page of its entries at a time' })
  @ApiOkResponse({ type: AccountStatementView })
  @Refuses('http.invalid', 'http.not-found')
  async ofAccount(
    @Param() { id }: RecordOfAccounts,
    @Query() query: AccountStatementQuery,
  ): Promise<AccountStatementView> {
    const { range, statement } = await this.statements.ofAccount(id, query, query);
    return accountStatementView(range, statement, query);
  }

  @Get('one-records/:id/account-statement')
  @Allow('billing.account-statement.read')
  @ApiOperation({ summary: 'Statement of every account of a record, whole' })
  @ApiOkResponse({ type: RecordStatementView })
  @Refuses('http.invalid', 'http.not-found', REPORTS['billing.statement-too-long'])
  async ofRecord(
    @Param() { id }: RecordOfAccounts,
    @Query() query: RecordStatementQuery,
  ): Promise<RecordStatementView> {
    return recordStatementView(await this.statements.ofRecord(id, query));
  }
}
