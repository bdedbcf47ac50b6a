import { DateField, Id, InstantField, Int, ListOf, MoneyField, OneOf, PageQuery, Txt } from '@libs/http';
import { formatAmount, type Currency } from '@libs/money';
import { SERVICE_TYPES } from '../accounts/account.entity';
import { RUN_STATES, RUN_TASKS, type BillRun, type RunTotal } from './bill-run.entity';
import type { BillFeeder } from './feeders';

const PERIOD = /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/;
const FEEDER = /^[a-z0-9-]{1,20}$/;

export class RunParam {
  @Id() id: number;
}

class RunParameter {
  @Txt({ max: 40, pattern: /^[A-Za-z][A-Za-z0-9-]*$/, example: 'head' }) name: string;
  @Txt({ max: 200, example: 'WASTE' }) value: string;
}

export class CreateBillRun {
  @Txt({ max: 20, pattern: FEEDER, example: 'recurring' }) feeder: string;
  @Txt({ max: 7, pattern: PERIOD, example: '2026-11' }) period: string;
  @DateField({ about: 'the bills are posted under this day; no bill is posted before it' }) issueOn: string;
  @DateField({ example: '2026-12-15' }) dueOn: string;
  @ListOf(() => RunParameter, { optional: true, max: 20, about: 'which accounts, in the words of the feeder' })
  parameters?: RunParameter[];
}

export class EndBillRun {
  @Txt({ max: 500, example: 'احتُسبت بتعرفة خاطئة' }) reason: string;
}

export class BillRunsQuery extends PageQuery {
  @Txt({ optional: true, max: 20, pattern: FEEDER, min: 1, example: 'recurring' }) feeder?: string;
  @Txt({ optional: true, max: 7, pattern: PERIOD, min: 1, example: '2026-11' }) period?: string;
  @OneOf(RUN_STATES, { optional: true, example: 'POSTED' }) state?: string;
}

export class FeederView {
  @Txt({ example: 'recurring' }) code: string;
  @OneOf(SERVICE_TYPES, { example: 'OTHER' }) serviceType: string;
  @Txt({ example: 'رسوم دورية' }) nameAr: string;
  @Txt({ example: 'Recurring charges' }) nameEn: string;
}

export class RunTotalView {
  @Txt({ example: 'WASTE' }) head: string;
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField() amount: string;
  @Txt({ example: '1,250.00' }) formatted: string;
  @Int({ example: 980 }) lines: number;
}

export class BillRunView {
  @Id() id: number;
  @Txt({ example: 'recurring' }) feeder: string;
  @Txt({ example: '2026-11' }) period: string;
  @DateField() issueOn: string;
  @DateField({ example: '2026-12-15' }) dueOn: string;
  @ListOf(() => RunParameter) parameters: RunParameter[];
  @OneOf(RUN_STATES, { example: 'CALCULATED' }) state: string;
  @OneOf(RUN_TASKS, { nullable: true, example: null, about: 'what a worker is busy with' }) task: string | null;
  @Int({ example: 980, about: 'bills made' }) bills: number;
  @Int({ example: 0, about: 'accounts that have a bill of this feeder and period already' }) skipped: number;
  @ListOf(() => RunTotalView, { max: 1000 }) totals: RunTotalView[];
  @Txt({ nullable: true, max: 1000, example: null, about: 'why the last task stopped; ask again to go on' })
  failure: string | null;
  @Txt({ nullable: true, max: 500, example: null, about: 'of the cancellation or reversal' }) reason: string | null;
  @Id({ about: 'employee' }) createdBy: number;
  @InstantField() createdAt: string;
  @InstantField({ nullable: true }) calculatedAt: string | null;
  @Id({ nullable: true, about: 'employee' }) reviewedBy: number | null;
  @InstantField({ nullable: true }) reviewedAt: string | null;
  @Id({ nullable: true, about: 'employee' }) postedBy: number | null;
  @InstantField({ nullable: true }) postedAt: string | null;
  @Id({ nullable: true, about: 'employee' }) issuedBy: number | null;
  @InstantField({ nullable: true }) issuedAt: string | null;
  @Id({ nullable: true, about: 'employee who cancelled or reversed' }) endedBy: number | null;
  @InstantField({ nullable: true }) endedAt: string | null;
  @Int({ min: 1, example: 3 }) version: number;
}

export const amountView = (minor: number, currency: string) => ({
  amount: String(minor),
  formatted: formatAmount(minor, currency as Currency),
});

export const runTotalView = ({ head, currency, amount, lines }: RunTotal): RunTotalView => ({
  head,
  currency,
  lines,
  ...amountView(amount, currency),
});

export const feederView = ({ code, serviceType, nameAr, nameEn }: BillFeeder): FeederView => ({
  code,
  serviceType,
  nameAr,
  nameEn,
});

export function billRunView({ cursor: _, office: __, parameters, totals, ...run }: BillRun): BillRunView {
  return {
    ...run,
    parameters: Object.entries(parameters).map(([name, value]) => ({ name, value: String(value) })),
    totals: totals.map(runTotalView),
  };
}
