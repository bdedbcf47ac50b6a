import { JWU_17, JWU_42 } from '../../../test/support/tariff/jwu';
import { parseLitres, parseTariff, TariffBook, type TariffData, TariffError } from './index';

const faultsOf = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    for (const { reason, reasonAr } of (error as TariffError).faults)
      expect(reason + reasonAr).not.toMatch(/undefined|[{}]/);
    return (error as TariffError).faults.map(({ pointer, code }) => `${pointer} ${code}`);
  }
  return [];
};
const block = (over: string, upTo: string | null, price = '1') => ({ over, upTo, price });
const WATER = { percent: '20', of: ['WATER'] };

describe('parseTariff', () => {
  it('reads JSON into integers, charges in the order of their calculation', () => {
    const data: TariffData = {
      ...JWU_42,
      sizes: [15, 20],
      until: '2024-01-14',
      approval: '12/2024',
      blocks: { per: 30, steps: [block('0', '20.5', '5.5'), block('20.5', null, '0.000001')] },
      sewer: { percent: '20.0001', of: ['WATER', 'CAP'] },
      cap: { amount: '500', of: ['WATER'] },
    };
    expect(parseTariff(JSON.parse(JSON.stringify(data)))).toEqual({
      ...{ code: 'JWU-2024-01', class: 'DOMESTIC', sizes: [15, 20], from: '2024-01-01', until: '2024-01-14' },
      ...{ currency: 'ILS', approval: '12/2024', blocksPer: 30 },
      blocks: [
        { over: 0, upTo: 20_500, price: 5_500_000 },
        { over: 20_500, upTo: null, price: 1 },
      ],
      charges: [
        { component: 'FIXED', rule: 'AMOUNT', amount: 4200, per: 'CYCLE', each: 'METER' },
        { component: 'CAP', rule: 'AT_MOST', amount: 50000, per: 'CYCLE', each: 'METER', of: ['WATER'] },
        { component: 'SEWER', rule: 'PERCENT', percent: 200_001, of: ['WATER', 'CAP'] },
      ],
    });
  });

  it.each([
    [{ code: '' }, ['/code wrong-form']],
    [{ code: 1 }, ['/code not-text']],
    [{ class: 'domestic' }, ['/class wrong-form']],
    [{ sizes: [] }, ['/sizes not-list']],
    [{ sizes: [15, 15, 0, '20'] }, ['/sizes/1 repeated-value', '/sizes/2 not-positive', '/sizes/3 not-integer']],
    [{ from: '2024-02-30' }, ['/from no-such-date']],
    [{ from: undefined }, ['/from missing']],
    [{ from: ['2024-01-01'] }, ['/from not-text']],
    [{ until: '2023-12-31' }, ['/until ends-before-start']],
    [{ currency: 'EUR' }, ['/currency unknown-value']],
    [{ approval: '' }, ['/approval wrong-form']],
    [{ vat: '16', 'a/b~c': 1 }, ['/vat unknown-member', '/a~1b~0c unknown-member']],
    [{ fixed: { amount: 42 } }, ['/fixed/amount not-text']],
    [{ fixed: { amount: '-42' } }, ['/fixed/amount negative']],
    [{ fixed: { amount: '42.005' } }, ['/fixed/amount too-many-decimals']],
    [{ fixed: { amount: '1e3' } }, ['/fixed/amount not-decimal']],
    [{ fixed: { amount: '99999999999999999999' } }, ['/fixed/amount too-large']],
    [
      { fixed: { percent: '20', of: ['WATER'] } },
      ['/fixed/amount missing', '/fixed/percent unknown-member', '/fixed/of unknown-member'],
    ],
    [{ fixed: { amount: '42', per: 'YEAR', each: 'FLAT' } }, ['/fixed/per unknown-value', '/fixed/each unknown-value']],
    [{ fixed: { amount: '42', per: 0 } }, ['/fixed/per not-positive']],
    [{ fixed: '42' }, ['/fixed not-object']],
    [{ sewer: { ...WATER, price: '1' } }, ['/sewer/price unknown-member']],
    [{ sewer: { percent: '20' } }, ['/sewer/of missing']],
    [
      { sewer: { percent: '20', of: ['WATER', 'WATER', 'LAND'] } },
      ['/sewer/of/1 repeated-value', '/sewer/of/2 unknown-value'],
    ],
    [{ sewer: { percent: '20', of: ['TAX'] } }, ['/sewer/of unknown-base']],
    [{ sewer: { percent: '20', of: ['TAX'] }, tax: { percent: '1', of: ['SEWER'] } }, ['/sewer/of circular-base']],
    [
      { cap: { amount: '9', of: ['WATER', 'FIXED'] }, tax: { percent: '1', of: ['WATER', 'CAP'] } },
      ['/tax/of incomplete-base'],
    ],
    [
      { minimum: { amount: '9', of: ['WATER'] }, cap: { amount: '10', of: ['WATER', 'FIXED'] } },
      ['/cap/of limits-meet'],
    ],
    [{ blocks: {} }, ['/blocks/steps missing']],
    [{ blocks: { per: 1.5, steps: [block('0', null)] } }, ['/blocks/per unknown-value']],
    [{ blocks: { steps: [] } }, ['/blocks/steps not-list']],
    [{ blocks: { steps: [{ over: '0', price: '1' }] } }, ['/blocks/steps/0/upTo missing']],
    [{ blocks: { steps: [block('0', null, '-1')] } }, ['/blocks/steps/0/price negative']],
    [{ blocks: { steps: [block('1', '2'), block('2', null)] } }, ['/blocks/steps/0/over block-gap']],
    [{ blocks: { steps: [block('0', '20'), block('20.1', null)] } }, ['/blocks/steps/1/over block-gap']],
    [{ blocks: { steps: [block('0', '20'), block('19.999', null)] } }, ['/blocks/steps/1/over block-overlap']],
    [{ blocks: { steps: [block('0', '0'), block('0', null)] } }, ['/blocks/steps/0/upTo block-empty']],
    [{ blocks: { steps: [block('0', null), block('20', null)] } }, ['/blocks/steps/0/upTo block-unended']],
    [{ blocks: { steps: [block('0', '20')] } }, ['/blocks/steps/0/upTo last-block-ended']],
    [{ blocks: { steps: [null] } }, ['/blocks/steps/0 not-object']],
  ])('%j: %j', (change, faults) => expect(faultsOf(() => parseTariff({ ...JWU_42, ...change }))).toEqual(faults));

  it('tells of all at once, and is no object without one', () => {
    expect(faultsOf(() => parseTariff({ ...JWU_42, code: 1, currency: 'EUR', fixed: { amount: '-1' } }))).toHaveLength(
      3,
    );
    expect(faultsOf(() => parseTariff([]))).toEqual([' not-object']);
    expect(() => parseTariff({ ...JWU_42, code: 1, fixed: {} })).toThrow(/^\/code: .* \(and 1 more\)$/);
  });
});

