import { Problem } from '@libs/http';
import fc from 'fast-check';
import { OpenItems, RELIEF_ORIGINS, type AllocationLine, type ChargeItem, type CreditItem } from './open-items';

/** What one posting does; a whole number picks a charge or credit of before, `part` how much of it in percent. */
type Act =
  | { kind: 'charge'; account: number; amount: number; month: number; priority: number }
  | { kind: 'credit'; account: number; amount: number }
  | { kind: 'directed'; account: number; amount: number; picks: number[]; surplus: 'REFUSE' | 'ADVANCE' }
  | { kind: 'creditBack' | 'chargeBack'; pick: number; part: number };

const account = fc.integer({ min: 1, max: 2 });
const amount = fc.integer({ min: 1, max: 500 });
const back = { pick: fc.nat(), part: fc.integer({ min: 1, max: 120 }) };
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('charge' as const),
    account,
    amount,
    month: fc.integer({ min: 1, max: 4 }),
    priority: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant('credit' as const), account, amount }),
  fc.record({
    kind: fc.constant('directed' as const),
    account,
    amount,
    picks: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
    surplus: fc.constantFrom('REFUSE' as const, 'ADVANCE' as const),
  }),
  fc.record({ kind: fc.constant('creditBack' as const), ...back }),
  fc.record({ kind: fc.constant('chargeBack' as const), ...back }),
);

/** The tables of open items, changed as the books change them: each posting reads what it needs, all of it or nothing. */
class Tables {
  charges: ChargeItem[] = [];
  credits: CreditItem[] = [];
  allocations: AllocationLine[] = [];
  refused = 0;
  private lastId = 0;

  post(acts: readonly Act[]): void {
    const items = new OpenItems();
    const takenBack = acts.flatMap((each) => {
      if (each.kind !== 'creditBack' && each.kind !== 'chargeBack') return [];
      const list = each.kind === 'creditBack' ? this.credits : this.charges;
      const item = list[each.pick % list.length];
      return item ? [{ kind: each.kind, id: item.id, amount: Math.ceil((item.amount * each.part) / 100) }] : [];
    });
    this.loadTakenBack(takenBack, items);
    const directed: { credit: CreditItem; chargeIds: number[]; surplus: 'REFUSE' | 'ADVANCE' }[] = [];
    for (const each of acts) {
      if (each.kind === 'charge') {
        const { account: accountId, amount: owed, month, priority } = each;
        const shape = { id: ++this.lastId, accountId, period: `2026-0${month}`, priority };
        const dated = { chargedOn: `2026-0${month}-01`, dueOn: `2026-0${month}-15` };
        items.addCharge({ ...shape, ...dated, amount: owed, cancelled: 0, outstanding: owed });
      } else if (each.kind === 'credit' || each.kind === 'directed') {
        const origin = each.amount % 3 === 0 ? 'WAIVER' : 'PAYMENT';
        const shape = { id: ++this.lastId, accountId: each.account, origin, creditedOn: '2026-05-01' };
        const credit = { ...shape, amount: each.amount, reversed: 0, remaining: each.amount };
        items.addCredit(credit);
        if (each.kind !== 'directed') continue;
        const chargeIds = each.picks.flatMap((pick) => this.charges[pick % this.charges.length]?.id ?? []);
        if (chargeIds.length > 0) directed.push({ credit, chargeIds, surplus: each.surplus });
      }
    }
    const touched = new Set([...items.charges.values(), ...items.credits.values()].map(({ accountId }) => accountId));
    for (const credit of this.credits) {
      if (touched.has(credit.accountId) && credit.remaining > 0) items.addCredit({ ...credit });
    }
    const payable = new Set([...items.credits.values()].map(({ accountId }) => accountId));
    for (const charge of this.charges) {
      if (payable.has(charge.accountId) && charge.outstanding > 0) items.addCharge({ ...charge });
    }
    try {
      for (const { kind, id, amount: taken } of takenBack) {
        if (kind === 'creditBack') items.takeBackCredit(id, taken);
        else items.takeBackCharge(id, taken);
      }
      for (const { credit, chargeIds, surplus } of directed) items.payDirected(credit, chargeIds, surplus);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refused++;
      return;
    }
    items.settle();
    this.charges = merged(this.charges, items.charges);
    this.credits = merged(this.credits, items.credits);
    this.allocations.push(...items.lines);
  }

