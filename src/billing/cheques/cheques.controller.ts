import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, Idempotent, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { RecordOfAccounts } from '../accounts/accounts.dto';
import { ChequeActs } from './cheque-acts';
import { ChequeSearch } from './cheque-search';
import {
  ChequeOfRoute,
  chequePage,
  ChequeView,
  ChequeWithLifeView,
  DiaryDayView,
  DiaryQuery,
  diaryView,
  drawerPage,
  DrawersQuery,
  DrawerView,
  HoldCheques,
  lifeView,
  ListCheques,
  ReferCheque,
  ReplaceCheque,
  chequeView,
} from './cheques.dto';
import { CHEQUES } from './cheques.problems';

@ApiTags('billing: cheques')
@Controller()
export class ChequesController {
  constructor(
    private readonly acts: ChequeActs,
    private readonly search: ChequeSearch,
  ) {}

  @Get('cheques')
  @Allow('billing.cheque.read')
  @ApiOperation({ summary: 'Cheques by due date' })
  @ApiPage(ChequeView)
  @Refuses('http.invalid')
  async list(@Query() query: ListCheques): Promise<Page<ChequeView>> {
    return chequePage(await this.search.list(query));
  }

  @Get('cheques/diary')
  @Allow('billing.cheque.read')
  @ApiOperation({ summary: 'What falls due on each day of the cheques in hand' })
  @ApiOkResponse({ type: DiaryDayView, isArray: true })
  @Refuses('http.invalid')
  async diary(@Query() { from, to }: DiaryQuery): Promise<DiaryDayView[]> {
    return (await this.search.diary(from, to)).map(diaryView);
  }

  @Get('cheques/drawers')
  @Allow('billing.cheque.read')
  @ApiOperation({ summary: 'Drawers with their grade, those with most returned cheques first' })
  @ApiPage(DrawerView)
  @Refuses('http.invalid')
  async drawers(@Query() query: DrawersQuery): Promise<Page<DrawerView>> {
    return drawerPage(await this.search.drawers(query));
  }

  @Get('one-records/:id/cheques')
  @Allow('billing.cheque.read')
  @ApiOperation({ summary: 'Cheques that a record brought and those for its accounts, by due date' })
  @ApiPage(ChequeView)
  @Refuses('http.invalid', 'http.not-found')
  async ofRecord(@Param() { id }: RecordOfAccounts, @Query() query: PageQuery): Promise<Page<ChequeView>> {
    return chequePage(await this.search.ofRecord(id, query));
  }

  @Get('cheques/:id')
  @Allow('billing.cheque.read')
  @ApiOperation({ summary: 'A cheque with what it pays and all that happened to it' })
  @ApiOkResponse({ type: ChequeWithLifeView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: ChequeOfRoute): Promise<ChequeWithLifeView> {
    return lifeView(await this.search.get(id));
  }

  @Post('cheques/hold')
  @HttpCode(200)
  @Allow('billing.cheque.hold')
  @Idempotent()
  @ApiOperation({ summary: 'Take cheques that were counted out of a drawer into the safe' })
  @ApiOkResponse({ type: ChequeView, isArray: true })
  @Refuses('http.invalid', 'http.not-found', CHEQUES['billing.cheque-state'])
  async hold(@Body() { chequeIds }: HoldCheques, @Caller() caller: Principal): Promise<ChequeView[]> {
    return (await this.search.withReceipts(await this.acts.hold(chequeIds, caller))).map(chequeView);
  }

  @Post('cheques/:id/replace')
  @HttpCode(200)
  @Allow('billing.cheque.replace')
  @Idempotent()
  @ApiOperation({ summary: 'A returned cheque was made good by a later payment on its accounts' })
  @ApiOkResponse({ type: ChequeWithLifeView })
  @Refuses('http.invalid', 'http.not-found', CHEQUES['billing.cheque-state'], CHEQUES['billing.replacement-unfit'])
  async replace(
    @Param() { id }: ChequeOfRoute,
    @Body() { receipt }: ReplaceCheque,
    @Caller() caller: Principal,
  ): Promise<ChequeWithLifeView> {
    await this.acts.replace(id, receipt, caller);
    return lifeView(await this.search.get(id));
  }

  @Post('cheques/:id/refer')
  @HttpCode(200)
  @Allow('billing.cheque.refer')
  @Idempotent()
  @ApiOperation({ summary: 'Refer a returned cheque to the court or the execution department' })
  @ApiOkResponse({ type: ChequeWithLifeView })
  @Refuses('http.invalid', 'http.not-found', CHEQUES['billing.cheque-state'])
  async refer(
    @Param() { id }: ChequeOfRoute,
    @Body() { caseNumber, reason }: ReferCheque,
    @Caller() caller: Principal,
  ): Promise<ChequeWithLifeView> {
    await this.acts.refer(id, caseNumber, reason || null, caller);
    return lifeView(await this.search.get(id));
  }
}
