import * as fc from 'fast-check';
import { balanceOf, sumOfMonths, sumOfZones, type BalanceInputs } from './balance.rules';

const INPUTS: BalanceInputs = {
  days: 30,
  input: 10_000,
  unbilledAuthorised: 500,
  billedMetered: 6000,
  billedEstimated: 500,
  connections: 400,
  metres: 12_500,
};
const UNZONED = {
  ...INPUTS,
  input: null,
  unbilledAuthorised: null,
  metres: null,
  billedMetered: 0,
  billedEstimated: 0,
  connections: 0,
};

describe('a water balance', () => {
  it('follows the terms of the IWA', () => {
    expect(balanceOf(INPUTS)).toEqual({
      ...INPUTS,
      billed: 6500,
      nonRevenue: 3500,
      nonRevenueHundredths: 3500,
      losses: 3000,
      lossesHundredths: 3000,
      // 3,000,000 litres of 400 connections and 30 days; 3,000 m³ of 12.5 km and 30 days.
      litresPerConnectionDay: 250,
      tenthsPerKmDay: 80,
      missing: [],
    });
  });

  it('says what is missing and lets nothing follow from it', () => {
    expect(balanceOf({ ...INPUTS, input: null })).toMatchObject({ missing: ['INPUT'], nonRevenue: null, losses: null });
    expect(balanceOf({ ...INPUTS, unbilledAuthorised: null })).toMatchObject({
      missing: ['UNBILLED_AUTHORISED'],
      nonRevenueHundredths: 3500,
      losses: null,
      litresPerConnectionDay: null,
    });
    expect(balanceOf({ ...INPUTS, billedMetered: null, metres: null })).toMatchObject({
      missing: ['LENGTH', 'BILLED'],
      billed: null,
      nonRevenue: null,
    });
    expect(balanceOf({ ...INPUTS, metres: null })).toMatchObject({ tenthsPerKmDay: null, litresPerConnectionDay: 250 });
    expect(balanceOf({ ...INPUTS, connections: 0, metres: 0 })).toMatchObject({
      litresPerConnectionDay: null,
      tenthsPerKmDay: null,
    });
  });

  it('shows more billed than put in as a negative loss, and of no input no share', () => {
    expect(balanceOf({ ...INPUTS, input: 5000 })).toMatchObject({ nonRevenue: -1500, nonRevenueHundredths: -3000 });
    expect(balanceOf({ ...INPUTS, input: 0 })).toMatchObject({ nonRevenue: -6500, nonRevenueHundredths: null });
  });

  it('of several zones lacks what one of them lacks, and bills consumption without a zone', () => {
    const both = sumOfZones([INPUTS, { ...INPUTS, input: 2000 }], { ...UNZONED, billedMetered: 100, connections: 3 });
    expect(both).toMatchObject({ input: 12_000, billedMetered: 12_100, connections: 803, metres: 25_000, days: 30 });
    expect(sumOfZones([INPUTS, { ...INPUTS, input: null }], UNZONED)).toMatchObject({
      input: null,
      billedMetered: 12_000,
    });
    expect(sumOfZones([], UNZONED)).toMatchObject({ input: null, billedMetered: 0, connections: 0 });
  });

  it('of several months weighs connections and mains by the days', () => {
    const months = sumOfMonths([INPUTS, { ...INPUTS, days: 31, connections: 461, metres: 18_600 }]);
    expect(months).toMatchObject({ days: 61, input: 20_000, connections: 431, metres: 15_600 });
    expect(sumOfMonths([INPUTS, { ...INPUTS, metres: null }])).toMatchObject({ metres: null, input: 20_000 });
  });

  it('always parts the input into what was billed, unbilled and lost', () => {
    const volume = fc.nat(1_000_000);
    fc.assert(
      fc.property(volume, volume, volume, volume, (input, unbilledAuthorised, billedMetered, billedEstimated) => {
        const { billed, losses } = balanceOf({ ...INPUTS, input, unbilledAuthorised, billedMetered, billedEstimated });
        expect(billed! + unbilledAuthorised + losses!).toBe(input);
      }),
    );
  });
});
