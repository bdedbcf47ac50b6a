import fc from 'fast-check';
import { OpenItems } from '../books/open-items';
import { ppmOf, shareOut, sum, type PaidPart, type PayableCharge, type ReliefOffer, type ReliefTerms } from './relief';
import { closing, relieve } from './relief.rules';

const charge = (id: number, outstanding: number): PayableCharge => ({
  id,
  accountId: 1,
  head: 'WATER',
  period: `2026-${String(id).padStart(2, '0')}`,
  priority: 10,
  dueOn: `2026-${String(id).padStart(2, '0')}-28`,
  outstanding,
});
const offer = (key: string, terms: ReliefTerms, more: Partial<ReliefOffer> = {}): ReliefOffer => ({
  key,
  accountId: 1,
  nameAr: key,
  nameEn: key,
  origin: 'WAIVER',
  terms,
  least: 0,
  budget: Infinity,
  ledgers: [{ ledger: 'WAIVERS', dimension: key, weight: 1 }],
  ...more,
});
const off = (kind: 'EACH' | 'ALL', amounts: Record<number, number>) => ({
  kind,
  off: new Map(Object.entries(amounts).map(([id, amount]) => [Number(id), amount])),
});
const match = (ratePpm: number, ...chargeIds: number[]) => ({ kind: 'MATCH' as const, chargeIds, ratePpm });
const part = (amount: number, chargeIds?: number[], surplus: PaidPart['surplus'] = 'REFUSE'): PaidPart => ({
  amount,
  chargeIds,
  surplus,
});
const said = (charges: PayableCharge[], parts: PaidPart[], offers: ReliefOffer[]) =>
  relieve(charges, parts, offers).map(({ offer: { key }, amount }) => [key, amount]);

const TWO = [charge(1, 60_000), charge(2, 40_000)];

describe('a relief of all at once', () => {
  // 40 % of 600.00 + 400.00.
  const forty = offer('forty', off('ALL', { 1: 24_000, 2: 16_000 }));

  it.each([
    [60_000, [['forty', 40_000]]],
    [59_999, []],
    [100_000, []],
    [70_000, [['forty', 30_000]]],
  ])('of what %i pays is %j', (paid, grants) => {
    expect(said(TWO, [part(paid)], [forty])).toEqual(grants);
  });

  it('is closed by what is owed less the relief, each charge by its part', () => {
    expect(closing(TWO, [forty])).toBe(60_000);
    expect(relieve(TWO, [part(60_000)], [forty])[0]!.charges).toEqual([
      { chargeId: 1, amount: 24_000 },
      { chargeId: 2, amount: 16_000 },
    ]);
  });

  it('needs them all, also when charges are named', () => {
    expect(said(TWO, [part(36_000, [1])], [forty])).toEqual([]);
    expect(said(TWO, [part(36_000, [1]), part(24_000, [2])], [forty])).toEqual([['forty', 40_000]]);
    expect(closing(TWO, [forty], [1])).toBe(60_000);
  });

  it('is borne by the budget whole or not at all', () => {
    expect(said(TWO, [part(60_000)], [{ ...forty, budget: 39_999 }])).toEqual([]);
    expect(said(TWO, [part(60_000)], [{ ...forty, budget: 40_000 }])).toEqual([['forty', 40_000]]);
  });

  it('needs the least that is asked', () => {
    expect(said(TWO, [part(60_000)], [{ ...forty, least: 60_001 }])).toEqual([]);
    expect(closing(TWO, [{ ...forty, least: 65_000 }])).toBe(65_000);
    expect(said(TWO, [part(65_000)], [{ ...forty, least: 65_000 }])).toEqual([['forty', 35_000]]);
  });
});

