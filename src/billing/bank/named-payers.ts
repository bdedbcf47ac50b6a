import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { readSerial } from '@libs/serial';
import { OneRecords } from '../../citizens';
import { Accounts } from '../accounts/accounts';
import type { PaidLine } from '../payments/payment-lines';
import { PaymentLines } from '../payments/payment-lines';
import type { BankLine } from './bank.entity';
import { namedIn, spread, type Named, type Owed } from './named.rules';

/** Whose debts a transfer pays. */
export interface NamedPayer {
  /** `account:ID` or `one-record:ID`. */
  target: string;
  /** The whole of what is owed there is what came in. */
  whole: boolean;
  label: string;
}

interface OfSerial {
  serial: string;
  id: number | string;
  number: string;
  open: number | string | null;
}

type Line = Pick<BankLine, 'id' | 'amount' | 'currency' | 'references' | 'description'>;

interface Candidate {
  target: string;
  accountIds: number[];
  /** Of a bill: what is open of it alone. */
  open?: number;
  label: string;
}

/** Transfers that name a bill, a receipt, an account or a OneRecord. */
@Injectable()
export class NamedPayers {
  constructor(
    private readonly store: Store,
    private readonly accounts: Accounts,
    private readonly records: OneRecords,
    private readonly paid: PaymentLines,
  ) {}

  /** By line; what came in alone, and only open accounts of its currency. */
  async find(lines: readonly Line[]): Promise<Map<number, NamedPayer[]>> {
    const credits = lines.filter(({ amount }) => amount > 0);
    const named = new Map(
      credits.map((line) => [line.id, namedIn(line.references?.split('\n') ?? [], line.description)]),
    );
    const all = (of: (named: Named) => string[]) => [...new Set([...named.values()].flatMap(of))];
    const known = new Map<string, Candidate[]>();
    const learn = (key: string, candidate: Candidate) => known.set(key, [...(known.get(key) ?? []), candidate]);
    for (const { currency } of new Map(credits.map((line) => [line.currency, line])).values()) {
      const own = (key: string) => `${currency} ${key}`;
      for (const { key, ...rest } of [
        ...(await this.byAccount(
          all(({ accounts }) => accounts),
          currency,
        )),
        ...(await this.bySerial(
          all(({ serials }) => serials),
          currency,
        )),
        ...(await this.byRecord(
          all(({ records }) => records),
          currency,
        )),
      ]) {
        learn(own(key), rest);
      }
    }
    const owed = await this.owed([...known.values()].flat().flatMap(({ accountIds }) => accountIds));
    return new Map(
      credits.map(({ id, amount, currency }) => {
        const { serials, records, accounts } = named.get(id)!;
        const found = [...serials, ...records, ...accounts].flatMap((key) => known.get(`${currency} ${key}`) ?? []);
        const targets = new Map<string, NamedPayer>();
        for (const { target, accountIds, open, label } of found) {
          const total = accountIds
            .flatMap((each) => owed.get(each) ?? [])
            .reduce((sum, { outstanding }) => sum + outstanding, 0);
          const whole = amount === total || amount === open || (targets.get(target)?.whole ?? false);
          targets.set(target, { target, whole, label });
        }
        return [id, [...targets.values()]];
      }),
    );
  }

  /** What an amount pays there, and who is named on the receipt; null when the accounts are closed meanwhile. */
  async linesFor(
    target: string,
    { amount, currency }: Pick<BankLine, 'amount' | 'currency'>,
  ): Promise<{ oneRecordId: number | null; lines: PaidLine[] } | null> {
    const [kind, id] = [target.split(':')[0], Number(target.split(':')[1])];
    const oneRecordId = kind === 'one-record' ? id : null;
    const accountIds = kind === 'one-record' ? await this.accountsOf(id, currency) : [id];
    const shares = spread(amount, accountIds, [...(await this.owed(accountIds)).values()].flat());
    if (shares.size === 0) return null;
    const accounts = await this.paid.accounts([...shares.keys()]);
    const lines = [...shares].map(([accountId, share]) => ({
      ...accounts.get(accountId)!,
      amount: share,
      chargeIds: undefined,
    }));
    return { oneRecordId, lines };
  }

