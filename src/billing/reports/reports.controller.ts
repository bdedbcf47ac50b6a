import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Allow, ApiPage, Refuses, type Page, invalidField } from '@libs/http';
import { RecordOfAccounts } from '../accounts/accounts.dto';
import { AgedDebt } from './aged-debt';
import { CollectionRates } from './collection';
import {
  AgedAccountsQuery,
  AgedAccountView,
  agedAccountView,
  agedDebtView,
  AgedDebtView,
  AgedQuery,
  AgedRecordView,
  collectionLineView,
  CollectionQuery,
  CollectionView,
  TrialBalanceQuery,
  TrialBalanceView,
  trialBalanceView,
} from './reports.dto';
import { TrialBalances } from './trial-balance';

const MOST_YEARS = 10;

@ApiTags('billing: reports')
@Controller()
export class ReportsController {
  constructor(
    private readonly trialBalances: TrialBalances,
    private readonly agedDebt: AgedDebt,
    private readonly collection: CollectionRates,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('billing/reports/trial-balance')
  @Allow('billing.report.read')
  @ApiOperation({ summary: 'Trial balance (ميزان المراجعة) as of a day, or of a period' })
  @ApiOkResponse({ type: TrialBalanceView })
  @Refuses('http.invalid')
  async trialBalance(@Query() { from, to }: TrialBalanceQuery): Promise<TrialBalanceView> {
    const last = to ?? localDateOf(this.clock.now());
    if (from !== undefined && from > last) throw backwards();
    return trialBalanceView(await this.trialBalances.of(last, from ?? null));
  }

  @Get('billing/reports/aged-debt')
  @Allow('billing.report.read')
  @ApiOperation({ summary: 'What is owed by age, now or as of a day: a line a head, service type and currency' })
  @ApiOkResponse({ type: AgedDebtView })
  @Refuses('http.invalid')
  async aged(@Query() { asOf }: AgedQuery): Promise<AgedDebtView> {
    return agedDebtView(await this.agedDebt.summary(asOf));
  }

  @Get('billing/reports/aged-debt/accounts')
  @Allow('billing.report.read')
  @ApiOperation({ summary: 'Accounts that owe, now or as of a day, by age, the largest sum first' })
  @ApiPage(AgedAccountView)
  @Refuses('http.invalid')
  async agedAccounts(@Query() query: AgedAccountsQuery): Promise<Page<AgedAccountView>> {
    const page = await this.agedDebt.byAccount(query, query);
    return { ...page, items: page.items.map(agedAccountView) };
  }

  @Get('one-records/:id/aged-debt')
  @Allow('billing.account.read')
  @ApiOperation({ summary: 'What a record owes by age, now or as of a day, account by account' })
  @ApiOkResponse({ type: AgedRecordView })
  @Refuses('http.invalid', 'http.not-found')
  async agedRecord(@Param() { id }: RecordOfAccounts, @Query() { asOf }: AgedQuery): Promise<AgedRecordView> {
    return { accounts: (await this.agedDebt.ofRecord(id, asOf)).map(agedAccountView) };
  }

  @Get('billing/reports/collection')
  @Allow('billing.report.read')
  @ApiOperation({ summary: 'What was charged and collected in each month, by service' })
  @ApiOkResponse({ type: CollectionView })
  @Refuses('http.invalid')
  async collected(@Query() { from, to, serviceType }: CollectionQuery): Promise<CollectionView> {
    if (from > to) throw backwards();
    if (Number(to.slice(0, 4)) - Number(from.slice(0, 4)) > MOST_YEARS) {
      throw invalidField('/to', 'tooLong');
    }
    return { lines: (await this.collection.of(from, to, serviceType)).map(collectionLineView) };
  }
}

const backwards = () => invalidField('/to', 'notBeforeFrom');
