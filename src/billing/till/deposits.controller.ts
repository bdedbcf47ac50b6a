import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  ApiPage,
  Caller,
  DateField,
  Id,
  Idempotent,
  IdList,
  InstantField,
  ListOf,
  OneOf,
  PageQuery,
  Refuses,
  Txt,
  type Page,
  type Principal,
} from '@libs/http';
import { moneyView } from './amounts';
import { Deposits, type DepositWithShifts } from './deposits';
import { CurrencyAmountView } from './shifts.dto';
import { DEPOSIT_STATES } from './till.entity';
import { TILL } from './till.problems';

class DepositOfRoute {
  @Id() id: number;
}

class NewDeposit {
  @IdList({ max: 100, example: [1042], about: 'closed shifts that were not deposited' }) shiftIds: number[];
  @Txt({ optional: true, max: 300, example: 'كيس رقم 17' }) note?: string;
}

class BankConfirmation {
  @Txt({ max: 40, pattern: /^[A-Za-z0-9-]+$/, example: 'PS92PALS000000000400123456702' }) bankAccount: string;
  @Txt({ max: 60, example: '778812', about: 'the bank’s number of the slip' }) bankReference: string;
}

class DepositView {
  @Id() id: number;
  @OneOf(DEPOSIT_STATES, { example: 'IN_TRANSIT' }) state: string;
  @DateField() madeOn: string;
  @ListOf(() => CurrencyAmountView) amounts: CurrencyAmountView[];
  @IdList({ example: [1042] }) shiftIds: number[];
  @Txt({ nullable: true, max: 300, example: null }) note: string | null;
  @Txt({ nullable: true, example: null }) bankAccount: string | null;
  @Txt({ nullable: true, example: null }) bankReference: string | null;
  @InstantField({ nullable: true }) confirmedAt: string | null;
}

const view = ({ deposit, shiftIds }: DepositWithShifts): DepositView => ({
  id: deposit.id,
  state: deposit.state,
  madeOn: deposit.madeOn,
  amounts: deposit.amounts.map(({ currency, amount }) => moneyView(currency, amount)),
  shiftIds,
  note: deposit.note,
  bankAccount: deposit.bankAccount,
  bankReference: deposit.bankReference,
  confirmedAt: deposit.confirmedAt,
});

@ApiTags('billing: deposits')
@Controller('deposits')
export class DepositsController {
  constructor(private readonly deposits: Deposits) {}

  @Post()
  @Allow('billing.deposit.create')
  @Idempotent()
  @ApiOperation({ summary: 'Send the cash of closed shifts to the bank' })
  @ApiCreatedResponse({ type: DepositView })
  @Refuses('http.invalid', 'http.not-found', TILL['billing.nothing-to-deposit'])
  @Refuses(TILL['billing.shift-not-closed'], TILL['billing.shift-deposited'])
  async make(@Body() { shiftIds, note }: NewDeposit, @Caller() caller: Principal): Promise<DepositView> {
    return view(await this.deposits.make({ shiftIds, note: note || null }, caller));
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @Allow('billing.deposit.confirm')
  @Idempotent()
  @ApiOperation({ summary: 'The bank has confirmed the deposit' })
  @ApiOkResponse({ type: DepositView })
  @Refuses('http.invalid', 'http.not-found', TILL['billing.deposit-confirmed'])
  async confirm(
    @Param() { id }: DepositOfRoute,
    @Body() { bankAccount, bankReference }: BankConfirmation,
    @Caller() caller: Principal,
  ): Promise<DepositView> {
    return view(await this.deposits.confirm(id, { account: bankAccount, reference: bankReference }, caller));
  }

  @Get()
  @Allow('billing.deposit.read')
  @ApiOperation({ summary: 'Deposits, newest first' })
  @ApiPage(DepositView)
  @Refuses('http.invalid')
  async list(@Query() query: PageQuery): Promise<Page<DepositView>> {
    const page = await this.deposits.list(query);
    return { ...page, items: page.items.map(view) };
  }

  @Get(':id')
  @Allow('billing.deposit.read')
  @ApiOperation({ summary: 'A deposit' })
  @ApiOkResponse({ type: DepositView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: DepositOfRoute): Promise<DepositView> {
    return view(await this.deposits.get(id));
  }
}
