import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { ChargeHeads } from '../accounts/charge-heads';
import { BOOKS } from '../billing.problems';
import { ALLOCATION, TAKE_BACK } from './columns';
import { RELIEF_ORIGINS, type AllocationLine, type ChargeItem, type CreditItem, type OpenItems } from './open-items';
import { Allocation, Charge, Credit, TakeBack } from './open-item.entity';
import type { EntryLine, PostingRequest, TakenBack } from './posting';

const CHARGE = '"id", "account_id", "head", "period", "charged_on", "due_on", "amount", "cancelled", "outstanding"';
const CREDIT = '"id", "account_id", "origin", "credited_on", "amount", "reversed", "remaining"';

interface ChargeRow {
  id: number | string;
  account_id: number | string;
  head: string;
  period: string;
  charged_on: string;
  due_on: string;
  amount: number | string;
  cancelled: number | string;
  outstanding: number | string;
}

interface CreditRow {
  id: number | string;
  account_id: number | string;
  origin: string;
  credited_on: string;
  amount: number | string;
  reversed: number | string;
  remaining: number | string;
}

interface EntryRow {
  posting_id: number | string;
  ledger: string;
  account_id: number | string | null;
  dimension: string | null;
  currency: string;
  amount: number | string;
}

interface ItemRow {
  posting_id: number | string;
  id: number | string;
  account_id: number | string;
  amount: number | string;
  back: number | string;
}

/** A posting as its reversal sees it. */
export interface Original {
  kind: string;
  /** It was reversed, or a part of what it made was taken back. */
  touched: boolean;
  receivables: { accountId: number; amount: number }[];
  /** All but the receivables. */
  entries: EntryLine[];
  charges: (TakenBack & { accountId: number })[];
  credits: (TakenBack & { accountId: number })[];
}

/** Reads and writes what {@link OpenItems} works on. */
@Injectable()
export class ItemStore {
  constructor(
    private readonly store: Store,
    private readonly heads: ChargeHeads,
  ) {}

  /** The advances of the accounts, and the open charges where there is something to pay them with. */
  async loadOpen(accountIds: readonly number[], items: OpenItems): Promise<void> {
    for (const credit of await this.advances(accountIds)) items.addCredit(credit);
    const payable = new Set([...items.credits.values()].map(({ accountId }) => accountId));
    for (const charge of await this.openCharges([...payable])) items.addCharge(charge);
  }

  async charges(ids: readonly number[]): Promise<ChargeItem[]> {
    return this.asCharges(
      await this.store.selectIn<ChargeRow>((list) => `SELECT ${CHARGE} FROM "charges" WHERE "id" IN (${list})`, ids),
    );
  }

  private async openCharges(accountIds: readonly number[]): Promise<ChargeItem[]> {
    const rows = await this.store.selectIn<ChargeRow>(
      (list) => `SELECT ${CHARGE} FROM "charges" WHERE "account_id" IN (${list}) AND "outstanding" > 0`,
      accountIds,
    );
    return this.asCharges(rows);
  }

  async credits(ids: readonly number[]): Promise<CreditItem[]> {
    const sql = (list: string) => `SELECT ${CREDIT} FROM "credits" WHERE "id" IN (${list})`;
    return (await this.store.selectIn<CreditRow>(sql, ids)).map(creditItem);
  }

  private async advances(accountIds: readonly number[]): Promise<CreditItem[]> {
    const sql = (list: string) => `SELECT ${CREDIT} FROM "credits" WHERE "account_id" IN (${list}) AND "remaining" > 0`;
    return (await this.store.selectIn<CreditRow>(sql, accountIds)).map(creditItem);
  }

  /** What is allocated now between charges and credits, in the order in which it was first done. */
  async allocated(column: 'charge_id' | 'credit_id', ids: readonly number[]): Promise<AllocationLine[]> {
    const rows = await this.store.selectIn<{ charge_id: number; credit_id: number; amount: number }>(
      (list) =>
        `SELECT l."charge_id", l."credit_id", SUM(l."amount") AS "amount"
         FROM "allocations" l JOIN "ledger_postings" p ON p."id" = l."posting_id" WHERE l."${column}" IN (${list})
         GROUP BY l."charge_id", l."credit_id" HAVING SUM(l."amount") <> 0 ORDER BY MIN(p."posted_at"), MIN(l."id")`,
      ids,
    );
    return rows.map((row) => ({
      chargeId: Number(row.charge_id),
      creditId: Number(row.credit_id),
      amount: Number(row.amount),
    }));
  }

  /** Those of charges on which a discount, a waiver or a write-off stands, with how much. */
  async reliefs(chargeIds: readonly number[]): Promise<Map<number, number>> {
    const rows = await this.store.selectIn<{ charge_id: number | string; relieved: number | string }>(
      (list) =>
        `SELECT l."charge_id", SUM(l."amount") AS "relieved" FROM "allocations" l
         JOIN "credits" k ON k."id" = l."credit_id"
         WHERE l."charge_id" IN (${list}) AND k."origin" IN (${RELIEF_ORIGINS.map((origin) => `'${origin}'`).join(', ')})
         GROUP BY l."charge_id" HAVING SUM(l."amount") > 0 ORDER BY l."charge_id"`,
      chargeIds,
    );
    return new Map(rows.map(({ charge_id, relieved }) => [Number(charge_id), Number(relieved)]));
  }

