import { foldDigits } from '@libs/arabic';

/** What the text of a transfer may name; whether there is such a thing is not known here. */
export interface Named {
  /** Of bills and receipts. */
  serials: string[];
  /** Of OneRecords. */
  records: string[];
  /** Of accounts. */
  accounts: string[];
}

const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g;
const SERIAL = /(?<![A-Z0-9])[A-Z]{2}-[A-Z0-9]{1,8}-[0-9]{4}-[0-9]{6,9}-[0-9]{2}(?![0-9])/g;
const RECORD = /(?<![0-9-])[0-9]{4}-[0-9]{6}(?![0-9-])/g;
/** A number in free text may be a telephone or a day, unless it is said to be that of an account. */
const ACCOUNT =
  /(?:حساب|الحساب|اشتراك|الاشتراك|ACCOUNT|ACCT|A\/C)\s*(?:رقم|NO\.?|NUMBER)?\s*[:#]?\s*([A-Z0-9][A-Z0-9/-]*)/g;

/**
 * @param references what the payer was asked to quote: the whole of one may be the number of an account
 * @param text what was written beside it
 */
export function namedIn(references: readonly string[], text: string | null): Named {
  const whole = references.map(plain);
  const all = [...whole, plain(text ?? '')].join('\n');
  const rest = all.replace(SERIAL, ' ');
  const unique = (values: string[]) => [...new Set(values)];
  return {
    serials: unique(all.match(SERIAL) ?? []),
    records: unique(rest.match(RECORD) ?? []),
    accounts: unique([...whole, ...[...rest.matchAll(ACCOUNT)].map(([, number]) => number!)]).filter(
      (number) => number !== '' && number.length <= 100,
    ),
  };
}

const plain = (text: string): string => foldDigits(text.normalize('NFKC')).replace(DASHES, '-').toUpperCase().trim();

export interface Owed {
  accountId: number;
  outstanding: number;
  period: string;
  dueOn: string;
}

/**
 * An amount over the accounts of a payer, the oldest debt first whatever its account; what is more than is owed goes to
 * the account that was paid first, or to the only one. Minor units of one currency.
 */
export function spread(amount: number, accountIds: readonly number[], owed: readonly Owed[]): Map<number, number> {
  const shares = new Map<number, number>();
  const add = (accountId: number, part: number) => shares.set(accountId, (shares.get(accountId) ?? 0) + part);
  let left = amount;
  const oldest = [...owed].sort((a, b) =>
    a.period < b.period
      ? -1
      : a.period > b.period
        ? 1
        : a.dueOn < b.dueOn
          ? -1
          : a.dueOn > b.dueOn
            ? 1
            : a.accountId - b.accountId,
  );
  for (const { accountId, outstanding } of oldest) {
    const part = Math.min(left, outstanding);
    if (part === 0) break;
    add(accountId, part);
    left -= part;
  }
  const first = [...shares.keys()][0] ?? accountIds[0];
  if (left > 0 && first !== undefined) add(first, left);
  return shares;
}
