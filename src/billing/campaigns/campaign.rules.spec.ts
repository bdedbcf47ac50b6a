import fc from 'fast-check';
import { ppmOf, sum } from '../payments/relief';
import type { PayableAccount } from '../payments/reliefs';
import type { Campaign } from './campaign.entity';
import { offerOf, ownPpm, phaseOf, type AccountFacts } from './campaign.rules';

const ON = '2026-11-24';
const campaign = (terms: Partial<Campaign>): Campaign => ({
  id: 7,
  code: 'C-7',
  nameAr: 'حملة',
  nameEn: 'Campaign',
  decisionNumber: '112',
  kind: 'PERCENT_OF_ARREARS',
  state: 'APPROVED',
  currency: 'ILS',
  serviceTypes: null,
  validFrom: '2026-11-01',
  validUntil: '2026-12-31',
  arrearsBefore: '2026-07-01',
  ratePpm: 400_000,
  donorName: null,
  donorPpm: null,
  municipalityPpm: null,
  compliantMonths: null,
  minimumPayment: null,
  withoutPlan: true,
  budget: null,
  spent: 0,
  draftedBy: 1,
  draftedAt: '',
  approvedBy: 2,
  approvedAt: '',
  stateReason: null,
  version: 1,
  ...terms,
});
const account = (...charges: [dueOn: string, outstanding: number][]): PayableAccount => ({
  accountId: 1,
  accountNumber: '1',
  serviceType: 'WATER',
  currency: 'ILS',
  charges: charges.map(([dueOn, outstanding], at) => ({
    id: at + 1,
    accountId: 1,
    head: 'WATER',
    period: dueOn.slice(0, 7),
    priority: 10,
    dueOn,
    outstanding,
  })),
});
const facts = (more: Partial<AccountFacts> = {}): AccountFacts => ({
  openedOn: '2020-01-01',
  planned: false,
  listedIn: new Set(),
  lastLate: null,
  penaltyDue: new Map(),
  ...more,
});
const off = (terms: Partial<Campaign>, of: PayableAccount, known = facts()) => {
  const offered = offerOf(campaign(terms), of, known, ON)?.terms;
  return offered && (offered.kind === 'MATCH' ? offered.chargeIds : [...offered.off]);
};

describe('a deposit', () => {
  it.each([
    { kind: 'PERCENT_OF_ARREARS' as const },
    { kind: 'MATCHING' as const },
    { kind: 'COMPLIANT_BONUS' as const, compliantMonths: 12, arrearsBefore: null },
  ])('is not waived by $kind', (terms) => {
    const due = terms.kind === 'COMPLIANT_BONUS' ? '2026-12-05' : '2026-03-31';
    const owing = account([due, 1000], [due, 2000]);
    owing.charges[1]!.deposit = true;
    const relieved = off(terms, owing)!.map((each) => (typeof each === 'number' ? each : each[0]));
    expect(relieved).toEqual([1]);
  });
});

describe('arrears', () => {
  it('are what was due before the day, with the penalties on it', () => {
    const owing = account(['2026-06-30', 1000], ['2026-07-01', 1000], ['2026-11-20', 100], ['2026-11-20', 100]);
    const penaltyDue = new Map([
      [3, '2026-06-30'],
      [4, '2026-07-01'],
    ]);
    expect(off({}, owing, facts({ penaltyDue }))).toEqual([
      [1, 400],
      [3, 40],
    ]);
    expect(off({ kind: 'MATCHING' }, owing, facts({ penaltyDue }))).toEqual([1, 3]);
    expect(off({}, account(['2026-07-01', 1000]))).toBeUndefined();
  });

  it('of accounts in a plan take part only where the campaign says so', () => {
    const owing = account(['2026-06-30', 1000]);
    expect(off({}, owing, facts({ planned: true }))).toBeUndefined();
    expect(off({ withoutPlan: false }, owing, facts({ planned: true }))).toEqual([[1, 400]]);
  });

  it('are relieved by the rate of their sum, exactly', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 10, max: 10 ** 9 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 800_000 }),
        (amounts, ratePpm) => {
          const owing = account(...amounts.map((amount): [string, number] => ['2026-06-30', amount]));
          const lines = (off({ ratePpm }, owing) ?? []) as [number, number][];
          expect(sum(lines.map(([, amount]) => amount))).toBe(ppmOf(sum(amounts), ratePpm));
        },
      ),
    );
  });
});

describe('a donor campaign', () => {
  const thirds = {
    kind: 'DONOR',
    ratePpm: null,
    donorName: 'صندوق',
    donorPpm: 500_000,
    municipalityPpm: 250_000,
  } as const;

  it('relieves listed debtors of all but their own part', () => {
    const owing = account(['2026-06-30', 1000]);
    expect(ownPpm(campaign(thirds))).toBe(250_000);
    expect(off(thirds, owing)).toBeUndefined();
    expect(off(thirds, owing, facts({ listedIn: new Set([7]) }))).toEqual([[1, 750]]);
    expect(offerOf(campaign(thirds), owing, facts({ listedIn: new Set([7]) }), ON)!.ledgers).toEqual([
      { ledger: 'THIRD_PARTY', dimension: 'donor:C-7', weight: 500_000 },
      { ledger: 'WAIVERS', dimension: 'campaign:C-7', weight: 250_000 },
    ]);
  });

  it('offers nothing with a payment where the debtor has no part', () => {
    const whole = { ...thirds, municipalityPpm: 500_000 };
    expect(off(whole, account(['2026-06-30', 1000]), facts({ listedIn: new Set([7]) }))).toBeUndefined();
  });
});

describe('a bonus', () => {
  const bonus = { kind: 'COMPLIANT_BONUS', arrearsBefore: null, ratePpm: 200_000, compliantMonths: 12 } as const;
  const bill = account(['2026-12-05', 999], ['2026-11-24', 1]);

  it.each([
    ['who never was late', {}, [[1, 200]]],
    ['who was late at the latest a year ago', { lastLate: '2025-11-24' }, [[1, 200]]],
    ['who was late since', { lastLate: '2025-11-25' }, undefined],
    ['who has been there for a year', { openedOn: '2025-11-24' }, [[1, 200]]],
    ['who has not', { openedOn: '2025-11-25' }, undefined],
  ])('%s', (_, known, lines) => {
    expect(off(bonus, bill, facts(known))).toEqual(lines);
  });

  it('is none while anything is overdue', () => {
    expect(off(bonus, account(['2026-12-05', 999], ['2026-11-23', 1]))).toBeUndefined();
  });
});

it('a campaign is active on its first day and its last', () => {
  const phase = (on: string) => phaseOf(campaign({}), on);
  expect(['2026-10-31', '2026-11-01', '2026-12-31', '2027-01-01'].map(phase)).toEqual([
    'UPCOMING',
    'ACTIVE',
    'ACTIVE',
    'OVER',
  ]);
});
