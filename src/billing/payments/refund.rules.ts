import type { CurrencyAmount } from '../till/till.entity';

/** A credit that a line of a payment has made, with what is left of it. */
export interface LineRest extends CurrencyAmount {
  lineId: number;
  accountId: number;
  creditId: number;
}

/** How something was paid, with what was not given back yet. */
export interface TenderRest extends CurrencyAmount {
  tenderId: number;
  /** Out of which the money goes back. */
  ledger: 'CASH' | 'CARD_CLEARING' | 'TRANSFER_CLEARING' | 'GATEWAY_CLEARING' | 'SUSPENSE';
  dimension: string | null;
}

/**
 * The wanted amount of each account out of the credits of its lines, in their order.
 * @returns null when an account has less, with `short` naming the first such
 */
export function takeFromLines(
  wanted: readonly { accountId: number; amount: number }[],
  rests: readonly LineRest[],
): { taken: LineRest[] } | { short: number; left: number } {
  const left = rests.map((rest) => ({ ...rest }));
  const taken: LineRest[] = [];
  for (const { accountId, amount } of wanted) {
    let open = amount;
    for (const rest of left) {
      const part = Math.min(rest.amount, open);
      if (rest.accountId !== accountId || part === 0) continue;
      taken.push({ ...rest, amount: part });
      rest.amount -= part;
      open -= part;
    }
    if (open > 0) return { short: accountId, left: amount - open };
  }
  return { taken: merged(taken) };
}

/** One part a credit: an account may be named twice. */
function merged(parts: readonly LineRest[]): LineRest[] {
  const byCredit = new Map<number, LineRest>();
  for (const part of parts) {
    const known = byCredit.get(part.creditId);
    byCredit.set(part.creditId, { ...part, amount: part.amount + (known?.amount ?? 0) });
  }
  return [...byCredit.values()];
}

/** Cash goes back first, then the other money in the order in which it came; what a cheque brought goes last. */
export function takeFromTenders(
  totals: ReadonlyMap<string, number>,
  rests: readonly (TenderRest & { cheque: boolean })[],
): TenderRest[] {
  const rank = ({ ledger, cheque }: (typeof rests)[number]) => (ledger === 'CASH' ? 0 : cheque ? 2 : 1);
  const order = rests.map((rest, at) => ({ ...rest, at })).sort((a, b) => rank(a) - rank(b) || a.at - b.at);
  return [...totals].flatMap(([currency, total]) => {
    let open = total;
    const parts: TenderRest[] = [];
    for (const { tenderId, ledger, dimension, amount, currency: own } of order) {
      const part = Math.min(amount, open);
      if (own !== currency || part === 0) continue;
      parts.push({ tenderId, ledger, dimension, currency, amount: part });
      open -= part;
    }
    if (open > 0) throw new RangeError(`more ${currency} is given back than was paid: ${open}`);
    return parts;
  });
}
