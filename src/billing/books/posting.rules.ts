import type { OpenItems } from './open-items';
import type { PostingRequest } from './posting';

/** The accounts that postings put charges or credits on, each with whether a bill is among them. */
export function accountsWritten(requests: readonly PostingRequest[]): Map<number, boolean> {
  const written = new Map<number, boolean>();
  for (const { kind, charges = [], credits = [] } of requests) {
    for (const { accountId } of credits) written.set(accountId, written.get(accountId) ?? false);
    for (const { accountId } of charges) written.set(accountId, kind === 'CHARGE' || (written.get(accountId) ?? false));
  }
  return written;
}

/** What a posting does to the receivable of each account: debit positive. */
export function receivables(request: PostingRequest, items: OpenItems): Map<number, number> {
  const sums = new Map<number, number>();
  const add = (accountId: number, amount: number) => sums.set(accountId, safe((sums.get(accountId) ?? 0) + amount));
  for (const { accountId, amount } of request.charges ?? []) add(accountId, positive(amount));
  for (const { accountId, amount } of request.credits ?? []) add(accountId, -positive(amount));
  for (const { id, amount } of request.creditsBack ?? []) add(items.credits.get(id)!.accountId, positive(amount));
  for (const { id, amount } of request.chargesBack ?? []) add(items.charges.get(id)!.accountId, -positive(amount));
  return sums;
}

/** Currencies in which the entries do not sum to zero, with the sum: none in a posting that holds. */
export function unbalanced(
  { entries }: PostingRequest,
  receivable: ReadonlyMap<number, number>,
  accounts: ReadonlyMap<number, { currency: string }>,
): string[] {
  const sums = new Map<string, number>();
  const add = (currency: string, amount: number) => sums.set(currency, safe((sums.get(currency) ?? 0) + amount));
  for (const [accountId, amount] of receivable) add(accounts.get(accountId)!.currency, amount);
  for (const { currency, amount } of entries) add(currency, amount);
  return [...sums].filter(([, sum]) => sum !== 0).map(([currency, sum]) => `${currency} ${sum}`);
}

interface OnAccount<Id = number> {
  accountId: Id;
  amount: number;
}

/** Whether the receivables of a posting come from what it charged and credited alone, and not from what it took back. */
export function makesItsReceivables(
  entries: readonly OnAccount<number | null>[],
  charges: readonly OnAccount[],
  credits: readonly OnAccount[],
): boolean {
  const left = new Map<number, number>();
  const add = (accountId: number, amount: number) => left.set(accountId, (left.get(accountId) ?? 0) + amount);
  for (const { accountId, amount } of entries) if (accountId !== null) add(accountId, amount);
  for (const { accountId, amount } of charges) add(accountId, -amount);
  for (const { accountId, amount } of credits) add(accountId, amount);
  return [...left.values()].every((amount) => amount === 0);
}

function safe(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not an amount in minor units: ${amount}`);
  return amount;
}

function positive(amount: number): number {
  if (safe(amount) <= 0) throw new RangeError(`an amount of a charge or credit is above zero: ${amount}`);
  return amount;
}
