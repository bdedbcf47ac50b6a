import { DateField, Id, IdList, InstantField, Int, ListOf, MoneyField, OneOf, PageQuery, Txt } from '@libs/http';
import { formatAmount } from '@libs/money';
import { EXEMPTIONS } from './cut.entity';
import type { FieldRow, ListedList, MadeList } from './field-lists';
import { ORDER_KINDS, ORDER_STATES, type OrderKind } from './order.entity';
import { DISCONNECTIONS } from '../subscriptions/subscription.entity';

export class FieldListParam {
  @Id() id: number;
}

export class ListFieldLists extends PageQuery {
  @DateField({ optional: true }) workOn?: string;
}

export class PrintFieldList {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: 'ar' | 'en';
}

export class NewFieldList {
  @OneOf(ORDER_KINDS, { example: 'DISCONNECT' }) kind: OrderKind;
  @DateField({ about: 'today or later; for cuts neither a day off nor the day before one' }) workOn: string;
  @Txt({ min: 2, max: 120, example: 'فرقة رفيديا، رائد سالم' }) crew: string;
  @Id({ optional: true, about: 'default all' }) routeId?: number;
  @Id({ optional: true, about: 'default all' }) zoneId?: number;
}

class FieldRowView {
  @Id() orderId: number;
  @Id() subscriptionId: number;
  @Int({ example: 1, about: 'of the order' }) version: number;
  @OneOf(ORDER_STATES, { example: 'ISSUED' }) state: string;
  @OneOf(DISCONNECTIONS, { example: 'DEBT' }) cause: string;
  @Txt({ example: '20005' }) subscription: string;
  @Txt({ max: 500, example: 'محمد أحمد خليل النابلسي' }) name: string;
  @Txt({ max: 300, example: 'رفيديا' }) address: string;
  @Txt({ nullable: true, example: '26' }) route: string | null;
  @Int({ nullable: true, example: 369 }) sequence: number | null;
  @Txt({ nullable: true, example: 'Z2409234' }) meter: string | null;
  @MoneyField({ about: 'ILS overdue today' }) owed: string;
  @Txt({ example: '2,350.00' }) formatted: string;
  @DateField({ nullable: true }) executedOn: string | null;
  @Int({ nullable: true, example: 1320, about: 'of the register when it was carried out' }) reading: number | null;
  @Txt({ nullable: true, example: 'S-118834' }) seal: string | null;
  @Txt({ nullable: true, max: 500, example: null }) endReason: string | null;
}

class FieldListHeadView {
  @Id() id: number;
  @OneOf(ORDER_KINDS, { example: 'DISCONNECT' }) kind: string;
  @DateField() workOn: string;
  @Txt({ example: 'فرقة رفيديا، رائد سالم' }) crew: string;
  @Id({ nullable: true }) routeId: number | null;
  @Id({ nullable: true }) zoneId: number | null;
  @Id({ about: 'employee' }) createdBy: number;
  @InstantField() createdAt: string;
}

export class ListedFieldListView extends FieldListHeadView {
  @Int({ example: 24, about: 'orders; those that a later list took over are on that list' }) orders: number;
  @Int({ example: 6, about: 'of them still to be carried out' }) open: number;
}

export class FieldListView extends FieldListHeadView {
  @ListOf(() => FieldRowView, { max: 100_000, about: 'in the order of the walk' }) rows: FieldRowView[];
}

class LeftOrderView {
  @Id() orderId: number;
  @OneOf(EXEMPTIONS, { example: 'MORATORIUM' }) why: string;
  @Txt({ nullable: true, example: 'ق.م 2026/114' }) detail: string | null;
}

export class MadeListView extends FieldListView {
  @IdList({ min: 0, max: 100_000, example: [], about: 'orders that a payment or plan has cancelled' })
  cancelled: number[];
  @ListOf(() => LeftOrderView, { max: 100_000, about: 'exempt at present: not for the crew' }) left: LeftOrderView[];
}

const rowView = ({ order, subject, name, owed }: FieldRow): FieldRowView => ({
  ...{ orderId: order.id, subscriptionId: subject.id, version: order.version, state: order.state, cause: order.cause },
  ...{ subscription: subject.number, name, address: subject.address, route: subject.routeCode },
  ...{ sequence: subject.sequence, meter: subject.meter, owed: String(owed), formatted: formatAmount(owed, 'ILS') },
  ...{ executedOn: order.executedOn, reading: order.reading, seal: order.seal, endReason: order.endReason },
});

export const listedFieldListView = ({ list, ...counts }: ListedList): ListedFieldListView => ({ ...list, ...counts });

export const fieldListView = ({ list, rows }: Pick<MadeList, 'list' | 'rows'>): FieldListView => ({
  ...list,
  rows: rows.map(rowView),
});

export const madeListView = ({ cancelled, left, ...made }: MadeList): MadeListView => ({
  ...fieldListView(made),
  cancelled,
  left: left.map(({ orderId, why: { code, detail } }) => ({ orderId, why: code, detail })),
});
