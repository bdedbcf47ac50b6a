import type { TariffData } from '@libs/tariff';
import { bodyOf, formOf, NEW_FORM, type TariffView } from './tariff-form';

const FULL: TariffData = {
  code: 'DOM-2026',
  class: 'DOMESTIC',
  sizes: [15, 20],
  from: '2026-01-01',
  until: '2026-12-31',
  currency: 'ILS',
  approval: '12/2026',
  blocks: {
    per: 30,
    steps: [
      { over: '0', upTo: '20', price: '5.5' },
      { over: '20', upTo: '40.5', price: '7.2' },
      { over: '40.5', upTo: null, price: '9.123456' },
    ],
  },
  fixed: { amount: '17', per: 'MONTH', each: 'UNIT' },
  maintenance: { price: '0.25' },
  sewer: { percent: '20', of: ['WATER'] },
  minimum: { amount: '25', per: 'CYCLE', each: 'METER', of: ['WATER', 'FIXED'] },
  tax: { percent: '16', of: ['WATER', 'FIXED', 'MINIMUM', 'MAINTENANCE', 'SEWER'] },
  cap: { amount: '2000', per: 'MONTH', each: 'METER', of: ['WATER'] },
};
const head = {
  ...{ titleAr: 'تعرفة', titleEn: 'Tariff', decisionNumber: '12/2026', decidedOn: '2025-12-28', idleStates: ['HOLD'] },
};
const view = (data: TariffData) =>
  ({ ...head, code: data.code, waterClass: data.class, data }) as unknown as TariffView;

it('a tariff goes through the form unchanged', () => {
  expect(bodyOf(formOf(view(FULL)))).toEqual({ ...head, data: FULL });
});

it('what was left out of a tariff is told in the form', () => {
  const { code, from, currency, blocks } = FULL;
  const bare: TariffData = {
    code,
    class: 'CAMP',
    from,
    currency,
    blocks: { steps: blocks.steps },
    fixed: { amount: '9' },
  };
  expect(bodyOf(formOf(view(bare))).data).toEqual({
    ...bare,
    approval: '12/2026',
    blocks: { per: 'CYCLE', steps: blocks.steps },
    fixed: { amount: '9', per: 'CYCLE', each: 'METER' },
  });
});

it('what is typed is sent as text, block after block, and a size that is none is left to the server', () => {
  const form = {
    ...NEW_FORM,
    ...{ code: ' X ', from: '2026-01-01', sizes: '15، 20 abc' },
    steps: [
      { upTo: ' 10 ', price: '5.50' },
      { upTo: 'ignored', price: '7' },
    ],
  };
  expect(bodyOf(form).data).toMatchObject({
    code: 'X',
    sizes: [15, 20, 'abc'],
    blocks: {
      per: 'MONTH',
      steps: [
        { over: '0', upTo: '10', price: '5.50' },
        { over: '10', upTo: null, price: '7' },
      ],
    },
  });
  expect(bodyOf(form).data).not.toHaveProperty('until');
  expect(bodyOf(form).data).not.toHaveProperty('fixed');
});
