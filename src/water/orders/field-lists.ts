import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type Principal, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Holders } from '../../billing';
import { Audit } from '../../identity';
import { cutAllowed } from './cut.rules';
import { CutSubjects, type CutSubject } from './cut-subjects';
import { Exemptions, type Hindrance } from './exemptions';
import type { ListFieldLists, NewFieldList } from './field-lists.dto';
import { FieldList, WaterOrder } from './order.entity';
import { OrderEnds } from './order-ends';
import { ends } from './orders';
import { ORDERS } from './orders.problems';

export interface FieldRow {
  order: WaterOrder;
  subject: CutSubject;
  name: string;
  /** Minor units of ILS overdue today. */
  owed: number;
}

export interface MadeList {
  list: FieldList;
  rows: FieldRow[];
  /** Paid or in a plan meanwhile. */
  cancelled: number[];
  /** Exempt at present: not for the crew. */
  left: { orderId: number; why: Hindrance }[];
}

/** How many orders are on a list, and how many of them wait. */
export interface ListedList {
  list: FieldList;
  orders: number;
  open: number;
}

/** What a crew takes along, by walk. */
@Injectable()
export class FieldLists {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly subjects: CutSubjects,
    private readonly exemptions: Exemptions,
    private readonly ends: OrderEnds,
    private readonly holders: Holders,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * All open orders of a kind, also those that an earlier list had. Cuts for debt are looked at again: what was paid or put
   * into a plan is cancelled.
   * @throws {Problem} http.invalid for a day that is over; water.before-holiday for cuts
   */
  make({ kind, workOn, crew, routeId, zoneId }: NewFieldList, by: Principal): Promise<MadeList> {
    if (workOn < localDateOf(this.clock.now())) throw invalidField('/workOn', 'day');
    return this.uow.run(async () => {
      if (kind === 'DISCONNECT' && !cutAllowed(workOn, await this.exemptions.holidays(workOn))) {
        throw new Problem(ORDERS['water.before-holiday'], { extra: { workOn } });
      }
      const list: FieldList = {
        ...{ id: await this.ids.one(), kind, workOn, crew, routeId: routeId ?? null, zoneId: zoneId ?? null },
        ...{ createdBy: by.userId, createdAt: this.clock.now() },
      };
      await this.store.insert(FieldList, list);
      const orders = await this.open(list);
      const hindrances = await this.ends.hindrances(orders);
      const made: MadeList = { list, rows: [], cancelled: [], left: [] };
      for (const order of orders) {
        const why = hindrances.get(order.subscriptionId);
        if (why && ends(why)) made.cancelled.push((await this.ends.cancelled(order, why)).id);
        else if (why) made.left.push({ orderId: order.id, why });
        else await this.store.updateVersioned(WaterOrder, order, { fieldListId: list.id });
      }
      const { id: listId } = list;
      await this.audit.record({
        action: 'water.field-list-made',
        detail: { listId, kind, workOn, cancelled: made.cancelled },
      });
      return { ...made, rows: await this.rows(listId) };
    });
  }

  /** The last day of work first, of a day the newest. */
  async all({ workOn, ...query }: ListFieldLists): Promise<Page<ListedList>> {
    const order = { workOn: 'DESC', createdAt: 'DESC', id: 'DESC' } as const;
    const page = { where: workOn ? { workOn } : {}, order, skip: skipped(query), take: query.pageSize };
    const [lists, total] = await this.store.reads(FieldList).findAndCount(page);
    const counts = await this.store.selectIn<{ id: number | string; orders: number | string; open: number | string }>(
      (ids) => `SELECT "field_list_id" AS "id", COUNT(*) AS "orders",
          SUM(CASE WHEN "state" = 'ISSUED' THEN 1 ELSE 0 END) AS "open"
        FROM "water_orders" WHERE "field_list_id" IN (${ids}) GROUP BY "field_list_id"`,
      lists.map(({ id }) => id),
    );
    const byList = new Map(counts.map((each) => [Number(each.id), each]));
    const counted = lists.map((list) => {
      const { orders = 0, open = 0 } = byList.get(list.id) ?? {};
      return { list, orders: Number(orders), open: Number(open) };
    });
    return pageOf(query, counted, total);
  }

  /** As its orders stand now. @throws {Problem} http.not-found */
  async get(id: number): Promise<Pick<MadeList, 'list' | 'rows'>> {
    const list = await this.store.reads(FieldList).findOneBy({ id });
    if (!list) throw new Problem('http.not-found');
    return { list, rows: await this.rows(id) };
  }

  private async open({ kind, routeId, zoneId }: FieldList): Promise<WaterOrder[]> {
    const orders = await this.store.reads(WaterOrder).find({ where: { state: 'ISSUED', kind }, order: { id: 'ASC' } });
    const subjects = await this.subjects.byId(orders.map(({ subscriptionId }) => subscriptionId));
    const onRoute = routeId === null ? null : await this.ofRoute(routeId, [...subjects.keys()]);
    return orders.filter(({ subscriptionId }) => {
      const subject = subjects.get(subscriptionId)!;
      return (onRoute === null || onRoute.has(subject.id)) && (zoneId === null || subject.zoneId === zoneId);
    });
  }

  private async ofRoute(routeId: number, ids: readonly number[]): Promise<Set<number>> {
    const rows = await this.store.selectIn<{ id: number | string }>(
      (list) => `SELECT "id" FROM "water_subscriptions" WHERE "id" IN (${list}) AND "route_id" = ?`,
      ids,
      [routeId],
    );
    return new Set(rows.map(({ id }) => Number(id)));
  }

  /** In the order of the walk. */
  private async rows(fieldListId: number): Promise<FieldRow[]> {
    const orders = await this.store.reads(WaterOrder).find({ where: { fieldListId }, order: { id: 'ASC' } });
    const subjects = await this.subjects.byId(orders.map(({ subscriptionId }) => subscriptionId));
    const known = [...subjects.values()];
    const holders = await this.holders.of(known.map(({ accountId }) => accountId));
    const owed = await this.exemptions.owed(known, localDateOf(this.clock.now()));
    return orders
      .map((order) => {
        const subject = subjects.get(order.subscriptionId)!;
        const { accountId } = subject;
        return { order, subject, name: holders.get(accountId)!.name, owed: owed.get(accountId)?.owed ?? 0 };
      })
      .sort((a, b) => walkOrder(a.subject, b.subject) || a.order.id - b.order.id);
  }
}

const walkOrder = (a: CutSubject, b: CutSubject): number =>
  compare(a.routeCode ?? '\uffff', b.routeCode ?? '\uffff') || (a.sequence ?? Infinity) - (b.sequence ?? Infinity) || 0;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
