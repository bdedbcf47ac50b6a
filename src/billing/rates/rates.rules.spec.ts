import { CURRENCIES, type Currency, DECIMALS } from '@libs/money';
import * as fc from 'fast-check';
import { convert, exchange, fullPayment, inverseMicros, parseRate, type Rate, settle } from './rates.rules';

const rate = (base: Currency, quote: Currency, micros: number): Rate => ({
  ...{ base, quote, micros },
  date: '2024-03-12',
  source: 'PMA',
});
const DINAR = rate('JOD', 'ILS', 5_120_000);

describe('a rate as written', () => {
  it.each([
    ['5.12', 5_120_000],
    [' ٥٫١٢ ', 5_120_000],
    ['1', 1_000_000],
    ['0.000001', 1],
    ['9999999.999999', 9_999_999_999_999],
  ])('%s is %d millionths', (text, micros) => expect(parseRate(text)).toEqual({ ok: true, micros }));

  it.each(['', '0', '0.000000', '-5.12', '5,12', '5.', '.5', '1e3', 'x', '12345678'])('%j is none', (text) =>
    expect(parseRate(text)).toEqual({ ok: false, error: 'not-a-rate' }),
  );

  it('is never rounded', () => {
    expect(parseRate('5.1234567')).toEqual({ ok: false, error: 'too-many-decimals' });
  });
});

describe('conversion', () => {
  it.each([
    [1_000, 'JOD', 'ILS', 5_120_000, 512],
    [1, 'JOD', 'ILS', 5_120_000, 1],
    [-1, 'JOD', 'ILS', 5_120_000, -1],
    [125, 'JOD', 'ILS', 5_120_000, 64],
    [100_00, 'USD', 'JOD', 709_000, 70_900],
    [100_00, 'USD', 'ILS', 3_650_500, 365_05],
    [1, 'USD', 'ILS', 2_500_000, 3],
    [0, 'ILS', 'USD', 273_973, 0],
    [Number.MAX_SAFE_INTEGER, 'JOD', 'ILS', 5_120_000, 4611686018427387],
  ] as const)('%d %s in %s at %d is %d', (amount, from, to, micros, result) =>
    expect(convert(amount, from, to, micros)).toBe(result),
  );

  it('is the same at a rate quoted the other way', () => {
    expect(exchange(512, 'ILS', 'JOD', DINAR)).toBe(1_000);
    expect(exchange(1_000, 'JOD', 'ILS', DINAR)).toBe(512);
    expect(exchange(100, 'ILS', 'JOD', DINAR)).toBe(195);
    // By way of 0.195313 it would be 19,531.3 JOD.
    expect(exchange(100_000_00, 'ILS', 'JOD', DINAR)).toBe(19_531_250);
    expect(inverseMicros(5_120_000)).toBe(195_313);
  });

  it('refuses what it cannot do', () => {
    for (const micros of [0, -1, 0.5, NaN, 2 ** 53]) {
      expect(() => convert(1, 'JOD', 'ILS', micros)).toThrow(RangeError);
      expect(() => inverseMicros(micros)).toThrow(RangeError);
    }
    expect(() => convert(0.5, 'JOD', 'ILS', 1)).toThrow(RangeError);
    expect(() => convert(1, 'JOD', 'JOD', 1_000_000)).toThrow(RangeError);
    expect(() => convert(Number.MAX_SAFE_INTEGER, 'ILS', 'JOD', 1_000_000)).toThrow(RangeError);
    expect(() => exchange(1, 'USD', 'ILS', DINAR)).toThrow(RangeError);
    expect(() => exchange(1, 'JOD', 'USD', DINAR)).toThrow(RangeError);
    expect(() => exchange(1, 'JOD', 'JOD', DINAR)).toThrow(RangeError);
  });
});

