import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@libs/calendar';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { Account } from '../accounts/account.entity';
import { ChargeHeads } from '../accounts/charge-heads';
import { BOOKS } from '../billing.problems';
import { Books } from '../books/books';
import { ItemStore } from '../books/item-store';
import type { EntryLine, NewCharge, PostingRequest, TakenBack } from '../books/posting';

/** What a charge head of a period should have come to: above zero is charged, below is taken back. */
export interface CorrectedLine {
  head: string;
  /** `YYYY-MM`. */
  period: string;
  /** Minor units, not zero. */
  amount: number;
  dueOn?: LocalDate;
  detail?: string | null;
  /** Of what is charged. */
  source?: string;
}

type About = Pick<PostingRequest, 'on' | 'by' | 'description' | 'reason' | 'document'>;

export type Correction = About & { accountId: number; lines: readonly CorrectedLine[] };

export interface Corrected {
  postingId: number;
  /** Keep it: {@link Corrections.undo} charges it again. */
  takenBack: TakenBack[];
}

export type Undone = About & Corrected & { accountId: number; source: string };

/** A charge of which something is left to be taken back. */
export interface ChargeRow {
  id: number;
  accountId: number;
  head: string;
  period: string;
  left: number;
}

/** Credit and debit notes by the thousand, for modules whose bills turn out to have been wrong. */
@Injectable()
export class Corrections {
  constructor(
    private readonly store: Store,
    private readonly books: Books,
    private readonly heads: ChargeHeads,
    private readonly items: ItemStore,
  ) {}

  /**
   * All of them or none, in the active unit, one posting each. What is taken back comes off the charges of the account
   * under the same head and period whose sources begin with `source`, the oldest first.
   * @throws {Problem} billing.exceeds-charge for an account of whose charges not so much is left; as Books.postMany
   */
  async postMany(source: string, corrections: readonly Correction[]): Promise<Corrected[]> {
    if (corrections.length === 0) return [];
    const accountIds = [...new Set(corrections.map(({ accountId }) => accountId))];
    await this.store.hold(Account, accountIds);
    const left = await this.left(source, corrections);
    const drafts = corrections.map(({ accountId, lines, ...about }) => {
      const takenBack = lines.flatMap((line) => (line.amount < 0 ? takeFrom(left, accountId, line) : []));
      const charges = lines.flatMap((line): NewCharge[] => (line.amount > 0 ? [{ accountId, ...line }] : []));
      return { accountId, about, lines, takenBack, charges };
    });
    const entries = await this.entriesOf(accountIds);
    const posted = await this.books.postMany(
      drafts.map(({ accountId, about, lines, takenBack, charges }) => ({
        ...about,
        kind: charges.length === 0 ? 'CREDIT_NOTE' : 'ADJUSTMENT',
        entries: entries(accountId, lines),
        chargesBack: takenBack,
        charges,
      })),
    );
    return posted.map(({ postingId }, at) => ({ postingId, takenBack: drafts[at]!.takenBack }));
  }

  /**
   * The opposites: what was charged is taken back, what was taken back is charged again under its head, period and due
   * day, with sources that begin with the one given.
   * @throws {Problem} billing.exceeds-charge when a part of what was charged was taken back since; as Books.postMany
   */
  async undo(all: readonly Undone[]): Promise<number[]> {
    if (all.length === 0) return [];
    const accountIds = [...new Set(all.map(({ accountId }) => accountId))];
    await this.store.hold(Account, accountIds);
    const made = await this.madeBy(all.map(({ postingId }) => postingId));
    const old = await this.charges(all.flatMap(({ takenBack }) => takenBack.map(({ id }) => id)));
    const entries = await this.entriesOf(accountIds);
    const posted = await this.books.postMany(
      all.map(({ accountId, postingId, takenBack, source, ...about }) => {
        const back = made.get(postingId) ?? [];
        const charges = takenBack.map(({ id, amount }, at): NewCharge => {
          const { head, period, dueOn, detail } = old.get(id)!;
          return { accountId, head, period, dueOn, detail, amount, source: `${source}#${at + 1}` };
        });
        const lines = [...charges, ...back.map(({ head, amount }) => ({ head, amount: -amount }))];
        const chargesBack = back.map(({ id, amount }) => ({ id, amount }));
        return {
          ...about,
          kind: 'REVERSAL',
          reverses: postingId,
          entries: entries(accountId, lines),
          chargesBack,
          charges,
        };
      }),
    );
    return posted.map(({ postingId }) => postingId);
  }