  private async byAccount(numbers: string[], currency: string): Promise<(Candidate & { key: string })[]> {
    const rows = await this.store.selectIn<{ id: number | string; number: string }>(
      (list) =>
        `SELECT "id", "number" FROM "billing_accounts" WHERE "number" IN (${list}) AND "currency" = ? AND "state" = 'OPEN'`,
      numbers,
      [currency],
    );
    return rows.map(({ id, number }) => ofAccount(number, Number(id), number));
  }

  /** Of bills and receipts: the accounts that they are on. */
  private async bySerial(typed: string[], currency: string): Promise<(Candidate & { key: string })[]> {
    const serials = typed.filter((each) => readSerial(each).ok);
    const on = (list: string, of: string) =>
      `WHERE ${of}."serial" IN (${list}) AND a."currency" = ? AND a."state" = 'OPEN'`;
    const bills = await this.store.selectIn<OfSerial>(
      (list) =>
        `SELECT b."serial", a."id", a."number", SUM(c."outstanding") AS "open" FROM "bills" b
         JOIN "billing_accounts" a ON a."id" = b."account_id"
         LEFT JOIN "charges" c ON c."posting_id" = b."posting_id" AND c."account_id" = a."id"
         ${on(list, 'b')} GROUP BY b."serial", a."id", a."number"`,
      serials,
      [currency],
    );
    const receipts = await this.store.selectIn<OfSerial>(
      (list) =>
        `SELECT DISTINCT r."serial", a."id", a."number", NULL AS "open" FROM "receipts" r
         JOIN "payment_lines" p ON p."payment_id" = r."payment_id"
         JOIN "billing_accounts" a ON a."id" = p."account_id" ${on(list, 'r')}`,
      serials,
      [currency],
    );
    return [...bills, ...receipts].map(({ serial, id, number, open }) => ({
      ...ofAccount(serial, Number(id), number),
      ...(open !== null && { open: Number(open) }),
    }));
  }

  private async byRecord(numbers: string[], currency: string): Promise<(Candidate & { key: string })[]> {
    const found: (Candidate & { key: string })[] = [];
    for (const number of numbers) {
      const typed = await this.records.findByNumber(number);
      if (!typed) continue;
      const { id, approvedName } = await this.records.getSurvivor(typed.id);
      const accountIds = await this.accountsOf(id, currency);
      if (accountIds.length === 0) continue;
      found.push({
        key: number,
        target: `one-record:${id}`,
        accountIds,
        label: `سجل موحد ${number} ${approvedName ?? ''}`,
      });
    }
    return found;
  }

  private async accountsOf(oneRecordId: number, currency: string): Promise<number[]> {
    const held = await this.accounts.holdings(oneRecordId);
    const own = held.filter(
      ({ account, relation }) =>
        relation === 'SAME_PERSON' && account.currency === currency && account.state === 'OPEN',
    );
    return own.map(({ account }) => account.id);
  }

  private async owed(accountIds: readonly number[]): Promise<Map<number, Owed[]>> {
    const rows = await this.store.selectIn<Record<string, string | number>>(
      (list) =>
        `SELECT "account_id", "outstanding", "period", "due_on" FROM "charges"
         WHERE "account_id" IN (${list}) AND "outstanding" > 0`,
      [...new Set(accountIds)],
    );
    const owed = new Map<number, Owed[]>();
    for (const { account_id, outstanding, period, due_on } of rows) {
      const accountId = Number(account_id);
      const charge = { accountId, outstanding: Number(outstanding), period: String(period), dueOn: String(due_on) };
      owed.set(accountId, [...(owed.get(accountId) ?? []), charge]);
    }
    return owed;
  }
}

const ofAccount = (key: string, id: number, number: string): Candidate & { key: string } => ({
  key,
  target: `account:${id}`,
  accountIds: [id],
  label: `حساب ${number}`,
});