describe('a payment in another currency', () => {
  const debt = {
    debtMinor: 100_000,
    debtCurrency: 'JOD',
    paidCurrency: 'ILS',
    rateToday: DINAR,
    rateBooked: rate('JOD', 'ILS', 5_000_000),
  } as const;

  it('settles the whole debt at the price of the day', () => {
    expect(fullPayment(100_000, 'JOD', 'ILS', DINAR)).toBe(512_00);
    expect(settle({ ...debt, paidMinor: 512_00 })).toEqual({
      relievedMinor: 100_000,
      usedMinor: 512_00,
      roundingMinor: 0,
      surplusMinor: 0,
      bookedMinor: 500_00,
      gainMinor: 12_00,
    });
  });

  it('leaves a surplus, or a part of the debt', () => {
    expect(settle({ ...debt, paidMinor: 520_00 })).toMatchObject({ relievedMinor: 100_000, surplusMinor: 8_00 });
    expect(settle({ ...debt, paidMinor: 511_99 })).toMatchObject({ relievedMinor: 99_998, surplusMinor: 0 });
    expect(settle({ ...debt, paidMinor: 100_00 })).toEqual({
      relievedMinor: 19_531,
      usedMinor: 100_00,
      roundingMinor: 0,
      surplusMinor: 0,
      bookedMinor: 97_65,
      gainMinor: 2_35,
    });
  });

  it('is a loss where the debt stands higher in the books', () => {
    const rateBooked = rate('ILS', 'JOD', 190_000);
    expect(settle({ ...debt, rateBooked, paidMinor: 512_00 })).toMatchObject({
      bookedMinor: 526_32,
      gainMinor: -14_32,
    });
  });

  it('tells what buys nothing: 5 fils are less than a cent', () => {
    const dollars = { ...debt, debtMinor: 200, debtCurrency: 'USD', paidCurrency: 'JOD' } as const;
    const rates = { rateToday: rate('USD', 'JOD', 709_000), rateBooked: rate('USD', 'JOD', 709_000) };
    const none = { relievedMinor: 0, usedMinor: 0, surplusMinor: 0, bookedMinor: 0, gainMinor: 0 };
    expect(settle({ ...dollars, ...rates, paidMinor: 5 })).toEqual({ ...none, roundingMinor: 5 });
    expect(settle({ ...dollars, ...rates, paidMinor: 1_005 })).toMatchObject({ relievedMinor: 141, roundingMinor: 5 });
  });

  it('of nothing settles nothing, even where the debt is worth less than a minor unit', () => {
    expect(fullPayment(1, 'JOD', 'USD', rate('JOD', 'USD', 1_410_000))).toBe(1);
    for (const paidMinor of [0, -1, 0.5]) expect(() => settle({ ...debt, paidMinor })).toThrow(RangeError);
    expect(() => settle({ ...debt, debtMinor: 0, paidMinor: 1 })).toThrow(RangeError);
    expect(() => settle({ ...debt, debtCurrency: 'ILS', paidMinor: 1 })).toThrow(RangeError);
    expect(() => settle({ ...debt, rateBooked: rate('USD', 'ILS', 1), paidMinor: 1 })).toThrow(RangeError);
  });
});