  private loadTakenBack(takenBack: readonly { kind: string; id: number }[], items: OpenItems): void {
    const ids = new Set(takenBack.map(({ id }) => id));
    const byCharge = this.sums().filter(({ chargeId }) => ids.has(chargeId));
    const byCredit = this.sums().filter(({ creditId }) => ids.has(creditId));
    for (const { chargeId, creditId } of [...byCharge, ...byCredit]) ids.add(chargeId).add(creditId);
    for (const charge of this.charges) if (ids.has(charge.id)) items.addCharge({ ...charge });
    for (const credit of this.credits) if (ids.has(credit.id)) items.addCredit({ ...credit });
    items.remember(byCharge, byCredit);
  }

  sums(): AllocationLine[] {
    const sums = new Map<string, AllocationLine>();
    for (const line of this.allocations) {
      const key = `${line.chargeId} ${line.creditId}`;
      const known = sums.get(key);
      if (known) known.amount += line.amount;
      else sums.set(key, { ...line });
    }
    return [...sums.values()].filter(({ amount: sum }) => sum !== 0);
  }
}

const merged = <T extends { id: number }>(before: T[], changed: ReadonlyMap<number, T>): T[] => {
  const known = new Set(before.map(({ id }) => id));
  return [
    ...before.map((item) => changed.get(item.id) ?? item),
    ...[...changed.values()].filter((i) => !known.has(i.id)),
  ];
};

const total = <T>(list: readonly T[], of: (each: T) => number): number => list.reduce((sum, each) => sum + of(each), 0);

function wrongs(tables: Tables): string[] {
  const wrong: string[] = [];
  const { charges, credits } = tables;
  const sums = tables.sums();
  for (const { id, amount: owed, cancelled, outstanding } of charges) {
    const paid = total(sums, (line) => (line.chargeId === id ? line.amount : 0));
    if (outstanding !== owed - cancelled - paid) wrong.push(`charge ${id}`);
    if (outstanding < 0 || cancelled < 0 || paid < 0) wrong.push(`negative charge ${id}`);
  }
  for (const { id, amount: given, reversed, remaining } of credits) {
    const used = total(sums, (line) => (line.creditId === id ? line.amount : 0));
    if (remaining !== given - reversed - used) wrong.push(`credit ${id}`);
    if (remaining < 0 || reversed < 0 || used < 0) wrong.push(`negative credit ${id}`);
  }
  for (const { chargeId, creditId, amount: sum } of sums) {
    const [charge, credit] = [charges.find(({ id }) => id === chargeId)!, credits.find(({ id }) => id === creditId)!];
    if (sum < 0) wrong.push(`negative allocation ${chargeId} ${creditId}`);
    if (charge.accountId !== credit.accountId) wrong.push(`allocation across accounts ${chargeId} ${creditId}`);
  }
  for (const accountId of [1, 2]) {
    const owes = charges.some((each) => each.accountId === accountId && each.outstanding > 0);
    const has = credits.some((each) => each.accountId === accountId && each.remaining > 0);
    if (owes && has) wrong.push(`account ${accountId} owes and has an advance`);
  }
  return wrong;
}