describe('a relief of each charge', () => {
  const eight = offer('eight', off('EACH', { 1: 4800, 2: 3200 }));

  it('is granted with those that are closed', () => {
    expect(said(TWO, [part(55_200)], [eight])).toEqual([['eight', 4800]]);
    expect(said(TWO, [part(55_199)], [eight])).toEqual([]);
    expect(said(TWO, [part(36_800, [2])], [eight])).toEqual([['eight', 3200]]);
    expect(closing(TWO, [eight])).toBe(92_000);
  });

  it('never makes an advance, nor a named charge that is paid too much', () => {
    expect(said(TWO, [part(38_000, [2])], [eight])).toEqual([['eight', 2000]]);
    expect(said(TWO, [part(110_000, undefined, 'ADVANCE')], [eight])).toEqual([]);
  });
});

describe('a relief that matches what is paid', () => {
  const half = offer('half', match(500_000, 1, 2));

  it('is its rate of what is paid, and no more than is left', () => {
    expect(said(TWO, [part(10_001)], [half])).toEqual([['half', 5001]]);
    expect(closing(TWO, [half])).toBe(66_667);
    expect(said(TWO, [part(66_667)], [half])).toEqual([['half', 33_333]]);
    expect(said(TWO, [part(80_000)], [half])).toEqual([['half', 20_000]]);
  });

  it('leaves charges alone that are not among them', () => {
    expect(said([...TWO, charge(3, 5000)], [part(5000, [3])], [half])).toEqual([]);
  });

  it('ends with the budget', () => {
    expect(said(TWO, [part(50_000)], [{ ...half, budget: 7000 }])).toEqual([['half', 7000]]);
    expect(closing(TWO, [{ ...half, budget: 7000 }])).toBe(93_000);
  });
});

describe('of several offers', () => {
  const eight = offer('eight', off('EACH', { 1: 4800, 2: 3200 }));
  const forty = offer('forty', off('ALL', { 1: 24_000, 2: 16_000 }));

  it('a charge has one, the better for the payer', () => {
    expect(said(TWO, [part(60_000)], [eight, forty])).toEqual([['forty', 40_000]]);
    expect(said(TWO, [part(55_200)], [eight, forty])).toEqual([['eight', 4800]]);
  });

  it('each charge may have its own', () => {
    const ten = offer('ten', off('EACH', { 2: 6000 }));
    expect(said(TWO, [part(89_200)], [eight, ten])).toEqual([
      ['eight', 4800],
      ['ten', 6000],
    ]);
  });
});

const amounts = fc.array(fc.integer({ min: 1, max: 10 ** 7 }), { minLength: 1, maxLength: 6 });
const situations = amounts.chain((list) => {
  const charges = list.map((amount, at) => charge(at + 1, amount));
  const some = fc.subarray(charges, { minLength: 1 });
  const least = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10 ** 6 }));
  const budget = fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 10 ** 7 }));
  const fixed = fc
    .tuple(fc.constantFrom('EACH' as const, 'ALL' as const), some, fc.integer({ min: 1, max: 999_999 }))
    .map(([kind, chosen, ppm]): ReliefTerms => {
      const total = ppmOf(sum(chosen.map(({ outstanding }) => outstanding)), ppm);
      return { kind, off: shareOut(total, chosen) };
    });
  const matching = fc
    .tuple(some, fc.integer({ min: 1, max: 2_000_000 }))
    .map(([chosen, ratePpm]): ReliefTerms => ({ kind: 'MATCH', ratePpm, chargeIds: chosen.map(({ id }) => id) }));
  const offers = fc
    .array(fc.tuple(fc.oneof(fixed, matching), least, budget), { maxLength: 3 })
    .map((all) => all.map(([terms, ...rest], at) => offer(`o${at}`, terms, { least: rest[0], budget: rest[1] })));
  const parts = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 2 * 10 ** 7 }), fc.option(some, { nil: undefined })).map(([amount, named]) =>
      part(
        amount,
        named?.map(({ id }) => id),
        'ADVANCE',
      ),
    ),
    { minLength: 1, maxLength: 3 },
  );
  return fc.record({ charges: fc.constant(charges), offers, parts, named: fc.option(some, { nil: undefined }) });
});