  /**
   * Charges of a month whose sources begin with `source`, the oldest first, with what is left of each: what was relieved
   * (discount, waiver, write-off) is not there to be taken back, or it would become an advance.
   */
  async chargesOf(source: string, accountIds: readonly number[], period: string): Promise<ChargeRow[]> {
    const rows = await this.store.selectIn<Record<'id' | 'account_id' | 'left', number | string> & { head: string }>(
      (list) =>
        `SELECT c."id", c."account_id", c."head", c."amount" - c."cancelled" AS "left"
         FROM "charges" c JOIN "ledger_postings" p ON p."id" = c."posting_id"
         WHERE c."account_id" IN (${list}) AND c."period" = ? AND c."source" LIKE ? AND c."amount" > c."cancelled"
         ORDER BY p."posted_at", c."id"`,
      accountIds,
      [period, `${source}%`],
    );
    const relieved = await this.items.reliefs(rows.map(({ id }) => Number(id)));
    return rows.map(({ id, account_id, head, left }) => ({
      ...{ id: Number(id), accountId: Number(account_id), head, period },
      left: Number(left) - (relieved.get(Number(id)) ?? 0),
    }));
  }

  private async left(source: string, corrections: readonly Correction[]): Promise<Map<string, ChargeRow[]>> {
    const wanted = corrections.filter(({ lines }) => lines.some(({ amount }) => amount < 0));
    const accountIds = [...new Set(wanted.map(({ accountId }) => accountId))];
    const periods = [...new Set(wanted.flatMap(({ lines }) => lines.map(({ period }) => period)))];
    const byKey = new Map<string, ChargeRow[]>();
    for (const period of periods.sort()) {
      for (const row of await this.chargesOf(source, accountIds, period)) {
        const key = keyOf(row.accountId, row);
        byKey.set(key, [...(byKey.get(key) ?? []), row]);
      }
    }
    return byKey;
  }

  private async madeBy(postingIds: readonly number[]) {
    type Row = Record<'id' | 'posting_id' | 'amount', number | string> & { head: string };
    const rows = await this.store.selectIn<Row>(
      (list) => `SELECT "id", "posting_id", "head", "amount" FROM "charges" WHERE "posting_id" IN (${list})`,
      postingIds,
    );
    const byPosting = new Map<number, { id: number; head: string; amount: number }[]>();
    for (const { id, posting_id, head, amount } of rows) {
      const made = { id: Number(id), head, amount: Number(amount) };
      byPosting.set(Number(posting_id), [...(byPosting.get(Number(posting_id)) ?? []), made]);
    }
    return byPosting;
  }

  private async charges(ids: readonly number[]) {
    type Row = { id: number | string; head: string; period: string; due_on: string; detail: string | null };
    const rows = await this.store.selectIn<Row>(
      (list) => `SELECT "id", "head", "period", "due_on", "detail" FROM "charges" WHERE "id" IN (${list})`,
      ids,
    );
    return new Map(
      rows.map(({ id, head, period, due_on, detail }) => [Number(id), { head, period, dueOn: due_on, detail }]),
    );
  }

  /** The other side of lines, by head. */
  private async entriesOf(accountIds: readonly number[]) {
    const rows = await this.store.selectIn<{ id: number | string; currency: string }>(
      (list) => `SELECT "id", "currency" FROM "billing_accounts" WHERE "id" IN (${list})`,
      accountIds,
    );
    const currencies = new Map(rows.map(({ id, currency }) => [Number(id), currency]));
    const heads = new Map((await this.heads.all()).map((head) => [head.code, head]));
    return (accountId: number, lines: readonly { head: string; amount: number }[]): EntryLine[] => {
      const sums = new Map<string, number>();
      for (const { head, amount } of lines) sums.set(head, (sums.get(head) ?? 0) + amount);
      return [...sums].map(([head, amount]) => ({
        ledger: heads.get(head)!.ledger as EntryLine['ledger'],
        currency: currencies.get(accountId)!,
        amount: -amount,
        dimension: head,
      }));
    };
  }
}

const keyOf = (accountId: number, { head, period }: { head: string; period: string }): string =>
  `${accountId} ${period} ${head}`;

/** Counts down what is left, so that several corrections of one account share it. */
function takeFrom(left: ReadonlyMap<string, ChargeRow[]>, accountId: number, line: CorrectedLine): TakenBack[] {
  let missing = -line.amount;
  const taken: TakenBack[] = [];
  for (const row of left.get(keyOf(accountId, line)) ?? []) {
    const amount = Math.min(missing, row.left);
    if (amount <= 0) continue;
    row.left -= amount;
    missing -= amount;
    taken.push({ id: row.id, amount });
  }
  if (missing > 0) throw new Problem(BOOKS['billing.exceeds-charge'], { extra: { accountId, head: line.head } });
  return taken;
}
