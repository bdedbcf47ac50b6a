import { Id, Int, ListOf, MoneyField, OneOf, PageQuery, Txt } from '@libs/http';
import { formatAmount, type Currency } from '@libs/money';
import { RUN_TASKS } from './bill-run.entity';
import { RunTotalView } from './bill-runs.dto';

export class VarianceQuery extends PageQuery {
  @Int({
    min: 0,
    max: 100_000,
    optional: true,
    fallback: 20,
    example: 20,
    about: 'changes of more than this percentage',
  })
  above: number = 20;
}

export class HeadVarianceView {
  @Txt({ example: 'WASTE' }) head: string;
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField() amount: string;
  @MoneyField({ about: 'of the cycle before' }) previous: string;
  @MoneyField({ about: 'amount less previous' }) change: string;
}

export class PreviewView {
  @Int({ example: 980 }) bills: number;
  @Int({ example: 0 }) skipped: number;
  @Int({ example: 3, about: 'accounts left out by an error' }) exceptions: number;
  @ListOf(() => RunTotalView, { max: 1000, about: 'one sum a head and currency' }) totals: RunTotalView[];
  @Txt({ nullable: true, example: '2026-10', about: 'the cycle before: the last month of the feeder that was posted' })
  previousPeriod: string | null;
  @ListOf(() => HeadVarianceView, { max: 1000 }) variance: HeadVarianceView[];
  @Int({ example: 2, about: 'accounts with a bill in the cycle before and none in this run' }) gone: number;
}

export class AccountVarianceView {
  @Id() accountId: number;
  @Txt({ example: '20011' }) accountNumber: string;
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField() amount: string;
  @Txt({ example: '1,250.00' }) formatted: string;
  @MoneyField({ nullable: true, about: 'null when there was no bill in the cycle before' }) previous: string | null;
  @Int({ min: -2_147_483_647, nullable: true, example: 25, about: 'in percent, cut to whole ones; null as `previous`' })
  percent: number | null;
}

export class ExceptionView {
  @Id() accountId: number;
  @Txt({ nullable: true, example: '20011' }) accountNumber: string | null;
  @OneOf(RUN_TASKS, { example: 'CALCULATE' }) task: string;
  @Txt({ max: 500, example: 'billing.account-closed' }) reason: string;
}

export const formatted = (minor: number, currency: string): string => formatAmount(minor, currency as Currency);
