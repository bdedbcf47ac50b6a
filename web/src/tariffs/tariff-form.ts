import type { ChargeData, Component, Per, TariffData } from '@libs/tariff';
import type { Schemas } from '../api/client';

export type TariffView = Schemas['TariffView'];
export type WaterClass = TariffView['waterClass'];

export const CLASSES: readonly WaterClass[] = ['DOMESTIC', 'COMMERCIAL', 'INDUSTRIAL', 'TOURISM', 'INSTITUTIONAL', 'CAMP', 'CONSTRUCTION', 'BULK']; // prettier-ignore
export const IDLE_STATES = ['HOLD', 'DISCONNECTED', 'TEMP_CLOSED'] as const;

/** What a bill may have beside the water, and how each may be calculated. */
export const CHARGES = {
  fixed: { component: 'FIXED', kinds: ['AMOUNT'] },
  maintenance: { component: 'MAINTENANCE', kinds: ['AMOUNT', 'PERCENT', 'PRICE'] },
  sewer: { component: 'SEWER', kinds: ['PERCENT', 'PRICE', 'AMOUNT'] },
  minimum: { component: 'MINIMUM', kinds: ['AMOUNT'] },
  tax: { component: 'TAX', kinds: ['PERCENT'] },
  cap: { component: 'CAP', kinds: ['AMOUNT'] },
} as const satisfies Record<string, { component: Component; kinds: readonly Kind[] }>;
export type ChargeName = keyof typeof CHARGES;
export const CHARGE_NAMES = Object.keys(CHARGES) as ChargeName[];
export const COMPONENTS: readonly Component[] = ['WATER', ...CHARGE_NAMES.map((name) => CHARGES[name].component)];

export type Kind = 'AMOUNT' | 'PERCENT' | 'PRICE';

/** As it is typed; decimals stay text from the field to the server. */
export interface ChargeForm {
  kind: Kind | 'NONE';
  value: string;
  /** CYCLE, MONTH, or a number of days. */
  per: string;
  each: 'METER' | 'UNIT';
  of: Component[];
}

export interface TariffForm {
  code: string;
  waterClass: WaterClass;
  titleAr: string;
  titleEn: string;
  decisionNumber: string;
  decidedOn: string;
  from: string;
  until: string;
  sizes: string;
  per: string;
  /** Each begins where the one before ends; the last has no end. */
  steps: { upTo: string; price: string }[];
  charges: Record<ChargeName, ChargeForm>;
  idleStates: string[];
}

const NO_CHARGE: ChargeForm = { kind: 'NONE', value: '', per: 'MONTH', each: 'METER', of: ['WATER'] };

export const NEW_FORM: TariffForm = {
  ...{ code: '', waterClass: 'DOMESTIC', titleAr: '', titleEn: '', decisionNumber: '', decidedOn: '' },
  ...{ from: '', until: '', sizes: '', per: 'MONTH', idleStates: [] },
  steps: [
    { upTo: '20', price: '' },
    { upTo: '', price: '' },
  ],
  charges: Object.fromEntries(CHARGE_NAMES.map((name) => [name, NO_CHARGE])) as Record<ChargeName, ChargeForm>,
};

export const dataOf = ({ data }: TariffView): TariffData => data as unknown as TariffData;

export function formOf(tariff: TariffView): TariffForm {
  const data = dataOf(tariff);
  const { code, waterClass, titleAr, titleEn, decisionNumber, decidedOn, idleStates } = tariff;
  return {
    ...{ code, waterClass, titleAr, titleEn, decisionNumber, decidedOn, idleStates },
    from: data.from,
    until: data.until ?? '',
    sizes: (data.sizes ?? []).join(', '),
    per: String(data.blocks.per ?? 'CYCLE'),
    steps: data.blocks.steps.map(({ upTo, price }) => ({ upTo: upTo ?? '', price })),
    charges: Object.fromEntries(CHARGE_NAMES.map((name) => [name, chargeForm(data[name])])) as TariffForm['charges'],
  };
}

/** What a charge is read as; its members say of which kind it is. */
export function chargeForm(charge: (ChargeData & { of?: Component[] }) | undefined): ChargeForm {
  if (!charge) return NO_CHARGE;
  const of = 'of' in charge && charge.of ? charge.of : NO_CHARGE.of;
  if ('percent' in charge) return { ...NO_CHARGE, kind: 'PERCENT', value: charge.percent, of };
  if ('price' in charge) return { ...NO_CHARGE, kind: 'PRICE', value: charge.price };
  const { amount, per = 'CYCLE', each = 'METER' } = charge;
  return { kind: 'AMOUNT', value: amount, per: String(per), each, of };
}

/** The body that drafts or changes a tariff. */
export function bodyOf(form: TariffForm): Schemas['DraftTariff'] {
  const { titleAr, titleEn, decisionNumber, decidedOn, idleStates } = form;
  const sizes = form.sizes.split(/[,،\s]+/).filter((size) => size !== '');
  const charges = CHARGE_NAMES.flatMap((name) => {
    const charge = form.charges[name];
    return charge.kind === 'NONE' ? [] : [[name, chargeData(name, charge)] as const];
  });
  const data = {
    code: form.code.trim(),
    class: form.waterClass,
    ...(sizes.length > 0 && { sizes: sizes.map((size) => (/^\d+$/.test(size) ? Number(size) : size)) }),
    from: form.from,
    ...(form.until && { until: form.until }),
    currency: 'ILS',
    approval: decisionNumber,
    blocks: { per: perOf(form.per), steps: stepsOf(form.steps) },
    ...Object.fromEntries(charges),
  };
  return { titleAr, titleEn, decisionNumber, decidedOn, idleStates, data };
}

export const stepsOf = (steps: TariffForm['steps']): TariffData['blocks']['steps'] =>
  steps.map(({ upTo, price }, at) => ({
    over: at === 0 ? '0' : steps[at - 1]!.upTo.trim(),
    upTo: at === steps.length - 1 ? null : upTo.trim(),
    price: price.trim(),
  }));

const perOf = (per: string): Per => (/^\d+$/.test(per) ? Number(per) : (per as Per));

function chargeData(name: ChargeName, { kind, value, per, each, of }: ChargeForm) {
  const text = value.trim();
  if (kind === 'PERCENT') return { percent: text, of };
  if (kind === 'PRICE') return { price: text };
  return { amount: text, per: perOf(per), each, ...(name === 'minimum' || name === 'cap' ? { of } : {}) };
}