describe('open items', () => {
  it('keep their sums through any postings', () => {
    const seen = { refused: 0, backs: 0 };
    fc.assert(
      fc.property(fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { maxLength: 14 }), (postings) => {
        const tables = new Tables();
        for (const acts of postings) {
          tables.post(acts);
          expect(wrongs(tables)).toEqual([]);
        }
        seen.refused += tables.refused;
        seen.backs += tables.allocations.filter(({ amount: sum }) => sum < 0).length;
      }),
      { numRuns: 1500 },
    );
    expect(seen.refused).toBeGreaterThan(0);
    expect(seen.backs).toBeGreaterThan(100);
  });

  const charge = (id: number, more: Partial<ChargeItem> = {}): ChargeItem => ({
    id,
    accountId: 1,
    period: '2026-01',
    priority: 1,
    chargedOn: '2026-01-01',
    dueOn: '2026-01-15',
    amount: 100,
    cancelled: 0,
    outstanding: 100,
    ...more,
  });
  const credit = (id: number, given: number, origin = 'PAYMENT'): CreditItem => ({
    id,
    accountId: 1,
    origin,
    creditedOn: '2026-02-01',
    amount: given,
    reversed: 0,
    remaining: given,
  });

  it('are paid by period, then priority of the head, then due date', () => {
    const items = new OpenItems();
    items.addCharge(charge(1, { period: '2026-02', priority: 1 }));
    items.addCharge(charge(2, { priority: 2 }));
    items.addCharge(charge(3, { priority: 1, dueOn: '2026-01-20' }));
    items.addCharge(charge(4, { priority: 1 }));
    items.addCredit(credit(9, 350));
    items.settle();
    expect(items.lines.map(({ chargeId, amount: paid }) => [chargeId, paid])).toEqual([
      [4, 100],
      [3, 100],
      [2, 100],
      [1, 50],
    ]);
  });

  it('taken back free what was paid last, and only what there is', () => {
    const items = new OpenItems();
    items.addCharge(charge(1));
    items.addCharge(charge(2, { period: '2026-02' }));
    items.addCredit(credit(9, 150));
    items.settle();
    items.takeBackCredit(9, 60);
    expect([items.charges.get(1)!.outstanding, items.charges.get(2)!.outstanding]).toEqual([10, 100]);
    expect(() => items.takeBackCredit(9, 91)).toThrow(new Problem('billing.exceeds-credit'));
    expect(() => items.takeBackCharge(1, 101)).toThrow(new Problem('billing.exceeds-charge'));
  });

  it.each(RELIEF_ORIGINS)(
    'taken back free money before a %s, which stays on its charge, whatever came last',
    (relief) => {
      const items = new OpenItems();
      items.addCharge(charge(1));
      for (const [id, given, origin] of [
        [7, 30, 'OPENING'],
        [8, 20, relief],
        [9, 30, 'PAYMENT'],
        [10, 20, relief],
      ] as const) {
        items.addCredit(credit(id, given, origin));
        items.payDirected(items.credits.get(id)!, [1], 'REFUSE');
      }
      const remaining = () => [7, 8, 9, 10].map((id) => items.credits.get(id)!.remaining);
      items.takeBackCharge(1, 40);
      expect(remaining()).toEqual([10, 0, 30, 0]);
      items.takeBackCharge(1, 20);
      expect(remaining()).toEqual([30, 0, 30, 0]);
      items.takeBackCredit(10, 20);
      expect(items.charges.get(1)).toMatchObject({ cancelled: 60, outstanding: 20 });
    },
  );

  it('named by a payment are paid in its order; the rest is refused or an advance', () => {
    const items = new OpenItems();
    items.addCharge(charge(1));
    items.addCharge(charge(2, { period: '2026-02' }));
    items.addCredit(credit(9, 120));
    items.payDirected(items.credits.get(9)!, [2, 1], 'REFUSE');
    expect([items.charges.get(2)!.outstanding, items.charges.get(1)!.outstanding]).toEqual([0, 80]);
    items.addCredit(credit(10, 100));
    expect(() => items.payDirected(items.credits.get(10)!, [2], 'ADVANCE')).toThrow(
      new Problem('billing.charge-settled'),
    );
    expect(() => items.payDirected(items.credits.get(10)!, [1], 'REFUSE')).toThrow(
      new Problem('billing.exceeds-charge'),
    );
  });
});
