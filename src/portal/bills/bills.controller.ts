import { Body, Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AllowCitizen,
  ApiPage,
  Citizen,
  Problem,
  Refuses,
  Revalidated,
  type CitizenPrincipal,
  type Page,
} from '@libs/http';
import { Accounts, BILL_RUNS, billSummaryView, billView, BillPrints, Bills, type IssuedBill } from '../../billing';
import { PORTAL } from '../portal.problems';
import { DailyLimits } from '../scope/daily-limits';
import { isShared, sharedBill } from '../scope/sharing';
import { GivesSheet, PortalSheet } from '../scope/sheet';
import { BillsInHand } from './bills-in-hand';
import {
  BillInHandView,
  billInHandView,
  LookUpBill,
  myBillView,
  mySummaryView,
  PortalBillParam,
  PortalBillsQuery,
  PortalBillSummaryView,
  PortalBillView,
} from './bills.dto';

const NOT_READABLE = [BILL_RUNS['billing.bill-not-issued'], BILL_RUNS['billing.bill-altered']];

@ApiTags('portal: bills')
@Controller('me')
export class PortalBillsController {
  constructor(
    private readonly bills: Bills,
    private readonly accounts: Accounts,
    private readonly prints: BillPrints,
    private readonly inHand: BillsInHand,
    private readonly limits: DailyLimits,
  ) {}

  @Get('bills')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'The bills of the citizen’s accounts, or of one of them, newest first' })
  @ApiPage(PortalBillSummaryView)
  @Refuses('http.invalid', 'http.not-found')
  async all(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Query() { accountId, ...query }: PortalBillsQuery,
  ): Promise<Page<PortalBillSummaryView>> {
    if (accountId !== undefined) await this.accounts.held(oneRecordId, accountId);
    const issued = { ...query, state: 'ISSUED' };
    const page = await (accountId === undefined
      ? this.bills.ofRecord(oneRecordId, issued)
      : this.bills.ofAccount(accountId, issued));
    return { ...page, items: page.items.map((each) => mySummaryView(billSummaryView(each))) };
  }

  @Get('bills/:id')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'A bill as it was issued; of water with its readings, blocks and a year’s chart' })
  @ApiOkResponse({ type: PortalBillView })
  @Refuses('http.invalid', 'http.not-found', ...NOT_READABLE)
  async one(@Citizen() citizen: CitizenPrincipal, @Param() { id }: PortalBillParam): Promise<PortalBillView> {
    const { bill, content } = await this.mine(citizen, id);
    return myBillView(billView(bill, content));
  }

  @Get('bills/:id/pdf')
  @AllowCitizen()
  @GivesSheet()
  @ApiOperation({ summary: 'The sheet of a bill' })
  @Refuses('http.invalid', 'http.not-found', ...NOT_READABLE)
  async pdf(
    @Citizen() citizen: CitizenPrincipal,
    @Param() { id }: PortalBillParam,
    @Query() { lang = 'ar' }: PortalSheet,
  ): Promise<StreamableFile> {
    return this.prints.one(await this.mine(citizen, id), lang);
  }

  @Post('bill-look-ups')
  @HttpCode(200)
  @AllowCitizen()
  @ApiOperation({ summary: 'What is left to pay of anybody’s bill, by the number and total on its paper' })
  @ApiOkResponse({ type: BillInHandView })
  @Refuses('http.invalid', 'http.not-found', PORTAL['portal.daily-limit'])
  async lookUp(@Citizen() { oneRecordId }: CitizenPrincipal, @Body() body: LookUpBill): Promise<BillInHandView> {
    await this.limits.use(oneRecordId, 'BILL_LOOKUP');
    return billInHandView(await this.inHand.lookUp(oneRecordId, body));
  }

  /** As the citizen may read it. @throws {Problem} http.not-found, for another's as for none */
  private async mine({ oneRecordId }: CitizenPrincipal, id: number): Promise<IssuedBill> {
    const accountId = await this.bills.accountOf(id);
    if (accountId === null) throw new Problem('http.not-found');
    const held = await this.accounts.held(oneRecordId, accountId);
    const { bill, content } = await this.bills.get(id);
    return { bill, content: isShared(held) ? sharedBill(content) : content };
  }
}
