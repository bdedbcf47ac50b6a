import { type MinorUnits, toDecimalString } from '@libs/money';
import type { Faults, Place } from './faults';
import type { BankStatement } from './statement';

/** Opening balance and entries make the closing balance; holds vacuously where one is not told. */
export function checkBalances(statement: BankStatement, place: Place, faults: Faults): void {
  const { openingBalance: opening, closingBalance: closing, currency, entries } = statement;
  if (opening === null || closing === null) return;
  const reached = entries.reduce((sum, { amount }) => sum + BigInt(amount), BigInt(opening));
  if (reached === BigInt(closing)) return;
  const text = (minor: MinorUnits | bigint) =>
    Number.isSafeInteger(Number(minor)) ? toDecimalString(Number(minor), currency) : String(minor);
  faults.add('balance-mismatch', place, { opening: text(opening), reached: text(reached), closing: text(closing) });
}
