import { DateField, Flag, Id, InstantField, Int, ListOf, OneOf, PageQuery, Txt } from '@libs/http';
import { TimeOfDay } from '../local-times';
import {
  EXCEPTION_KINDS,
  SCHEDULE_STATES,
  type ExceptionKind,
  type ScheduleState,
  type SupplyException,
  type SupplySchedule,
} from './supply.entity';
import { LONGEST_CYCLE, RHYTHMS, type Rhythm, type Slot } from './supply.rules';

export class SupplyParam {
  @Id() id: number;
}

export class SlotField implements Slot {
  @OneOf(RHYTHMS, { example: 'WEEKLY', about: 'every week, every so many days, or once' }) rhythm: Rhythm;
  @Int({ optional: true, max: 6, example: 0, about: 'of WEEKLY: 0 Sunday to 6 Saturday' }) weekday?: number;
  @DateField({ optional: true, about: 'of DATED the day, of CYCLE one of its days' }) on?: string;
  @Int({ optional: true, min: 1, max: LONGEST_CYCLE, example: 4, about: 'of CYCLE' }) everyDays?: number;
  @TimeOfDay({ about: 'local time of Hebron' }) from: string;
  @TimeOfDay({ example: '06:00', about: 'not after `from`: on the next day' }) to: string;
  @Int({ optional: true, max: 6, example: 0, about: 'further whole days that the turn lasts' }) moreDays?: number;
}

export class ScheduleTerms {
  @DateField({ about: 'first day on which its turns begin' }) effectiveFrom: string;
  @ListOf(() => SlotField, { min: 1, max: 50 }) slots: SlotField[];
  @Txt({ optional: true, max: 300, example: 'الطوابق العليا تحتاج مضخة' }) noteAr?: string;
  @Txt({ optional: true, max: 300, example: 'Upper floors need a pump' }) noteEn?: string;
}

export class NewSchedule extends ScheduleTerms {
  @Id() zoneId: number;
}

export class SchedulesQuery extends PageQuery {
  @Id({ optional: true }) zoneId?: number;
  @OneOf(SCHEDULE_STATES, { optional: true, example: 'PUBLISHED' }) state?: ScheduleState;
}

export class ScheduleView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Id() zoneId: number;
  @OneOf(SCHEDULE_STATES, { example: 'DRAFT' }) state: ScheduleState;
  @Int({ nullable: true, example: 3, about: 'of the zone, once published' }) edition: number | null;
  @DateField() effectiveFrom: string;
  @ListOf(() => SlotField) slots: SlotField[];
  @Txt({ nullable: true, max: 300, example: 'الطوابق العليا تحتاج مضخة' }) noteAr: string | null;
  @Txt({ nullable: true, max: 300, example: 'Upper floors need a pump' }) noteEn: string | null;
  @InstantField() draftedAt: string;
  @InstantField({ nullable: true }) publishedAt: string | null;
}

export class NewException {
  @Id() zoneId: number;
  @DateField({ about: 'today or later' }) on: string;
  @OneOf(EXCEPTION_KINDS, { example: 'NO_SUPPLY', about: 'no turn begins on that day, or one more does' })
  kind: ExceptionKind;
  @TimeOfDay({ optional: true, about: 'of EXTRA' }) from?: string;
  @TimeOfDay({ optional: true, example: '22:00', about: 'of EXTRA; not after `from`: on the next day' }) to?: string;
  @Txt({ max: 300, example: 'نقص في مصدر المياه' }) reasonAr: string;
  @Txt({ max: 300, example: 'Less water at the source' }) reasonEn: string;
}

export class ExceptionsQuery extends PageQuery {
  @Id({ optional: true }) zoneId?: number;
  @DateField({ optional: true, about: 'that day and later' }) from?: string;
}

export class SupplyExceptionView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Id() zoneId: number;
  @DateField() on: string;
  @OneOf(EXCEPTION_KINDS, { example: 'NO_SUPPLY' }) kind: ExceptionKind;
  @Txt({ nullable: true, example: '18:00' }) from: string | null;
  @Txt({ nullable: true, example: '22:00' }) to: string | null;
  @Txt({ max: 300, example: 'نقص في مصدر المياه' }) reasonAr: string;
  @Txt({ max: 300, example: 'Less water at the source' }) reasonEn: string;
  @Flag() cancelled: boolean;
}

export const scheduleView = ({ draftedBy: _, publishedBy: _by, ...schedule }: SupplySchedule): ScheduleView => schedule;

export const exceptionView = (exception: SupplyException): SupplyExceptionView => ({
  id: exception.id,
  version: exception.version,
  zoneId: exception.zoneId,
  on: exception.onDate,
  kind: exception.kind,
  from: exception.fromTime,
  to: exception.toTime,
  reasonAr: exception.reasonAr,
  reasonEn: exception.reasonEn,
  cancelled: exception.cancelledAt !== null,
});