  /**
   * A relief is for the charge it was given on: were that reversed, it would become an advance.
   * @throws {Problem} billing.charge-relieved
   */
  async refuseRelieved(requests: readonly PostingRequest[]): Promise<void> {
    const reversed = requests.flatMap(({ reverses, chargesBack = [] }) => (reverses === undefined ? [] : chargesBack));
    const [chargeId] = [...(await this.reliefs(reversed.map(({ id }) => id))).keys()];
    if (chargeId !== undefined) throw new Problem(BOOKS['billing.charge-relieved'], { extra: { chargeId } });
  }

  /** By posting; ids that nobody has are absent. */
  async originals(postingIds: readonly number[]): Promise<Map<number, Original>> {
    const select = <T>(columns: string, table: string, key = 'posting_id') =>
      this.store.selectIn<T>(
        (list) => `SELECT ${columns} FROM "${table}" WHERE "${key}" IN (${list}) ORDER BY "id"`,
        postingIds,
      );
    const originals = new Map<number, Original>();
    for (const { id, kind } of await select<{ id: number | string; kind: string }>(
      '"id", "kind"',
      'ledger_postings',
      'id',
    )) {
      originals.set(Number(id), { kind, touched: false, receivables: [], entries: [], charges: [], credits: [] });
    }
    for (const { posting } of await select<{ posting: number | string }>(
      '"reverses_id" AS "posting"',
      'ledger_postings',
      'reverses_id',
    )) {
      originals.get(Number(posting))!.touched = true;
    }
    for (const row of await select<EntryRow>(
      '"posting_id", "ledger", "account_id", "dimension", "currency", "amount"',
      'ledger_entries',
    )) {
      const { ledger, currency, dimension, account_id } = row;
      const original = originals.get(Number(row.posting_id))!;
      const amount = Number(row.amount);
      if (account_id !== null) original.receivables.push({ accountId: Number(account_id), amount });
      else original.entries.push({ ledger: ledger as EntryLine['ledger'], currency, amount, dimension });
    }
    for (const [table, part, back] of [
      ['charges', 'charges', 'cancelled'],
      ['credits', 'credits', 'reversed'],
    ] as const) {
      for (const row of await select<ItemRow>(
        `"posting_id", "id", "account_id", "amount", "${back}" AS "back"`,
        table,
      )) {
        const original = originals.get(Number(row.posting_id))!;
        original[part].push({ id: Number(row.id), accountId: Number(row.account_id), amount: Number(row.amount) });
        if (Number(row.back) > 0) original.touched = true;
      }
    }
    return originals;
  }

  /** @param made ids that this unit inserts whole */
  async update(items: OpenItems, made: ReadonlySet<number>): Promise<void> {
    const charges = [...items.changedCharges].filter((id) => !made.has(id)).map((id) => items.charges.get(id)!);
    const credits = [...items.changedCredits].filter((id) => !made.has(id)).map((id) => items.credits.get(id)!);
    await this.store.bulkUpdate(
      Charge,
      ['cancelled', 'outstanding'],
      charges.map(({ id, cancelled, outstanding }) => ({ id, values: [cancelled, outstanding] })),
    );
    await this.store.bulkUpdate(
      Credit,
      ['reversed', 'remaining'],
      credits.map(({ id, reversed, remaining }) => ({ id, values: [reversed, remaining] })),
    );
  }

  async insertAllocations(rows: Iterable<readonly unknown[]>): Promise<void> {
    await this.store.bulkInsert(Allocation, ALLOCATION, rows);
  }

  async insertTakeBacks(rows: Iterable<readonly unknown[]>): Promise<void> {
    await this.store.bulkInsert(TakeBack, TAKE_BACK, rows);
  }

  private async asCharges(rows: ChargeRow[]): Promise<ChargeItem[]> {
    const heads = await this.heads.require(new Set(rows.map(({ head }) => head)));
    return rows.map((row) => ({
      id: Number(row.id),
      accountId: Number(row.account_id),
      period: row.period,
      priority: heads.get(row.head)!.priority,
      chargedOn: row.charged_on,
      dueOn: row.due_on,
      amount: Number(row.amount),
      cancelled: Number(row.cancelled),
      outstanding: Number(row.outstanding),
    }));
  }
}

const creditItem = (row: CreditRow): CreditItem => ({
  id: Number(row.id),
  accountId: Number(row.account_id),
  origin: row.origin,
  creditedOn: row.credited_on,
  amount: Number(row.amount),
  reversed: Number(row.reversed),
  remaining: Number(row.remaining),
});