/** As the books take it: reliefs by name first, then the money. */
function booked(charges: PayableCharge[], parts: PaidPart[], grants: ReturnType<typeof relieve>) {
  const items = new OpenItems();
  for (const each of charges) {
    items.addCharge({ ...each, chargedOn: each.dueOn, amount: each.outstanding, cancelled: 0 });
  }
  let id = 1000;
  const credit = (amount: number, origin = 'PAYMENT') => {
    const made = { id: id++, accountId: 1, origin, creditedOn: '2026-11-24' };
    const item = { ...made, amount, reversed: 0, remaining: amount };
    items.addCredit(item);
    return item;
  };
  for (const { charges: relieved } of grants) {
    for (const { chargeId, amount } of relieved) items.payDirected(credit(amount, 'WAIVER'), [chargeId], 'REFUSE');
  }
  const money = parts.map(({ amount, chargeIds, surplus }) => ({ item: credit(amount), chargeIds, surplus }));
  for (const { item, chargeIds, surplus } of money) {
    const open = chargeIds?.filter((each) => items.charges.get(each)!.outstanding > 0);
    if (open) items.payDirected(item, open, surplus);
  }
  items.settle();
  return {
    owed: sum([...items.charges.values()].map(({ outstanding }) => outstanding)),
    advance: sum([...items.credits.values()].map(({ remaining }) => remaining)),
  };
}

describe('any reliefs', () => {
  it('and the money never exceed what is owed, are exact, and keep to budgets and terms', () => {
    fc.assert(
      fc.property(situations, ({ charges, offers, parts }) => {
        const grants = relieve(charges, parts, offers);
        const owed = sum(charges.map(({ outstanding }) => outstanding));
        const money = sum(parts.map(({ amount }) => amount));
        const relief = sum(grants.map(({ amount }) => amount));
        const after = booked(charges, parts, grants);
        expect(after.owed - after.advance).toBe(owed - money - relief);
        if (relief > 0) expect(after.advance).toBe(0);
        const ids = grants.flatMap(({ charges: relieved }) => relieved.map(({ chargeId }) => chargeId));
        expect(new Set(ids).size).toBe(ids.length);
        for (const { offer: each, amount, charges: relieved } of grants) {
          expect(sum(relieved.map((line) => line.amount))).toBe(amount);
          expect(amount).toBeLessThanOrEqual(each.budget);
          expect(money).toBeGreaterThanOrEqual(each.least);
          if (each.terms.kind === 'MATCH') expect(amount).toBeLessThanOrEqual(ppmOf(money, each.terms.ratePpm));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('close an account, or the charges named, with what is quoted and not with less', () => {
    fc.assert(
      fc.property(situations, ({ charges, offers, named }) => {
        const chargeIds = named?.map(({ id }) => id);
        const closes = closing(charges, offers, chargeIds);
        const left = (amount: number) => {
          const parts = [part(amount, chargeIds)];
          const relief = sum(relieve(charges, parts, offers).map((grant) => grant.amount));
          return sum((named ?? charges).map(({ outstanding }) => outstanding)) - amount - relief;
        };
        expect(left(closes)).toBe(0);
        if (closes > 1) expect(left(closes - 1)).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('shared out sum to the total and leave something of each charge', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 1_000_000 }), (list, ppm) => {
        const charges = list.map((amount, at) => charge(at + 1, amount));
        const [owed, shares] = [sum(list), shareOut(ppmOf(sum(list), ppm), charges)];
        expect(sum(shares.values())).toBe(Math.min(ppmOf(owed, ppm), owed - list.length));
        for (const { id, outstanding } of charges) expect(shares.get(id) ?? 0).toBeLessThan(outstanding);
      }),
    );
  });
});
