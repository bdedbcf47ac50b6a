import type { Expected } from './expected';
import { proposalsFor, sureOf, type OpenLine } from './matching.rules';

const line = (id: number, amount: number, more: Partial<OpenLine> = {}): OpenLine => ({
  id,
  bookedOn: '2026-11-20',
  amount,
  currency: 'ILS',
  references: null,
  description: null,
  counterparty: null,
  ...more,
});
const expected = (id: string, amount: number, reference = ''): Expected => ({
  id,
  kind: 'DEPOSIT',
  ledger: 'CASH_IN_TRANSIT',
  dimension: id,
  document: { type: 'deposit', id },
  label: id,
  reference,
  amount,
  currency: 'ILS',
  date: '2026-11-19',
});
const payer = (target: string, whole: boolean) => ({ target, whole, label: target });
const propose = (
  lines: OpenLine[],
  all: Expected[],
  payers: [number, ReturnType<typeof payer>[]][] = [],
  decided: [number, Set<string>][] = [],
) =>
  proposalsFor(lines, all, new Map(payers), new Map(decided), 3).map(
    ({ lineId, match, target }) => `${lineId} ${match} ${target}`,
  );

describe('proposals', () => {
  it('follow reference and amount, then the name of a debt, then amount and day', () => {
    const both = [expected('deposit:1', 100), expected('transfer:2.0', 100, 'TRX 77')];
    expect(propose([line(1, 100, { references: 'TRX-77' })], both, [[1, [payer('account:9', true)]]])).toEqual([
      '1 EXACT transfer:2.0',
    ]);
    expect(propose([line(1, 100)], both, [[1, [payer('account:9', true)]]])).toEqual(['1 EXACT account:9']);
    expect(propose([line(1, 100)], [both[0]!])).toEqual(['1 LIKELY deposit:1']);
    expect(propose([line(1, 100)], both)).toEqual(['1 AMBIGUOUS deposit:1', '1 AMBIGUOUS transfer:2.0']);
  });

  it('of several debts choose the one that the amount pays whole', () => {
    const named = [payer('account:8', false), payer('account:9', true)];
    expect(propose([line(1, 100)], [], [[1, named]])).toEqual(['1 AMBIGUOUS account:8', '1 EXACT account:9']);
    expect(propose([line(1, 100)], [], [[1, [payer('account:8', false)]]])).toEqual(['1 LIKELY account:8']);
    const two = [payer('account:8', true), payer('account:9', true)];
    expect(propose([line(1, 100)], [], [[1, two]])).toEqual(['1 AMBIGUOUS account:8', '1 AMBIGUOUS account:9']);
  });

  it('never say again what was decided, and leave it to other lines', () => {
    const all = [expected('deposit:1', 100), expected('deposit:2', 100)];
    const refused: [number, Set<string>][] = [[1, new Set(['deposit:1', 'account:9'])]];
    expect(propose([line(1, 100)], all, [[1, [payer('account:9', true)]]], refused)).toEqual(['1 LIKELY deposit:2']);
    expect(propose([line(1, 100), line(2, 100)], [all[0]!], [], refused)).toEqual(['2 LIKELY deposit:1']);
    expect(propose([line(1, -100)], all)).toEqual([]);
  });

  it('are sure by policy', () => {
    const wanted = proposalsFor(
      [line(1, 100, { references: 'TRX-77' }), line(2, 55)],
      [expected('transfer:2.0', 100, 'TRX 77'), expected('deposit:1', 55)],
      new Map(),
      new Map(),
      3,
    );
    const sure = (policy: 'none' | 'exact' | 'likely') => sureOf(wanted, policy).map(({ lineId }) => lineId);
    expect([sure('none'), sure('exact'), sure('likely')]).toEqual([[], [1], [1, 2]]);
  });
});
