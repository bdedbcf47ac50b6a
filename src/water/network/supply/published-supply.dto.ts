import { DateField, Flag, InstantField, Int, ListOf, OneOf, Part, Txt } from '@libs/http';
import { compare, type Instant } from '@libs/calendar';
import { INTERRUPTION_KINDS, type Interruption, type InterruptionKind } from '../interruptions/interruption.entity';
import { SUPPLY_STATUSES, type SuppliedTurn, type SupplyStatus, type ZoneSupply } from './published-supply';
import { EXCEPTION_KINDS, type ExceptionKind } from './supply.entity';

export class PublicSupplyQuery {
  @Txt({ optional: true, max: 20, pattern: /^[\w-]*$/, example: 'Z-WEST', about: 'code of a zone; default all' })
  zone?: string;
}

export class SupplyPageQuery extends PublicSupplyQuery {
  @OneOf(['ar', 'en'], { optional: true, example: 'en', about: 'default ar' }) lang?: 'ar' | 'en';
}

class TurnView {
  @InstantField() fromAt: string;
  @InstantField() untilAt: string;
  @Flag({ about: 'added for this day' }) extra: boolean;
  @Flag({ about: 'a part of it falls into an interruption' }) interrupted: boolean;
}

class PublicInterruptionView {
  @OneOf(INTERRUPTION_KINDS, { example: 'PLANNED' }) kind: InterruptionKind;
  @InstantField() fromAt: string;
  @InstantField({ about: 'when water is expected back' }) untilAt: string;
  @Flag({ about: 'it should have ended' }) overdue: boolean;
  @Txt({ max: 300, example: 'صيانة الخط الرئيسي' }) reasonAr: string;
  @Txt({ max: 300, example: 'Repair of the main' }) reasonEn: string;
}

class PublicExceptionView {
  @DateField() on: string;
  @OneOf(EXCEPTION_KINDS, { example: 'NO_SUPPLY' }) kind: ExceptionKind;
  @Txt({ max: 300, example: 'نقص في مصدر المياه' }) reasonAr: string;
  @Txt({ max: 300, example: 'Less water at the source' }) reasonEn: string;
}

class ZoneSupplyView {
  @Txt({ example: 'Z-WEST' }) zone: string;
  @Txt({ example: 'المنطقة الغربية' }) nameAr: string;
  @Txt({ example: 'West' }) nameEn: string;
  @OneOf(SUPPLY_STATUSES, { example: 'ON', about: 'UNKNOWN: no schedule is published' }) status: SupplyStatus;
  @Int({ nullable: true, example: 3, about: 'of the schedule in force' }) edition: number | null;
  @DateField({ nullable: true }) effectiveFrom: string | null;
  @Txt({ nullable: true, example: 'الطوابق العليا تحتاج مضخة' }) noteAr: string | null;
  @Txt({ nullable: true, example: 'Upper floors need a pump' }) noteEn: string | null;
  @Part(() => TurnView, { nullable: true, about: 'that runs now' }) current: TurnView | null;
  @Part(() => TurnView, { nullable: true, about: 'that no interruption touches' }) next: TurnView | null;
  @ListOf(() => TurnView, { about: 'of seven days' }) turns: TurnView[];
  @ListOf(() => PublicInterruptionView, { about: 'now or within seven days' })
  interruptions: PublicInterruptionView[];
  @ListOf(() => PublicExceptionView, { about: 'of seven days' }) exceptions: PublicExceptionView[];
}

export class PublicSupplyView {
  @InstantField() asOf: string;
  @ListOf(() => ZoneSupplyView, { max: 1000 }) zones: ZoneSupplyView[];
}

export const isOverdue = ({ untilAt }: Interruption, asOf: Instant): boolean => compare(untilAt, asOf) < 0;

const turnView = ({ date: _, ...turn }: SuppliedTurn): TurnView => turn;

export const publicSupplyView = ({ asOf, zones }: { asOf: Instant; zones: ZoneSupply[] }): PublicSupplyView => ({
  asOf,
  zones: zones.map(({ zone, status, schedule, current, next, turns, interruptions, exceptions }) => ({
    zone: zone.code,
    nameAr: zone.nameAr,
    nameEn: zone.nameEn,
    status,
    edition: schedule?.edition ?? null,
    effectiveFrom: schedule?.effectiveFrom ?? null,
    noteAr: schedule?.noteAr ?? null,
    noteEn: schedule?.noteEn ?? null,
    current: current && turnView(current),
    next: next && turnView(next),
    turns: turns.map(turnView),
    interruptions: interruptions.map((each) => ({
      kind: each.kind,
      fromAt: each.fromAt,
      untilAt: each.untilAt,
      overdue: isOverdue(each, asOf),
      reasonAr: each.reasonAr,
      reasonEn: each.reasonEn,
    })),
    exceptions: exceptions.map(({ onDate, kind, reasonAr, reasonEn }) => ({ on: onDate, kind, reasonAr, reasonEn })),
  })),
});
