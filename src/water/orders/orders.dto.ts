import { DateField, Id, IdList, InstantField, Int, ListOf, OneOf, PageQuery, Txt } from '@libs/http';
import { DISCONNECTIONS } from '../subscriptions/subscription.entity';
import { EXEMPTIONS } from './cut.entity';
import { ORDER_KINDS, ORDER_STATES, type OrderKind, type OrderState, type WaterOrder } from './order.entity';
import type { OrderedCuts } from './orders';

export class WaterOrderParam {
  @Id() id: number;
}

export class ListOrders extends PageQuery {
  @OneOf(ORDER_STATES, { optional: true, example: 'ISSUED' }) state?: OrderState;
  @OneOf(ORDER_KINDS, { optional: true, example: 'DISCONNECT' }) kind?: OrderKind;
  @Id({ optional: true }) subscriptionId?: number;
}

export class OrderCuts {
  @Id({ optional: true, about: 'only notices of this list' }) runId?: number;
}

export class CutForTamper {
  @Txt({ min: 3, max: 500, example: 'ختم مكسور وقراءة معكوسة، محضر 2026/31' }) reason: string;
}

export class ExecuteOrder {
  @DateField() on: string;
  @Int({ optional: true, example: 1320, about: 'of the register' }) reading?: number;
  @Txt({ optional: true, max: 40, example: 'S-118834', about: 'of the seal that was put on' }) seal?: string;
  @Txt({ optional: true, max: 200, example: 'photos/2026/11/24/118834.jpg', about: 'where the photo is kept' })
  photo?: string;
}

export class OrderReason {
  @Txt({ min: 3, max: 500, example: 'الباب مغلق' }) reason: string;
}

export class WaterOrderView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @OneOf(ORDER_KINDS, { example: 'DISCONNECT' }) kind: string;
  @OneOf(DISCONNECTIONS, { example: 'DEBT' }) cause: string;
  @OneOf(ORDER_STATES, { example: 'ISSUED' }) state: string;
  @Id() subscriptionId: number;
  @Id({ nullable: true }) noticeId: number | null;
  @Id({ nullable: true }) fieldListId: number | null;
  @InstantField({ nullable: true, about: 'by when water is to be restored' }) dueAt: string | null;
  @IdList({ min: 0, example: [], about: 'charges of the fee' }) feeChargeIds: number[];
  @Txt({ nullable: true, max: 500, example: null }) reason: string | null;
  @Id({ about: 'employee' }) issuedBy: number;
  @InstantField() issuedAt: string;
  @DateField({ nullable: true }) executedOn: string | null;
  @Int({ nullable: true, example: 1320 }) reading: number | null;
  @Txt({ nullable: true, example: 'S-118834' }) seal: string | null;
  @Txt({ nullable: true, example: 'photos/2026/11/24/118834.jpg' }) photo: string | null;
  @Id({ nullable: true, about: 'employee; null when a payment or plan cancelled it' }) endedBy: number | null;
  @InstantField({ nullable: true }) endedAt: string | null;
  @Txt({ nullable: true, max: 500, example: 'PAID', about: 'PAID or PLAN, or the reason that somebody gave' })
  endReason: string | null;
}

class NotOrderedView {
  @Txt({ example: 'DW-OSS-2026-000012-08' }) serial: string;
  @OneOf([...EXEMPTIONS, 'PAID', 'NOT_ACTIVE'], { example: 'PAID' }) why: string;
  @Txt({ nullable: true, example: null, about: 'number of the decision; state of the subscription' }) detail:
    string | null;
}

export class OrderedCutsView {
  @ListOf(() => WaterOrderView, { max: 5000 }) orders: WaterOrderView[];
  @ListOf(() => NotOrderedView, { max: 5000, about: 'paid or in a plan meanwhile: their notices are cancelled' })
  cancelled: NotOrderedView[];
  @ListOf(() => NotOrderedView, { max: 5000, about: 'exempt at present or not to be cut: their notices stay' })
  left: NotOrderedView[];
}

export const waterOrderView = ({ openSubscriptionId: _, ...order }: WaterOrder): WaterOrderView => order;

const notOrdered = ({ serial, why: { code, detail } }: OrderedCuts['left'][number]) => ({ serial, why: code, detail });

export const orderedCutsView = ({ orders, cancelled, left }: OrderedCuts): OrderedCutsView => ({
  orders: orders.map(waterOrderView),
  cancelled: cancelled.map(notOrdered),
  left: left.map(notOrdered),
});