describe('TariffBook', () => {
  const version = (code: string, change: Partial<TariffData>) => parseTariff({ ...JWU_17, code, ...change });
  const book = new TariffBook([
    version('JAN', {}),
    version('MAR-15', { from: '2024-03-01', sizes: [15] }),
    version('JUN', { from: '2024-06-01', until: '2024-06-30' }),
    version('SHOP', { class: 'COMMERCIAL' }),
  ]);

  it.each([
    ['DOMESTIC', 15, '2023-12-31', null],
    ['DOMESTIC', 15, '2024-01-01', 'JAN'],
    ['DOMESTIC', 15, '2024-02-29', 'JAN'],
    ['DOMESTIC', 15, '2024-03-01', 'MAR-15'],
    ['DOMESTIC', 25, '2024-03-01', 'JAN'],
    ['DOMESTIC', 15, '2024-06-30', 'JUN'],
    ['DOMESTIC', 15, '2024-07-01', null],
    ['COMMERCIAL', 15, '2030-01-01', 'SHOP'],
    ['CAMP', 15, '2024-01-01', null],
  ])('%s, %d mm on %s: %s', (kind, size, day, code) => expect(book.on(kind, size, day)?.code ?? null).toBe(code));

  it('cuts a period where the version changes', () => {
    const parts = book.within('DOMESTIC', 15, { from: '2024-02-20', to: '2024-06-30' });
    expect(parts.map(({ tariff, from, to }) => [tariff.code, from, to])).toEqual([
      ['JAN', '2024-02-20', '2024-02-29'],
      ['MAR-15', '2024-03-01', '2024-05-31'],
      ['JUN', '2024-06-01', '2024-06-30'],
    ]);
    expect(() => book.within('DOMESTIC', 15, { from: '2024-06-30', to: '2024-07-01' })).toThrow('on 2024-07-01');
  });

  it.each([
    [{}, ['/1/from versions-overlap']],
    [{ sizes: [15] }, ['/1/from versions-overlap']],
    [{ from: '2023-06-01', until: '2024-01-01' }, ['/1/from versions-overlap']],
    [{ code: 'A' }, ['/1/code repeated-value', '/1/from versions-overlap']],
    [{ from: '2023-06-01', until: '2023-12-31' }, []],
    [{ from: '2023-06-01' }, []],
    [{ class: 'CAMP' }, []],
  ])('A and %j: %j', (change, faults) => {
    expect(faultsOf(() => new TariffBook([version('A', {}), version('B', change)]))).toEqual(faults);
  });

  it('takes versions of the same day whose sizes do not meet', () => {
    const sized = (code: string, sizes: number[]) => version(code, { sizes });
    expect(faultsOf(() => new TariffBook([sized('A', [15, 20]), sized('B', [25])]))).toEqual([]);
    expect(faultsOf(() => new TariffBook([sized('A', [15, 20]), sized('B', [20, 25])]))).toHaveLength(1);
  });
});

it('parseLitres reads cubic metres as they are written', () => {
  expect(parseLitres('20.1')).toBe(20_100);
  expect(parseLitres('007')).toBe(7000);
  for (const wrong of ['', '1.', '.5', '1,5', '-1', '1.0005', '٣'])
    expect(() => parseLitres(wrong)).toThrow(TariffError);
});
