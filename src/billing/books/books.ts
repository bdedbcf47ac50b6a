import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../accounts/account.entity';
import { ChargeHeads } from '../accounts/charge-heads';
import { BOOKS } from '../billing.problems';
import { CHARGE, CREDIT, ENTRY, POSTING } from './columns';
import { ItemStore } from './item-store';
import { Charge, Credit } from './open-item.entity';
import { OpenItems, type ChargeItem, type CreditItem } from './open-items';
import { LedgerEntry, LedgerPosting } from './posting.entity';
import type { NewCharge, NewCredit, Posted, PostingRequest } from './posting';
import { accountsWritten, makesItsReceivables, receivables, unbalanced } from './posting.rules';
import { allocationRows, takeBackRows } from './trail';

type LockedAccount = Pick<Account, 'id' | 'currency' | 'state'> & { closed_on: string | null };

/** A request with the ids of what it makes. */
interface Draft {
  request: PostingRequest;
  postingId: number;
  charges: (NewCharge & { item: ChargeItem })[];
  credits: (NewCredit & { item: CreditItem })[];
  /** What it does to the receivable of each account. */
  receivables: ReadonlyMap<number, number>;
}

export type ReversalRequest = Pick<PostingRequest, 'on' | 'by' | 'description' | 'document'> & {
  postingId: number;
  reason: string;
};

/**
 * The one way into the ledger. A posting carries its entries together with the debts and credits it makes or takes back,
 * so that the sum of an account's entries is always its outstanding charges less its advances.
 */
@Injectable()
export class Books {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly heads: ChargeHeads,
    private readonly items: ItemStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** As {@link postMany}. */
  async post(request: PostingRequest): Promise<Posted> {
    return (await this.postMany([request]))[0]!;
  }

  /**
   * All of them or none, in the active unit or one of their own.
   * @throws {Problem} billing.account-unknown, account-closed, head-unknown, date-in-future, period-closed,
   * charge-settled, exceeds-charge, exceeds-credit; charge-relieved when a charge is reversed
   * @throws {RangeError} when entries do not sum to zero in a currency: a mistake of the caller
   */
  postMany(requests: readonly PostingRequest[]): Promise<Posted[]> {
    return this.uow.run(async () => {
      await this.checkDays(requests);
      const items = new OpenItems();
      const accounts = await this.lock(requests);
      await this.items.refuseRelieved(requests);
      await this.loadTakenBack(requests, items);
      const drafts = await this.draft(requests, accounts, items);
      await this.items.loadOpen([...accounts.keys()], items);
      apply(drafts, items);
      await this.write(drafts, items, accounts);
      return drafts.map((draft) => posted(draft, items));
    });
  }

  /** As {@link reverseMany}. */
  async reverse(request: ReversalRequest): Promise<Posted> {
    return (await this.reverseMany([request]))[0]!;
  }

  /**
   * The opposites of postings, which are named; all of them or none. What they charged is taken back, what they credited
   * is owed again.
   * @throws {Problem} http.not-found; billing.already-reversed, also when a part was taken back before; not-reversible
   * when it took others back, or took over what the old systems say; charge-relieved; as postMany
   */
  reverseMany(requests: readonly ReversalRequest[]): Promise<Posted[]> {
    return this.uow.run(async () => {
      const originals = await this.items.originals(requests.map(({ postingId }) => postingId));
      return this.postMany(
        requests.map(({ postingId, ...rest }) => {
          const original = originals.get(postingId);
          if (!original) throw new Problem('http.not-found');
          const { kind, touched, receivables: sums, entries, charges, credits } = original;
          if (touched || kind === 'REVERSAL') {
            throw new Problem(BOOKS['billing.already-reversed'], { extra: { postingId } });
          }
          if (kind === 'OPENING' || !makesItsReceivables(sums, charges, credits)) {
            throw new Problem(BOOKS['billing.not-reversible'], { extra: { postingId } });
          }
          return {
            kind: 'REVERSAL',
            reverses: postingId,
            ...rest,
            entries: entries.map((entry) => ({ ...entry, amount: -entry.amount })),
            creditsBack: credits.map(({ id, amount }) => ({ id, amount })),
            chargesBack: charges.map(({ id, amount }) => ({ id, amount })),
          };
        }),
      );
    });
  }

