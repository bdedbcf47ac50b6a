import { proposeMatches, type BankEntry } from '@libs/bank-statements';
import type { Currency } from '@libs/money';
import type { BankLine, Match } from './bank.entity';
import type { Expected } from './expected';
import type { NamedPayer } from './named-payers';

export type OpenLine = Pick<
  BankLine,
  'id' | 'bookedOn' | 'amount' | 'currency' | 'references' | 'description' | 'counterparty'
>;

export interface Wanted {
  lineId: number;
  target: string;
  match: Match;
  label: string;
}

/** Targets of a line that a person has decided on. */
export type Decided = ReadonlyMap<number, ReadonlySet<string>>;

/**
 * What each line may be, several for some. What is expected by reference and amount comes first, then whose debts the
 * text names, then what is expected of that amount about that day. Nothing is said again of what was decided.
 */
export function proposalsFor(
  lines: readonly OpenLine[],
  expected: readonly Expected[],
  payers: ReadonlyMap<number, readonly NamedPayer[]>,
  decided: Decided,
  days: number,
): Wanted[] {
  const fresh = lines.filter(({ id }) => !decided.has(id));
  const first = propose(fresh, expected, days);
  const taken = new Set(first.flatMap(({ found }) => (found.match === 'EXACT' ? found.targets : [])));
  const again = lines
    .filter(({ id }) => decided.has(id))
    .flatMap((line) => {
      const left = expected.filter((each) => !taken.has(each) && !decided.get(line.id)!.has(each.id));
      return propose([line], left, days);
    });
  return [...first, ...again].flatMap(({ line, found }) => {
    const own = found.targets.map(({ id, label }) => ({ lineId: line.id, target: id, match: found.match, label }));
    if (found.match === 'EXACT') return own;
    const known = decided.get(line.id);
    const named = (payers.get(line.id) ?? []).filter(({ target }) => !known?.has(target));
    return named.length > 0 ? ofPayers(line, named) : own;
  });
}

function propose(lines: readonly OpenLine[], expected: readonly Expected[], days: number) {
  const currency = (lines[0]?.currency ?? 'ILS') as Currency;
  return proposeMatches(lines.map(entryOf), expected, { currency, days }).map((proposal, at) => {
    const line = lines[at]!;
    const found: { match: Match; targets: Expected[] } =
      proposal.match === 'AMBIGUOUS'
        ? { match: 'AMBIGUOUS', targets: proposal.candidates }
        : proposal.match === 'NONE'
          ? { match: 'AMBIGUOUS', targets: [] }
          : { match: proposal.match, targets: [proposal.expectation] };
    return { line, found };
  });
}

function ofPayers({ id: lineId }: OpenLine, named: readonly NamedPayer[]): Wanted[] {
  const whole = named.filter((each) => each.whole);
  const [only] = named.length === 1 ? named : whole.length === 1 ? whole : [];
  return named.map((payer) => {
    const match = payer === only ? (payer.whole ? 'EXACT' : 'LIKELY') : 'AMBIGUOUS';
    return { lineId, target: payer.target, match, label: payer.label.slice(0, 300) };
  });
}

/** As the matching reads it. */
function entryOf({ id, bookedOn, amount, references, description, counterparty }: OpenLine): BankEntry {
  const all = references?.split('\n') ?? [];
  return {
    ref: String(id),
    line: 0,
    bookedOn,
    valueOn: null,
    amount,
    reference: all[0] ?? null,
    references: all,
    counterparty,
    counterpartyAccount: null,
    description,
    bankReference: null,
    reversal: false,
    instructed: null,
  };
}

/** The lines that are resolved without a person: one proposal that is sure, and others that are none. */
export function sureOf(wanted: readonly Wanted[], policy: 'none' | 'exact' | 'likely'): Wanted[] {
  const sure: Match[] = policy === 'none' ? [] : policy === 'exact' ? ['EXACT'] : ['EXACT', 'LIKELY'];
  return wanted.filter(({ match }) => sure.includes(match));
}
