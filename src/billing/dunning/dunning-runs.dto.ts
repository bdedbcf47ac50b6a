import {
  DateField,
  Id,
  IdList,
  InstantField,
  Int,
  ListOf,
  MoneyField,
  OneOf,
  PageQuery,
  Part,
  TextList,
  Txt,
} from '@libs/http';
import { CURRENCIES, formatAmount, type Currency } from '@libs/money';
import { IsIn } from 'class-validator';
import { SERVICE_TYPES, type ServiceType } from '../accounts/account.entity';
import {
  DEBTOR_STATES,
  DUNNING_RUN_STATES,
  DUNNING_TASKS,
  type DebtTotal,
  type DunningDebtor,
  type DunningRun,
} from './dunning.entity';
import type { RunCounts } from './dunning-runs';

export class DunningRunParam {
  @Id() id: number;
}

export class DebtorParam extends DunningRunParam {
  @Id() debtorId: number;
}

class LeastAmount {
  @OneOf(CURRENCIES, { example: 'ILS' }) currency: Currency;
  @Txt({ max: 30, example: '200.00' }) amount: string;
}

export class CreateDunningRun {
  @TextList({ optional: true, max: SERVICE_TYPES.length, example: ['WATER'], about: 'default: all services' })
  @IsIn(SERVICE_TYPES, { each: true })
  serviceTypes?: ServiceType[];

  @ListOf(() => LeastAmount, {
    optional: true,
    max: CURRENCIES.length,
    about: 'what a party must owe overdue in a currency for its debts in it to count; default any amount',
  })
  least?: LeastAmount[];

  @Int({ optional: true, max: 3650, example: 30, about: 'days since the due day; default and least: those of the law' })
  daysOverdue?: number;

  @IdList({ optional: true, max: 1000, about: 'these accounts only, as for a single debtor' }) accountIds?: number[];
}

export class DunningReason {
  @Txt({ min: 3, max: 500, example: 'قيد المراجعة لدى الدائرة المالية' }) reason: string;
}

export class DunningRunsQuery extends PageQuery {
  @OneOf(DUNNING_RUN_STATES, { optional: true, example: 'LISTED' }) state?: string;
}

export class DebtorsQuery extends PageQuery {
  @OneOf(DEBTOR_STATES, { optional: true, example: 'LISTED' }) state?: string;
}

export class DebtTotalView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField() amount: string;
  @Txt({ example: '1,250.00' }) formatted: string;
  @Int({ example: 7 }) charges: number;
}

class LeftOutView {
  @Int({ example: 4, about: 'accounts with an active instalment plan' }) inPlan: number;
  @Int({ example: 1, about: 'accounts with an objection that is not decided' }) objected: number;
  @Int({ example: 12, about: 'accounts all of whose overdue charges are in an open warning' }) warned: number;
  @Int({ example: 0, about: 'accounts that nobody is known to hold' }) withoutHolder: number;
  @Int({ example: 55, about: 'parties that owe less than the least' }) belowLeast: number;
}

class DebtorCountsView {
  @Int({ example: 310 }) listed: number;
  @Int({ example: 2 }) excluded: number;
  @Int({ example: 0 }) warned: number;
  @Int({ example: 0, about: 'nothing was left to warn of when the warnings were issued' }) settled: number;
}

class LeastAmountView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ example: '20000' }) amount: string;
}

export class DunningRunView {
  @Id() id: number;
  @OneOf(DUNNING_RUN_STATES, { example: 'LISTED' }) state: string;
  @OneOf(DUNNING_TASKS, { nullable: true, example: null, about: 'what a worker is busy with' }) task: string | null;
  @TextList({ example: ['WATER'], about: 'empty: all' }) serviceTypes: string[];
  @ListOf(() => LeastAmountView) least: LeastAmountView[];
  @Int({ example: 15 }) daysOverdue: number;
  @IdList({ nullable: true, min: 0, max: 1000, example: null }) accountIds: number[] | null;
  @DateField({ about: 'charges that fell due by this day are overdue' }) dueBy: string;
  @Part(() => DebtorCountsView) debtors: DebtorCountsView;
  @ListOf(() => DebtTotalView, { about: 'of the list as it was made' }) totals: DebtTotalView[];
  @Part(() => LeftOutView, { nullable: true, about: 'null until it is listed' }) leftOut: LeftOutView | null;
  @Txt({ nullable: true, max: 1000, example: null, about: 'why the worker stopped; it tries again' })
  failure: string | null;
  @Id({ about: 'employee' }) createdBy: number;
  @InstantField() createdAt: string;
  @Id({ nullable: true, about: 'employee' }) issuedBy: number | null;
  @InstantField({ nullable: true }) issuedAt: string | null;
  @Id({ nullable: true, about: 'employee' }) cancelledBy: number | null;
  @Txt({ nullable: true, max: 500, example: null, about: 'of the cancellation' }) reason: string | null;
  @Int({ min: 1, example: 1 }) version: number;
}

export class DebtorView {
  @Id() id: number;
  @OneOf(DEBTOR_STATES, { example: 'LISTED' }) state: string;
  @Id({ nullable: true, about: 'the approved record' }) oneRecordId: number | null;
  @Id({ nullable: true, example: null, about: 'or the payer row that no approved record holds' })
  legacyCitizenId: number | null;
  @Txt({ max: 500, example: 'محمد أحمد خليل النابلسي' }) name: string;
  @IdList({ max: 100_000 }) accountIds: number[];
  @ListOf(() => DebtTotalView) debts: DebtTotalView[];
  @Txt({ nullable: true, max: 500, example: null, about: 'why it was taken off the list' }) reason: string | null;
  @Id({ nullable: true, example: null }) warningId: number | null;
}

const totalView = ({ currency, amount, charges }: DebtTotal): DebtTotalView => ({
  currency,
  amount: String(amount),
  formatted: formatAmount(amount, currency as Currency),
  charges,
});

export function dunningRunView(run: DunningRun, counts: RunCounts): DunningRunView {
  const { criteria, cursor: _, office: __, totals, ...rest } = run;
  const { serviceTypes, least, daysOverdue, accountIds } = criteria;
  return {
    ...rest,
    ...{ serviceTypes, daysOverdue, accountIds },
    least: Object.entries(least).map(([currency, amount]) => ({ currency, amount: String(amount) })),
    debtors: {
      listed: counts.LISTED ?? 0,
      excluded: counts.EXCLUDED ?? 0,
      warned: counts.WARNED ?? 0,
      settled: counts.SETTLED ?? 0,
    },
    totals: totals.map(totalView),
  };
}

export const debtorView = ({ runId: _, debts, ...debtor }: DunningDebtor): DebtorView => ({
  ...debtor,
  debts: debts.map(totalView),
});
