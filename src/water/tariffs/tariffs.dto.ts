import { DateField, Flag, Id, InstantField, Int, JsonField, JsonInput, ListOf, MoneyField } from '@libs/http';
import { OneOf, PageQuery, TextList, Txt } from '@libs/http';
import { WATER_CLASSES, type WaterClass } from '../subscriptions/subscription.entity';
import { IDLE_STATES, TARIFF_STATES, type TariffState, type WaterTariff } from './tariff.entity';

const DATA = {
  code: 'JWU-2024-01',
  class: 'DOMESTIC',
  from: '2024-01-01',
  currency: 'ILS',
  blocks: {
    per: 'MONTH',
    steps: [
      { over: '0', upTo: '20', price: '5.5' },
      { over: '20', upTo: null, price: '7.2' },
    ],
  },
  fixed: { amount: '17', per: 'MONTH' },
};

export class TariffParam {
  @Id() id: number;
}

export class ListTariffs extends PageQuery {
  @OneOf(WATER_CLASSES, { optional: true, example: 'DOMESTIC' }) waterClass?: WaterClass;
  @OneOf(TARIFF_STATES, { optional: true, example: 'APPROVED' }) state?: TariffState;
}

export class CheckTariff {
  @JsonInput({ example: DATA, about: 'the version as docs/tariff.md has it' }) data: Record<string, unknown>;
}

export class DraftTariff extends CheckTariff {
  @Txt({ max: 120, example: 'تعرفة الاستهلاك المنزلي، كانون الثاني 2024' }) titleAr: string;
  @Txt({ max: 120, example: 'Domestic tariff, January 2024' }) titleEn: string;
  @TextList({
    max: 3,
    example: ['HOLD'],
    about: `states of ${IDLE_STATES.join(', ')} in which the fees are charged though nothing is read`,
  })
  idleStates: string[];
  @Txt({ max: 100, example: '12/2024' }) decisionNumber: string;
  @DateField({ example: '2023-12-28' }) decidedOn: string;
}

export class RetireTariff {
  @Txt({ min: 3, max: 500, example: 'أُلغيت الزيادة' }) reason: string;
}

export class SimulateTariff {
  @Id({ optional: true, about: 'any version or draft; without it what is approved' }) tariffId?: number;
  @OneOf(WATER_CLASSES, { example: 'DOMESTIC' }) waterClass: WaterClass;
  @Int({ min: 1, max: 2000, example: 15 }) sizeMm: number;
  @Int({ min: 1, max: 1000, example: 1, about: 'flats behind the meter' }) units: number;
  @Flag() sewer: boolean;
  @DateField({ example: '2024-01-01' }) from: string;
  @Int({ min: 1, max: 366, example: 31 }) days: number;
  @Txt({ max: 16, pattern: /^\d{1,9}(\.\d{1,3})?$/, example: '41', about: 'm³' }) consumption: string;
}

export class TariffView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Txt({ example: 'JWU-2024-01' }) code: string;
  @Txt({ example: 'تعرفة الاستهلاك المنزلي' }) titleAr: string;
  @Txt({ example: 'Domestic tariff' }) titleEn: string;
  @OneOf(WATER_CLASSES, { example: 'DOMESTIC' }) waterClass: string;
  @DateField({ example: '2024-01-01' }) effectiveFrom: string;
  @JsonField({ example: DATA }) data: object;
  @TextList({ example: ['HOLD'] }) idleStates: string[];
  @Txt({ example: '12/2024' }) decisionNumber: string;
  @DateField({ example: '2023-12-28' }) decidedOn: string;
  @OneOf(TARIFF_STATES, { example: 'APPROVED' }) state: string;
  @Int({ nullable: true, example: 1, about: 'counted over all approvals' }) approval: number | null;
  @Id({ about: 'employee' }) draftedBy: number;
  @Txt({ example: 'مها عيسى' }) draftedByName: string;
  @InstantField() draftedAt: string;
  @Id({ nullable: true }) approvedBy: number | null;
  @Txt({ nullable: true, example: 'رائد كنعان' }) approvedByName: string | null;
  @InstantField({ nullable: true }) approvedAt: string | null;
  @Id({ nullable: true, example: null }) retiredBy: number | null;
  @InstantField({ nullable: true, example: null }) retiredAt: string | null;
  @Txt({ nullable: true, max: 500, example: null }) retirement: string | null;
}

export class CheckedView {
  @Txt({ example: 'JWU-2024-01' }) code: string;
  @OneOf(WATER_CLASSES, { example: 'DOMESTIC' }) waterClass: string;
  @DateField({ example: '2024-01-01' }) effectiveFrom: string;
}

export class RatedLineView {
  @Txt({ example: 'WATER' }) component: string;
  @MoneyField({ example: '11000' }) amount: string;
  @Txt({ example: '110.00' }) formatted: string;
  @Txt({ nullable: true, example: '20.000', about: 'm³' }) quantity: string | null;
  @Txt({ nullable: true, example: '5.5', about: 'a m³' }) price: string | null;
  @Txt({ nullable: true, example: '20', about: 'in percent of the lines named by the tariff' }) percent: string | null;
}

export class RatedPartView {
  @Txt({ example: 'JWU-2024-01' }) tariff: string;
  @DateField({ example: '2024-01-01' }) from: string;
  @DateField({ example: '2024-01-31' }) to: string;
  @Int({ example: 31 }) days: number;
  @Txt({ example: '41.000', about: 'm³' }) consumption: string;
  @ListOf(() => RatedLineView, { max: 1000 }) lines: RatedLineView[];
}

export class SimulationView {
  @ListOf(() => RatedPartView, { max: 400 }) parts: RatedPartView[];
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ example: '30550' }) total: string;
  @Txt({ example: '305.50' }) formatted: string;
}

/** @param names of the staff who drafted and approved */
export const tariffView = ({ ...tariff }: WaterTariff, names: ReadonlyMap<number, string>): TariffView => ({
  ...tariff,
  draftedByName: names.get(tariff.draftedBy)!,
  approvedByName: tariff.approvedBy === null ? null : names.get(tariff.approvedBy)!,
});
