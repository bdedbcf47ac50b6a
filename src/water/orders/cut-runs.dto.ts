import { DateField, Flag, Id, InstantField, Int, MoneyField, OneOf, PageQuery, Part, TextList, Txt } from '@libs/http';
import { formatAmount } from '@libs/money';
import { IsIn } from 'class-validator';
import { WATER_CLASSES, type WaterClass } from '../subscriptions/subscription.entity';
import { CUT_RUN_STATES, EXEMPTIONS, type CutRun } from './cut.entity';
import type { CandidateRow } from './cut-runs';

export class CutRunParam {
  @Id() id: number;
}

export class CreateCutRun {
  @TextList({ optional: true, max: WATER_CLASSES.length, example: ['COMMERCIAL'], about: 'default: all classes' })
  @IsIn(WATER_CLASSES, { each: true })
  waterClasses?: WaterClass[];
  @Id({ optional: true }) routeId?: number;
  @Id({ optional: true }) zoneId?: number;
  @Int({ optional: true, max: 1000, example: 2, about: 'unpaid bills; never fewer than the setting' })
  leastBills?: number;
  @Int({ optional: true, example: 200_000, about: 'agorot overdue; never less than the setting' }) leastOwed?: number;
  @Int({ optional: true, max: 3650, example: 30, about: 'days since the due day of what counts' }) daysOverdue?: number;
}

export class CandidatesQuery extends PageQuery {
  @Flag({ optional: true, about: 'only those that are exempt, or only the others' }) exempt?: boolean;
}

class CutCriteriaView {
  @TextList({ example: ['COMMERCIAL'] }) waterClasses: string[];
  @Id({ nullable: true }) routeId: number | null;
  @Id({ nullable: true }) zoneId: number | null;
  @Int({ example: 2 }) leastBills: number;
  @MoneyField({ example: '200000' }) leastOwed: string;
  @Int({ example: 30 }) daysOverdue: number;
}

export class CutRunView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @OneOf(CUT_RUN_STATES, { example: 'LISTED' }) state: string;
  @Part(() => CutCriteriaView) criteria: CutCriteriaView;
  @DateField({ about: 'what fell due by this day counts' }) dueBy: string;
  @Id({ about: 'employee' }) createdBy: number;
  @InstantField() createdAt: string;
  @Id({ nullable: true, about: 'who issued the notices or cancelled the list' }) endedBy: number | null;
  @InstantField({ nullable: true }) endedAt: string | null;
}

export class CandidateView {
  @Id() id: number;
  @Id() subscriptionId: number;
  @Txt({ example: '20005' }) number: string;
  @Id() accountId: number;
  @Int({ example: 4, about: 'months unpaid: why it is listed' }) bills: number;
  @MoneyField({ about: 'ILS overdue: why it is listed' }) owed: string;
  @Txt({ example: '2,350.00' }) formatted: string;
  @DateField() oldestDueOn: string;
  @OneOf(EXEMPTIONS, { nullable: true, example: null, about: 'why its water is not cut' }) exemption: string | null;
  @Txt({ nullable: true, example: null, about: 'number of the decision or notice' }) exemptionDetail: string | null;
  @Id({ nullable: true }) noticeId: number | null;
}

export const cutRunView = ({ criteria, ...run }: CutRun): CutRunView => ({
  ...run,
  criteria: { ...criteria, leastOwed: String(criteria.leastOwed) },
});

export const candidateView = ({ runId: _, owed, ...candidate }: CandidateRow): CandidateView => ({
  ...candidate,
  owed: String(owed),
  formatted: formatAmount(owed, 'ILS'),
});