  /** @throws {Problem} billing.date-in-future, period-closed */
  private async checkDays(requests: readonly PostingRequest[]): Promise<void> {
    const days = new Set(requests.map(({ on }) => on));
    const today = localDateOf(this.clock.now());
    if ([...days].some((day) => day > today)) throw new Problem(BOOKS['billing.date-in-future']);
    const closed = await this.store.selectIn<{ period: string }>(
      (list) => `SELECT "period" FROM "ledger_periods" WHERE "period" IN (${list}) AND "state" = 'CLOSED'`,
      [...new Set([...days].map((day) => day.slice(0, 7)))],
    );
    if (closed[0]) throw new Problem(BOOKS['billing.period-closed'], { extra: { period: closed[0].period } });
  }

  /** Every account that is touched, kept from other units. @throws {Problem} billing.account-unknown, account-closed */
  private async lock(requests: readonly PostingRequest[]): Promise<Map<number, LockedAccount>> {
    const written = accountsWritten(requests);
    const all = new Set(written.keys());
    for (const [table, part] of [
      ['charges', 'chargesBack'],
      ['credits', 'creditsBack'],
    ] as const) {
      const rows = await this.store.selectIn<{ account_id: number | string }>(
        (list) => `SELECT DISTINCT "account_id" FROM "${table}" WHERE "id" IN (${list})`,
        requests.flatMap((request) => (request[part] ?? []).map(({ id }) => id)),
      );
      for (const { account_id } of rows) all.add(Number(account_id));
    }
    await this.store.hold(Account, [...all]);
    const rows = await this.store.selectIn<LockedAccount>(
      (list) => `SELECT "id", "currency", "state", "closed_on" FROM "billing_accounts" WHERE "id" IN (${list})`,
      [...all],
    );
    const accounts = new Map(rows.map((row) => [Number(row.id), { ...row, id: Number(row.id) }]));
    for (const [accountId, billed] of written) {
      const account = accounts.get(accountId);
      if (!account) throw new Problem(BOOKS['billing.account-unknown'], { extra: { accountId } });
      // An account whose holder has gone takes payments until nothing is left, and no bill.
      const ended = billed && account.closed_on !== null;
      if (account.state !== 'OPEN' || ended)
        throw new Problem(BOOKS['billing.account-closed'], { extra: { accountId } });
    }
    return accounts;
  }

  private async loadTakenBack(requests: readonly PostingRequest[], items: OpenItems): Promise<void> {
    const chargeIds = requests.flatMap(({ chargesBack = [] }) => chargesBack.map(({ id }) => id));
    const creditIds = requests.flatMap(({ creditsBack = [] }) => creditsBack.map(({ id }) => id));
    if (chargeIds.length === 0 && creditIds.length === 0) return;
    const byCharge = await this.items.allocated('charge_id', chargeIds);
    const byCredit = await this.items.allocated('credit_id', creditIds);
    const lines = [...byCharge, ...byCredit];
    const charges = new Set([...chargeIds, ...lines.map(({ chargeId }) => chargeId)]);
    const credits = new Set([...creditIds, ...lines.map(({ creditId }) => creditId)]);
    for (const charge of await this.items.charges([...charges])) items.addCharge(charge);
    for (const credit of await this.items.credits([...credits])) items.addCredit(credit);
    items.remember(byCharge, byCredit);
  }

  /** What the requests make, with ids. @throws {Problem} billing.head-unknown */
  private async draft(
    requests: readonly PostingRequest[],
    accounts: ReadonlyMap<number, LockedAccount>,
    items: OpenItems,
  ): Promise<Draft[]> {
    const heads = await this.heads.require(
      new Set(requests.flatMap(({ charges = [] }) => charges.map(({ head }) => head))),
    );
    const count = requests.reduce((n, { charges = [], credits = [] }) => n + 1 + charges.length + credits.length, 0);
    const ids = (await this.ids.many(count)).values();
    const next = () => ids.next().value!;
    return requests.map((request) => {
      const draft = { request, postingId: next(), charges: [] as Draft['charges'], credits: [] as Draft['credits'] };
      for (const charge of request.charges ?? []) {
        const { accountId, head, amount, period = request.on.slice(0, 7), dueOn = request.on } = charge;
        const { priority } = heads.get(head)!;
        const id = next();
        const dated = { period, priority, chargedOn: request.on, dueOn };
        const item = { id, accountId, ...dated, amount, cancelled: 0, outstanding: amount };
        items.addCharge(item);
        draft.charges.push({ ...charge, item });
      }
      for (const credit of request.credits ?? []) {
        const { accountId, amount, origin = request.kind } = credit;
        const id = next();
        const item = { id, accountId, origin, creditedOn: request.on, amount, reversed: 0, remaining: amount };
        items.addCredit(item);
        draft.credits.push({ ...credit, item });
      }
      const changes = receivables(request, items);
      const sums = unbalanced(request, changes, accounts);
      if (sums.length > 0) throw new RangeError(`posting ${request.kind} does not balance: ${sums.join(', ')}`);
      return { ...draft, receivables: changes };
    });
  }

