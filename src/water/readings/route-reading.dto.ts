import { DateField, Flag, Id, Int, ListOf, OneOf, Part, Txt } from '@libs/http';
import { NoAccessView, PeriodField } from './capture.dto';
import { ESTIMATE_METHODS } from './estimate.rules';
import { ESTIMATE_EXCEPTIONS, type EstimateRun } from './estimates';
import { VISIT_REASONS } from './reading-visit.entity';
import { sheetHash, type RouteSheet } from './route-sheet';

export class SheetQuery {
  @PeriodField() period: string;
}

class SheetRouteView {
  @Id() id: number;
  @Txt({ example: '26' }) code: string;
  @Txt({ example: 'رفيديا، الشارع الرئيسي' }) name: string;
}

class SheetStopView {
  @Txt({ example: '20005' }) subscription: string;
  @Int({ nullable: true, example: 369 }) sequence: number | null;
  @Txt({ max: 300, example: 'رفيديا' }) address: string;
  @Txt({ example: 'Z2409234' }) serial: string;
  @Int({ example: 5 }) digits: number;
  @Int({ nullable: true, example: 1018, about: 'null: not known' }) lastReading: number | null;
  @DateField() lastReadOn: string;
  @Flag({ about: 'the last one is an estimate' }) estimated: boolean;
  @Int({ nullable: true, example: 24, about: 'm³ a month' }) average: number | null;
  @Int({ nullable: true, example: 1025, about: 'of the register, at the end of the period' }) expectedFrom:
    number | null;
  @Int({ nullable: true, example: 1090 }) expectedTo: number | null;
  @OneOf(VISIT_REASONS, { nullable: true, example: null, about: 'why somebody is sent here' }) visit: string | null;
  @Txt({ nullable: true, max: 300, example: null }) note: string | null;
  @Int({ nullable: true, example: null, about: 'what was read for the period already' }) read: number | null;
}

export class SheetView {
  @Part(() => SheetRouteView) route: SheetRouteView;
  @PeriodField() period: string;
  @Txt({ example: '4f1c2b7e0d9a4f1c2b7e0d9a4f1c2b7e', about: 'another one when anything in it has changed' })
  hash: string;
  @ListOf(() => NoAccessView, { max: 100 }) noAccess: NoAccessView[];
  @ListOf(() => SheetStopView, { max: 100_000 }) stops: SheetStopView[];
}

export const sheetView = (sheet: RouteSheet): SheetView => ({
  ...sheet,
  hash: sheetHash(sheet),
  noAccess: [...sheet.noAccess],
});

class EstimateView {
  @Id() subscriptionId: number;
  @Txt({ example: '20005' }) subscription: string;
  @Txt({ example: 'Z2409234' }) serial: string;
  @OneOf(ESTIMATE_METHODS, { example: 'SEASON' }) method: string;
  @Int({ example: 1042, about: 'of the register' }) value: number;
  @Int({ example: 24, about: 'm³' }) consumption: number;
}

class EstimateExceptionView {
  @Id() subscriptionId: number;
  @Txt({ example: '20006' }) subscription: string;
  @Txt({ example: 'Z2409235' }) serial: string;
  @OneOf(ESTIMATE_EXCEPTIONS, { example: 'VISIT' }) exception: string;
}

export class EstimatesView {
  @ListOf(() => EstimateView, { max: 100_000 }) estimates: EstimateView[];
  @ListOf(() => EstimateExceptionView, { max: 100_000 }) exceptions: EstimateExceptionView[];
}

export const estimatesView = ({ estimates, exceptions }: EstimateRun): EstimatesView => ({
  estimates: estimates.map(({ site, ...estimate }) => ({ ...meter(site), ...estimate })),
  exceptions: exceptions.map(({ site, exception }) => ({ ...meter(site), exception })),
});

const meter = ({ subscriptionId, number: subscription, serial }: EstimateRun['estimates'][number]['site']) => ({
  ...{ subscriptionId, subscription, serial },
});
