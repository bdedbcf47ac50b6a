import { DateField, Id, IdList, InstantField, Int, ListOf, OneOf, PageQuery, Txt } from '@libs/http';
import { ORDER_STATES, type OrderState, type WorkOrder } from './fault.entity';

export class OrderParam {
  @Id() id: number;
}

export class NewOrder {
  @IdList({ optional: true, min: 1, max: 50, about: 'open reports of one zone; left out: planned work' })
  faultIds?: number[];
  @Id({ optional: true, about: 'needed without reports, else theirs' }) zoneId?: number;
  @Txt({ optional: true, max: 300, example: 'خزان رفيديا', about: 'needed without reports, else that of the first' })
  place?: string;
  @Txt({ max: 120, example: 'طاقم الصيانة 2' }) crew: string;
  @DateField({ optional: true }) plannedFor?: string;
  @Txt({ optional: true, max: 1000, example: 'إغلاق محبس الشارع قبل الحفر' }) instructions?: string;
}

export class MoreFaults {
  @IdList({ max: 50, about: 'open reports of the zone of the order' }) faultIds: number[];
}

export class MaterialField {
  @Txt({ max: 100, example: 'ماسورة 2 إنش' }) name: string;
  @Int({ min: 1, max: 1_000_000, example: 6, about: 'whole units' }) quantity: number;
  @Txt({ max: 20, example: 'متر' }) unit: string;
}

export class Repair {
  @Txt({ max: 1000, example: 'استبدال وصلة مكسورة' }) outcome: string;
  @ListOf(() => MaterialField, { optional: true, max: 50 }) materials?: MaterialField[];
}

export class OrderCancellation {
  @Txt({ max: 1000, example: 'البلاغ يعود لخط خاص' }) reason: string;
}

export class OrdersQuery extends PageQuery {
  @OneOf(ORDER_STATES, { optional: true, example: 'PLANNED' }) state?: OrderState;
  @Id({ optional: true }) zoneId?: number;
  @Txt({ optional: true, max: 120, example: 'طاقم الصيانة 2' }) crew?: string;
}

export class OrderView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Id() zoneId: number;
  @Txt({ max: 300, example: 'شارع رفيديا، قرب المسجد' }) place: string;
  @Txt({ example: 'طاقم الصيانة 2' }) crew: string;
  @OneOf(ORDER_STATES, { example: 'PLANNED' }) state: OrderState;
  @DateField({ nullable: true }) plannedFor: string | null;
  @Txt({ nullable: true, max: 1000, example: 'إغلاق محبس الشارع قبل الحفر' }) instructions: string | null;
  @InstantField({ nullable: true, about: 'of the first of its reports' }) firstReportedAt: string | null;
  @InstantField({ nullable: true }) startedAt: string | null;
  @InstantField({ nullable: true }) repairedAt: string | null;
  @InstantField({ nullable: true }) cancelledAt: string | null;
  @ListOf(() => MaterialField) materials: MaterialField[];
  @Txt({ nullable: true, max: 1000, example: 'استبدال وصلة مكسورة' }) outcome: string | null;
  @InstantField() createdAt: string;
}

export const orderView = ({ createdBy: _, ...order }: WorkOrder): OrderView => order;
