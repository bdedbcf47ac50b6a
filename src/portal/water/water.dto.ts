import { DateField, Flag, Id, InstantField, Int, ListOf, OneOf, Part, TextList, Txt } from '@libs/http';
import { READING_STATES, SUBSCRIPTION_STATES, WATER_CLASSES, type ReadingDetail } from '../../water';
import { isShared } from '../scope/sharing';
import { zoneOf, type CycleUse, type MySubscription } from './my-water';

export class PortalSubscriptionParam {
  @Id({ about: 'one of `GET /me/water/subscriptions`' }) id: number;
}

export class PortalOwnReading {
  @Int({ example: 1042, about: 'what the register shows now' }) value: number;
}

class PortalMeterView {
  @Txt({ example: 'Z2409234' }) serial: string;
  @Int({ example: 5 }) digits: number;
  @Int({ example: 15 }) sizeMm: number;
  @DateField() installedOn: string;
}

export class PortalSubscriptionView {
  @Id() id: number;
  @Txt({ example: '20005' }) number: string;
  @Id({ about: 'account it is billed on' }) accountId: number;
  @OneOf(SUBSCRIPTION_STATES, { example: 'ACTIVE' }) state: string;
  @Txt({ nullable: true, example: null, about: 'why it is DISCONNECTED' }) disconnection: string | null;
  @OneOf(WATER_CLASSES, { example: 'DOMESTIC' }) waterClass: string;
  @Int({ example: 1, about: 'flats or shops behind the meter' }) units: number;
  @Flag({ about: 'on the sewer as well' }) sewer: boolean;
  @Flag({ about: 'held beside others' }) shared: boolean;
  @Txt({ nullable: true, max: 300, example: 'رفيديا', about: 'null where it is shared' }) address: string | null;
  @Id({ nullable: true, about: 'see `GET /me/water/supply`' }) zoneId: number | null;
  @Part(() => PortalMeterView, { nullable: true }) meter: PortalMeterView | null;
  @DateField() openedOn: string;
}

export class PortalSubscriptionsView {
  @ListOf(() => PortalSubscriptionView, { max: 10_000 }) subscriptions: PortalSubscriptionView[];
}

class CycleUseView {
  @Txt({ example: '2026-10' }) period: string;
  @Int({ example: 14, min: -2_147_483_648 }) cubicMetres: number;
  @Flag({ about: 'a part of it is an estimate' }) estimated: boolean;
}

export class PortalSubscriptionDetailView extends PortalSubscriptionView {
  @ListOf(() => CycleUseView, { about: 'of the last twelve cycles that were read, the oldest first' })
  used: CycleUseView[];
}

export class PortalReadingView {
  @Id() id: number;
  @Txt({ example: '2026-11' }) period: string;
  @DateField() readOn: string;
  @Int({ nullable: true, example: 1042, about: 'of the register; null when nobody could get to it' })
  value: number | null;
  @Int({ nullable: true, min: -2_147_483_648, example: 24, about: 'm³ since the reading before' })
  consumption: number | null;
  @Int({ nullable: true, example: 22, about: 'm³ by the average, for the same days' }) expected: number | null;
  @OneOf(READING_STATES, { example: 'VALID', about: 'SUSPECT: somebody will look at it' }) state: string;
  @Txt({ example: 'CITIZEN' }) source: string;
  @TextList({ example: [], about: 'what is odd about it' }) anomalies: string[];
  @InstantField() receivedAt: string;
}

export function subscriptionView({ detail, held }: MySubscription): PortalSubscriptionView {
  const { subscription, premise, meter, installation } = detail;
  const { id, number, accountId, state, disconnection, waterClass, units, sewer, openedOn } = subscription;
  return {
    ...{ id, number, accountId, state, disconnection, waterClass, units, sewer, openedOn },
    shared: isShared(held),
    address: isShared(held) ? null : premise.address || null,
    zoneId: zoneOf(detail),
    meter: meter &&
      installation && {
        ...{ serial: meter.serial, digits: meter.digits, sizeMm: meter.sizeMm },
        installedOn: installation.installedOn,
      },
  };
}

export const subscriptionDetailView = (mine: MySubscription, used: CycleUse[]): PortalSubscriptionDetailView => ({
  ...subscriptionView(mine),
  used,
});

export const readingView = ({ reading, expected }: ReadingDetail): PortalReadingView => {
  const { id, period, readOn, value, consumption, state, source, anomalies, receivedAt } = reading;
  return { id, period, readOn, value, consumption, expected, state, source, anomalies, receivedAt };
};