  private async write(
    drafts: readonly Draft[],
    items: OpenItems,
    accounts: ReadonlyMap<number, LockedAccount>,
  ): Promise<void> {
    const now = this.clock.now();
    const [postings, entries, charges, credits]: unknown[][][] = [[], [], [], []];
    const made = new Set<number>();
    const lines = drafts.reduce((n, { request, receivables: { size } }) => n + size + request.entries.length, 0);
    const ids = (await this.ids.many(lines)).values();
    const next = () => ids.next().value!;
    for (const { request, postingId, charges: newCharges, credits: newCredits, receivables: changes } of drafts) {
      const { kind, on, document, reverses = null, description, reason = null, by } = request;
      const documentId = document === undefined ? null : String(document.id);
      postings!.push([postingId, kind, on, document?.type ?? null, documentId, reverses, description, reason, by, now]);
      for (const [accountId, amount] of changes) {
        const { currency } = accounts.get(accountId)!;
        if (amount === 0) continue;
        entries!.push([next(), postingId, 'RECEIVABLE', accountId, null, currency, amount, on, null]);
      }
      for (const { ledger, currency, amount, dimension = null } of request.entries) {
        if (amount === 0) continue;
        entries!.push([next(), postingId, ledger, null, dimension, currency, amount, on, null]);
      }
      for (const { item, head, detail = null, source = null } of newCharges) {
        const { id, accountId, period, dueOn, amount, cancelled, outstanding } = item;
        made.add(id);
        charges!.push([
          id,
          accountId,
          postingId,
          head,
          period,
          on,
          dueOn,
          amount,
          cancelled,
          outstanding,
          detail,
          source,
        ]);
      }
      for (const { item } of newCredits) {
        const { id, accountId, origin, amount, reversed, remaining } = item;
        made.add(id);
        credits!.push([id, accountId, postingId, origin, on, amount, reversed, remaining]);
      }
    }
    await this.store.bulkInsert(LedgerPosting, POSTING, postings!);
    await this.store.bulkInsert(LedgerEntry, ENTRY, entries!);
    await this.store.bulkInsert(Charge, CHARGE, charges!);
    await this.store.bulkInsert(Credit, CREDIT, credits!);
    await this.items.update(items, made);
    const trail = [...allocationRows(drafts, items)];
    const backs = [...takeBackRows(drafts)];
    const more = await this.ids.many(trail.length + backs.length);
    await this.items.insertAllocations(trail.map((row, at) => [more[at], ...row]));
    await this.items.insertTakeBacks(backs.map((row, at) => [more[trail.length + at], ...row]));
  }
}

/** First what is taken back, then what is paid by name, then whatever is free against the oldest. */
function apply(drafts: readonly Draft[], items: OpenItems): void {
  for (const { request, credits } of drafts) {
    for (const { id, amount } of request.creditsBack ?? []) items.takeBackCredit(id, amount);
    for (const { id, amount } of request.chargesBack ?? []) items.takeBackCharge(id, amount);
    for (const { item, chargeIds, surplus = 'REFUSE' } of credits) {
      if (chargeIds) items.payDirected(item, chargeIds, surplus);
    }
  }
  items.settle();
}

const posted = ({ postingId, charges, credits }: Draft, items: OpenItems): Posted => ({
  postingId,
  chargeIds: charges.map(({ item }) => item.id),
  outstanding: charges.map(({ item }) => item.outstanding),
  credits: credits.map(({ item }) => ({
    creditId: item.id,
    allocated: items.lines.flatMap(({ chargeId, creditId, amount }) =>
      creditId === item.id ? [{ chargeId, amount }] : [],
    ),
    advance: item.remaining,
  })),
});
