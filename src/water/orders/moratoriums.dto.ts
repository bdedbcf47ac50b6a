import { DateField, Id, InstantField, Int, OneOf, Txt } from '@libs/http';
import { WATER_CLASSES, type WaterClass } from '../subscriptions/subscription.entity';

export class NewHoliday {
  @DateField({ example: '2027-03-09' }) day: string;
  @Txt({ max: 120, example: 'عيد الفطر' }) nameAr: string;
  @Txt({ max: 120, example: 'Eid al-Fitr' }) nameEn: string;
}

export class HolidayView extends NewHoliday {
  @Id() id: number;
}

export class MoratoriumParam {
  @Id() id: number;
}

export class NewMoratorium {
  @DateField() fromOn: string;
  @DateField({ optional: true, about: 'the last day; left out: until it is ended' }) toOn?: string;
  @Id({ optional: true, about: 'default everywhere' }) zoneId?: number;
  @OneOf(WATER_CLASSES, { optional: true, example: 'DOMESTIC', about: 'default all' }) waterClass?: WaterClass;
  @Txt({ max: 100, example: 'ق.م 2026/114' }) decisionNumber: string;
  @Txt({ min: 3, max: 500, example: 'حالة طوارئ' }) reason: string;
}

export class MoratoriumView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @DateField() fromOn: string;
  @DateField({ nullable: true }) toOn: string | null;
  @Id({ nullable: true }) zoneId: number | null;
  @OneOf(WATER_CLASSES, { nullable: true, example: null }) waterClass: string | null;
  @Txt({ example: 'ق.م 2026/114' }) decisionNumber: string;
  @Txt({ max: 500, example: 'حالة طوارئ' }) reason: string;
  @Id({ about: 'employee' }) recordedBy: number;
  @InstantField() recordedAt: string;
  @Id({ nullable: true, about: 'employee who ended it before its time' }) endedBy: number | null;
}
