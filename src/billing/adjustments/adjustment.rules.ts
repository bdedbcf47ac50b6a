import type { Currency } from '@libs/money';
import type { LedgerCode } from '../books/chart';
import type { EntryLine, PostingRequest } from '../books/posting';
import type { Adjustment, AdjustmentKind } from './adjustment.entity';

/** Kind part of the serial. */
export const SERIAL_KINDS: Readonly<Record<AdjustmentKind, string>> = {
  CREDIT_NOTE: 'CN',
  DEBIT_NOTE: 'DN',
  WRITE_OFF: 'WO',
};

const DESCRIPTIONS: Readonly<Record<AdjustmentKind, string>> = {
  CREDIT_NOTE: 'إشعار دائن',
  DEBIT_NOTE: 'إشعار مدين',
  WRITE_OFF: 'شطب دين',
};

/**
 * Whether an amount is within a limit, counted together with what was posted of its kind on its account in the same
 * month, so that a large amount does not pass in small parts. All in minor units; a currency without a limit has none
 * that may be approved.
 */
export function withinLimit(
  { amount, currency }: Pick<Adjustment, 'amount' | 'currency'>,
  postedThisMonth: number,
  limits: Readonly<Partial<Record<Currency, number>>>,
): boolean {
  return amount + postedThisMonth <= (limits[currency as Currency] ?? 0);
}

/**
 * Where the other side of a charge stands. What was taken over was never income of these books, so giving it back
 * is an expense of theirs.
 */
export const otherSide = (head: { ledger: string }, takenOver: boolean): EntryLine['ledger'] =>
  takenOver ? 'ADJUSTMENTS' : (head.ledger as Exclude<LedgerCode, 'RECEIVABLE'>);

type Posting = Pick<PostingRequest, 'kind' | 'description' | 'entries' | 'charges' | 'credits' | 'chargesBack'>;

/**
 * What an adjustment does to the books: a credit note takes its charge back from the ledger that it was posted to, a
 * debit note charges, a write-off settles its charge at the expense of write-offs. A deposit that is written off was never
 * held, and is no expense.
 */
export function postingOf(
  { id, kind, accountId, chargeId, head, amount, currency, period, dueOn, reason }: Adjustment,
  ledger: EntryLine['ledger'],
): Posting {
  const description = DESCRIPTIONS[kind];
  switch (kind) {
    case 'CREDIT_NOTE':
      return {
        kind,
        description,
        entries: [{ ledger, currency, amount, dimension: head }],
        chargesBack: [{ id: chargeId!, amount }],
      };
    case 'DEBIT_NOTE': {
      const dated = { ...(period !== null && { period }), ...(dueOn !== null && { dueOn }) };
      const charge = { accountId, head, amount, ...dated, detail: reason.slice(0, 200), source: `adjustment:${id}` };
      return {
        kind: 'ADJUSTMENT',
        description,
        entries: [{ ledger, currency, amount: -amount, dimension: head }],
        charges: [charge],
      };
    }
    case 'WRITE_OFF':
      return {
        kind,
        description,
        entries: [{ ledger: ledger === 'DEPOSITS' ? ledger : 'WRITE_OFFS', currency, amount, dimension: head }],
        credits: [{ accountId, amount, chargeIds: [chargeId!] }],
      };
  }
}
