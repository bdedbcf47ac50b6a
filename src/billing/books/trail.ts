import type { OpenItems } from './open-items';
import type { PostingRequest } from './posting';

interface Written {
  request: PostingRequest;
  postingId: number;
  /** By account. */
  receivables: ReadonlyMap<number, number>;
}

/**
 * What was allocated, without ids, as the columns of allocations. By the last posting of the batch that touches the
 * account, and not before the charge and the credit are there, so that the lines up to a day say what was open on it.
 */
export function* allocationRows(drafts: readonly Written[], items: OpenItems): Iterable<unknown[]> {
  const byAccount = new Map<number, Written>();
  for (const draft of drafts) {
    for (const accountId of draft.receivables.keys()) byAccount.set(accountId, draft);
  }
  for (const { chargeId, creditId, amount } of items.lines) {
    const [{ chargedOn }, { creditedOn, accountId }] = [items.charges.get(chargeId)!, items.credits.get(creditId)!];
    const { request, postingId } = byAccount.get(accountId)!;
    yield [chargeId, creditId, amount, latest(request.on, chargedOn, creditedOn), postingId];
  }
}

/** What was taken back, without ids, as the columns of take-backs. */
export function* takeBackRows(drafts: readonly Written[]): Iterable<unknown[]> {
  for (const { request, postingId } of drafts) {
    for (const { id, amount } of request.chargesBack ?? []) yield [id, null, amount, request.on, postingId];
    for (const { id, amount } of request.creditsBack ?? []) yield [null, id, amount, request.on, postingId];
  }
}

const latest = (...days: string[]): string => days.reduce((last, day) => (day > last ? day : last));
