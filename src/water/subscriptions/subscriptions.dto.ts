import { DateField, Flag, Id, InstantField, Int, ListOf, OneOf, PageQuery, Part, Txt } from '@libs/http';
import {
  DISCONNECTIONS,
  PROTECTIONS,
  SUBSCRIPTION_STATES,
  WATER_CLASSES,
  type SubscriptionEvent,
  type SubscriptionState,
  type WaterClass,
} from './subscription.entity';
import type { SubscriptionDetail } from './subscriptions';

export class SubscriptionParam {
  @Id() id: number;
}

export class ListSubscriptions extends PageQuery {
  @Id({ optional: true }) routeId?: number;
  @OneOf(SUBSCRIPTION_STATES, { optional: true, example: 'ACTIVE' }) state?: SubscriptionState;
  @OneOf(WATER_CLASSES, { optional: true, example: 'DOMESTIC' }) waterClass?: WaterClass;
  @Txt({ optional: true, min: 1, max: 100, example: '200', about: 'how the number begins' }) number?: string;
  @Txt({ optional: true, min: 1, max: 60, example: 'Z24', about: 'how the serial of its meter begins' })
  serial?: string;
  @Id({ optional: true, about: 'of billing' }) accountId?: number;
  @Txt({
    optional: true,
    max: 2000,
    pattern: /^\d{1,15}(,\d{1,15}){0,99}$/,
    example: '1042,1043',
    about: 'these alone',
  })
  ids?: string;
}

export class ChangeSubscription {
  @Id({ optional: true, nullable: true, about: 'of the walk; null takes it out of all' }) routeId?: number | null;
  @Int({ optional: true, nullable: true, min: 1, example: 370, about: 'place in the walk' }) sequence?: number | null;
  @Id({ optional: true, nullable: true, about: 'subscription whose meter measures this water too' })
  masterId?: number | null;
  @Int({ optional: true, min: 10, max: 500, example: 20 }) sizeMm?: number;
  @Int({ optional: true, min: 1, max: 1000, example: 4, about: 'flats or shops behind the meter' }) units?: number;
  @DateField({
    optional: true,
    about: 'first day of another size or number of units; left out: the first not billed, today at the soonest',
  })
  effectiveOn?: string;
  @Txt({ min: 3, max: 500, example: 'نُقل إلى خط سير رفيديا' }) reason: string;
}

class InstalledMeterView {
  @Id({ about: 'of the meter' }) id: number;
  @Txt({ example: 'Z2409234' }) serial: string;
  @Int({ example: 5 }) digits: number;
  @Int({ example: 15 }) sizeMm: number;
  @Int({ example: 1, about: 'm³ a unit of the register' }) multiplier: number;
  @Txt({ nullable: true, example: null }) seal: string | null;
  @DateField() installedOn: string;
  @Int({ example: 0 }) initialReading: number;
  @Flag({ about: 'water is bought in advance' }) prepaid: boolean;
}

class RouteOfView {
  @Id() id: number;
  @Txt({ example: '26' }) code: string;
  @Txt({ example: 'خط سير 26' }) name: string;
}

export class SubscriptionView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Txt({ example: '20005' }) number: string;
  @OneOf(SUBSCRIPTION_STATES, { example: 'ACTIVE' }) state: string;
  @OneOf(DISCONNECTIONS, { nullable: true, example: null }) disconnection: string | null;
  @OneOf(PROTECTIONS, { nullable: true, example: null }) protection: string | null;
  @OneOf(WATER_CLASSES, { example: 'DOMESTIC' }) waterClass: string;
  @Int({ example: 15 }) sizeMm: number;
  @Int({ example: 1, about: 'flats or shops behind the meter' }) units: number;
  @Flag() sewer: boolean;
  @Id({ about: 'of billing' }) accountId: number;
  @Txt({ max: 300, example: 'رفيديا' }) address: string;
  @Id({ nullable: true }) zoneId: number | null;
  @Part(() => RouteOfView, { nullable: true }) route: RouteOfView | null;
  @Int({ nullable: true, example: 369 }) sequence: number | null;
  @Id({ nullable: true, about: 'subscription whose meter measures this water too' }) masterId: number | null;
  @Part(() => InstalledMeterView, { nullable: true }) meter: InstalledMeterView | null;
  @DateField() openedOn: string;
  @DateField({ nullable: true }) closedOn: string | null;
}

export class FoundSubscriptionView extends SubscriptionView {
  @Txt({ max: 500, example: 'محمد أحمد النابلسي', about: 'approved name, or what the old system called the payer' })
  holder: string;
}

export class SubscriptionsView {
  @ListOf(() => SubscriptionView, { max: 10_000 }) subscriptions: SubscriptionView[];
}

class SubscriptionEventView {
  @Txt({ example: 'STATE' }) kind: string;
  @Txt({ nullable: true, example: 'ACTIVE' }) fromState: string | null;
  @Txt({ nullable: true, example: 'DISCONNECTED' }) toState: string | null;
  @DateField() happenedOn: string;
  @Txt({ nullable: true, max: 500, example: null }) reason: string | null;
  @Txt({ nullable: true, example: 'order' }) documentType: string | null;
  @Txt({ nullable: true, example: '1042' }) documentId: string | null;
  @Id({ nullable: true, about: 'employee' }) recordedBy: number | null;
  @InstantField() recordedAt: string;
}

export class SubscriptionEventsView {
  @ListOf(() => SubscriptionEventView, { max: 10_000 }) events: SubscriptionEventView[];
}

export function subscriptionView(detail: SubscriptionDetail): SubscriptionView {
  const { subscription, premise, route, installation, meter, prepaid } = detail;
  const { premiseId: _, routeId: __, legacyServiceId: ___, ...own } = subscription;
  return {
    ...own,
    address: premise.address,
    zoneId: premise.zoneId ?? route?.zoneId ?? null,
    route: route && { id: route.id, code: route.code, name: route.name },
    meter: installation &&
      meter && {
        id: meter.id,
        serial: meter.serial,
        digits: meter.digits,
        sizeMm: meter.sizeMm,
        multiplier: meter.multiplier,
        seal: meter.seal,
        installedOn: installation.installedOn,
        initialReading: installation.initialReading,
        prepaid,
      },
  };
}

export const eventsView = (events: readonly SubscriptionEvent[]): SubscriptionEventsView => ({
  events: events.map(({ id: _, subscriptionId: __, ...event }) => event),
});