describe('always', () => {
  const minor = fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 100_000_000_000 }));
  const micros = fc.oneof(
    fc.integer({ min: 100_000, max: 10_000_000 }),
    fc.constantFrom(709_000, 5_120_000, 1_000_000),
  );
  const pair = fc.shuffledSubarray([...CURRENCIES], { minLength: 2, maxLength: 2 });
  /** Rate between two currencies, quoted either way. */
  const quoted = (a: Currency, b: Currency) =>
    fc.tuple(fc.boolean(), micros).map(([turned, of]) => (turned ? rate(b, a, of) : rate(a, b, of)));
  const settlements = pair.chain(([debtCurrency, paidCurrency]) =>
    fc.record({
      debtMinor: minor,
      debtCurrency: fc.constant(debtCurrency!),
      paidMinor: minor,
      paidCurrency: fc.constant(paidCurrency!),
      rateToday: quoted(debtCurrency!, paidCurrency!),
      rateBooked: quoted(debtCurrency!, paidCurrency!),
    }),
  );
  /** Twice the exact price of `amount` less `paid`, over a positive common denominator: its sign is what counts. */
  const exactly = (amount: number, from: Currency, to: Currency, { base, micros: of }: Rate, paid: number) => {
    const [over, under] = base === from ? [of, 1_000_000] : [1_000_000, of];
    const scaled = BigInt(amount) * BigInt(over) * 10n ** BigInt(DECIMALS[to]);
    return scaled - BigInt(paid) * BigInt(under) * 10n ** BigInt(DECIMALS[from]);
  };

  it('never relieves more than is paid for, nor less than that by a minor unit', () => {
    fc.assert(
      fc.property(settlements, (settlement) => {
        const { debtMinor, debtCurrency, paidMinor, paidCurrency, rateToday } = settlement;
        const { relievedMinor, usedMinor } = settle(settlement);
        const worth = (amount: number) => exactly(amount, debtCurrency, paidCurrency, rateToday, paidMinor);
        expect(usedMinor).toBeLessThanOrEqual(paidMinor);
        expect(relievedMinor).toBeGreaterThanOrEqual(0);
        if (relievedMinor === debtMinor) return;
        expect(relievedMinor).toBeLessThan(debtMinor);
        expect(worth(relievedMinor) <= 0n && worth(relievedMinor + 1) > 0n).toBe(true);
      }),
    );
  });

  it('the full payment is the smallest that settles', () => {
    fc.assert(
      fc.property(settlements, (settlement) => {
        const { debtMinor, debtCurrency, paidCurrency, rateToday } = settlement;
        const full = fullPayment(debtMinor, debtCurrency, paidCurrency, rateToday);
        expect(settle({ ...settlement, paidMinor: full })).toMatchObject({ relievedMinor: debtMinor, surplusMinor: 0 });
        if (full > 1) expect(settle({ ...settlement, paidMinor: full - 1 }).relievedMinor).toBeLessThan(debtMinor);
      }),
    );
  });

  it('its parts sum exactly', () => {
    fc.assert(
      fc.property(settlements, (settlement) => {
        const { usedMinor, roundingMinor, surplusMinor, bookedMinor, gainMinor } = settle(settlement);
        expect(usedMinor + roundingMinor + surplusMinor).toBe(settlement.paidMinor);
        expect(bookedMinor + gainMinor).toBe(usedMinor);
        for (const part of [usedMinor, roundingMinor, surplusMinor, bookedMinor])
          expect(part).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('a debt paid in parts leaves the books as one paid at once', () => {
    fc.assert(
      fc.property(settlements, fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 6 }), (settlement, shares) => {
        const { debtMinor, debtCurrency, paidCurrency, rateToday, rateBooked } = settlement;
        const full = fullPayment(debtMinor, debtCurrency, paidCurrency, rateToday);
        let left = debtMinor;
        let booked = 0;
        for (const share of [...shares.map((of) => Math.max(1, Math.floor((full * of) / 400))), full + 1]) {
          if (left === 0) break;
          const part = settle({ ...settlement, debtMinor: left, paidMinor: share });
          left -= part.relievedMinor;
          booked += part.bookedMinor;
        }
        expect(left).toBe(0);
        expect(booked).toBe(exchange(debtMinor, debtCurrency, paidCurrency, rateBooked));
      }),
    );
  });

  it('more money never relieves less', () => {
    fc.assert(
      fc.property(settlements, fc.nat(1_000), (settlement, more) => {
        const { relievedMinor } = settle(settlement);
        const richer = settle({ ...settlement, paidMinor: settlement.paidMinor + more });
        expect(richer.relievedMinor).toBeGreaterThanOrEqual(relievedMinor);
      }),
    );
  });

  it('a conversion is never more than half a minor unit away, either way of quoting', () => {
    fc.assert(
      fc.property(pair, minor, micros, ([from, to], amount, of) => {
        for (const quote of [rate(from!, to!, of), rate(to!, from!, of)]) {
          const result = exchange(amount, from!, to!, quote);
          const twice = (by: number) => exactly(2 * amount, from!, to!, quote, 2 * result + by);
          expect(twice(1) < 0n && twice(-1) >= 0n).toBe(true);
          expect(exchange(-amount, from!, to!, quote)).toBe(result === 0 ? 0 : -result);
        }
        expect(convert(amount, from!, to!, of)).toBe(exchange(amount, from!, to!, rate(from!, to!, of)));
      }),
    );
  });
});
