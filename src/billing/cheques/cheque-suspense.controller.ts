import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  ApiPage,
  Caller,
  DateField,
  Id,
  IdList,
  Idempotent,
  Int,
  ListOf,
  PageQuery,
  Part,
  Refuses,
  Txt,
  type Page,
  type Principal,
} from '@libs/http';
import { BANK } from '../bank/bank.problems';
import { BOOKS } from '../billing.problems';
import { moneyView } from '../till/amounts';
import { CurrencyAmountView } from '../till/shifts.dto';
import { ChequePayerReturns } from './cheque-payer-returns';
import { ChequeSearch } from './cheque-search';
import { ChequeSuspense, type SuspendedCheque } from './cheque-suspense';
import { ChequeOfRoute, ChequeView, chequeView, ChequeWithLifeView, lifeView } from './cheques.dto';
import { CHEQUES } from './cheques.problems';

class ChequePaymentPart {
  @Id() accountId: number;
  @Txt({ max: 30, example: '125.50' }) amount: string;
  @IdList({ optional: true, max: 200, about: 'the charges it is for; default the oldest' }) chargeIds?: number[];
}

/** What the money is for, in any number of parts. */
class ResolveCheque {
  @ListOf(() => ChequePaymentPart, { optional: true, max: 50 }) lines?: ChequePaymentPart[];
  @Txt({ optional: true, max: 30, example: '20.00', about: 'goes back to its payer, by the bank' }) returned?: string;
  @Txt({ optional: true, max: 500, example: 'أُغلق الحساب بعد بيع العقار' }) note?: string;
}

class PayerReturnOfRoute extends ChequeOfRoute {
  @Id() postingId: number;
}

class UndoPayerReturn {
  @Txt({ min: 3, max: 500, example: 'المبلغ للمالك الجديد ولا يُعاد' }) reason: string;
}

class SuspendedChequeView extends ChequeView {
  @Part(() => CurrencyAmountView, { about: 'pays nothing yet' }) open: CurrencyAmountView;
  @DateField({ about: 'day on which it cleared' }) since: string;
  @Int({ example: 12 }) days: number;
}

const suspendedView = ({ open, since, days, ...found }: SuspendedCheque): SuspendedChequeView => ({
  ...chequeView(found),
  open: moneyView(found.cheque.currency, open),
  since,
  days,
});

@ApiTags('billing: cheques')
@Controller('cheques')
export class ChequeSuspenseController {
  constructor(
    private readonly suspense: ChequeSuspense,
    private readonly search: ChequeSearch,
    private readonly returns: ChequePayerReturns,
  ) {}

  @Get('suspense')
  @Allow('billing.cheque.read')
  @ApiOperation({
    summary: 'Cheques that cleared after their account was closed, and whose money waits; the oldest first',
  })
  @ApiPage(SuspendedChequeView)
  @Refuses('http.invalid')
  async list(@Query() query: PageQuery): Promise<Page<SuspendedChequeView>> {
    const page = await this.suspense.list(query);
    return { ...page, items: page.items.map(suspendedView) };
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @Allow('billing.cheque.resolve')
  @Idempotent()
  @ApiOperation({
    summary: 'Money of a cheque that waits in suspense: onto accounts, with a receipt, and back to the payer',
  })
  @ApiOkResponse({ type: ChequeWithLifeView })
  @Refuses('http.invalid', 'http.not-found', CHEQUES['billing.cheque-not-in-suspense'])
  @Refuses(CHEQUES['billing.exceeds-suspense'], BOOKS['billing.account-unknown'], BOOKS['billing.account-closed'])
  @Refuses(BOOKS['billing.currency-mismatch'], BOOKS['billing.charge-settled'], BOOKS['billing.period-closed'])
  async resolve(
    @Param() { id }: ChequeOfRoute,
    @Body() body: ResolveCheque,
    @Caller() caller: Principal,
  ): Promise<ChequeWithLifeView> {
    await this.suspense.resolve(id, body, caller);
    return lifeView(await this.search.get(id));
  }

  @Post(':id/payer-returns/:postingId/undo')
  @HttpCode(200)
  @Allow('billing.cheque.undo-return')
  @Idempotent()
  @ApiOperation({
    summary: 'A return to the payer that was a mistake: while the bank has not paid it, the money is in suspense again',
  })
  @ApiOkResponse({ type: ChequeWithLifeView })
  @Refuses('http.invalid', 'http.not-found', CHEQUES['billing.return-unknown'], CHEQUES['billing.cheque-own-return'])
  @Refuses(BANK['billing.return-paid'], BOOKS['billing.already-reversed'], BOOKS['billing.period-closed'])
  async undoReturn(
    @Param() { id, postingId }: PayerReturnOfRoute,
    @Body() { reason }: UndoPayerReturn,
    @Caller() caller: Principal,
  ): Promise<ChequeWithLifeView> {
    await this.returns.undo(id, postingId, reason, caller);
    return lifeView(await this.search.get(id));
  }
}
