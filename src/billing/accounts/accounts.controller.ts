import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Refuses } from '@libs/http';
import { Accounts } from './accounts';
import { AsOfQuery, ChargeHeadView, RecordAccountsView, recordAccountsView, RecordOfAccounts } from './accounts.dto';
import { ChargeHeads } from './charge-heads';

@ApiTags('billing: accounts')
@Controller()
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly heads: ChargeHeads,
  ) {}

  @Get('one-records/:id/accounts')
  @Allow('billing.account.read')
  @ApiOperation({ summary: 'Accounts of a record and what is owed on each, as of any day' })
  @ApiOkResponse({ type: RecordAccountsView })
  @Refuses('http.not-found', 'http.invalid')
  async ofRecord(@Param() { id }: RecordOfAccounts, @Query() { asOf }: AsOfQuery): Promise<RecordAccountsView> {
    return recordAccountsView(await this.accounts.ofRecord(id, asOf));
  }

  @Get('billing/charge-heads')
  @Allow('billing.account.read')
  @ApiOperation({ summary: 'What is charged for, in the order of payment' })
  @ApiOkResponse({ type: [ChargeHeadView] })
  async chargeHeads(): Promise<ChargeHeadView[]> {
    return (await this.heads.all()).filter(({ active }) => active).map(({ ledger: _, active: __, ...view }) => view);
  }
}
