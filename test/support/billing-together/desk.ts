import { addDays, localDateOf } from '@libs/calendar';
import { AccountClosing } from '../../../src/billing/transfers/account-closing';
import { BankAccount } from '../../../src/billing/bank/bank.entity';
import { ChequeMaturing } from '../../../src/billing/cheques/cheque-maturing';
import { ExpectedMoney } from '../../../src/billing/bank/expected';
import { PenaltyRuns } from '../../../src/billing/penalties/penalty-runs';
import { PlanReview } from '../../../src/billing/plans/plan-review';
import { WarningReview } from '../../../src/billing/dunning/warning-review';
import type { TestApp } from '../app';
import { bankDesk, camt, IBAN, type Movement } from '../bank';
import { charged, keyed } from '../charged';
import { chequeDesk } from '../cheques';
import { onlineDesk } from '../online';
import { seedRecord } from '../records';

export interface OpenAccount {
  id: number;
  currency: 'ILS' | 'JOD';
  one_record_id: number | null;
}

const OPEN_CHARGES = `SELECT "id", "outstanding" FROM "charges" WHERE "account_id" = ? AND "outstanding" > 0 ORDER BY "id"`;

/** The town before anything happens in it, its nights, and how its acts are asked for. */
export class Desk {
  readonly done: Record<string, number> = {};
  readonly records: number[] = [];
  readonly campaigns: Record<string, number> = {};
  readonly desk: ReturnType<typeof chequeDesk>;
  readonly bankDesk: ReturnType<typeof bankDesk>;
  readonly onlineDesk: ReturnType<typeof onlineDesk>;
  protected readonly books: ReturnType<typeof charged>;
  shiftId: number;
  closed: number[] = [];
  partner: number;
  /** The act that was asked for last and what came of it, to tell a failing sequence. */
  last = '';
  private tillId: number;
  private bankAccountId: number;
  private statements = 0;
  private bankBalance = 0;

  constructor(
    readonly app: TestApp,
    protected readonly next: () => number,
  ) {
    this.desk = chequeDesk(app);
    this.bankDesk = bankDesk(app);
    this.onlineDesk = onlineDesk(app);
    this.books = charged(app);
  }

  async begin() {
    for (let at = 0; at < 4; at++) {
      const { id } = await seedRecord(this.app, [{}], { documentKey: `other:${at}` });
      this.records.push(id);
      for (const currency of at < 3 ? ['ILS', 'ILS', 'JOD'] : ['ILS']) {
        const account = await this.desk.account({ oneRecordId: id, currency });
        for (let n = 1 + this.below(4); n > 0; n--) {
          const head = this.pick(['WATER', 'WASTE', 'PROPERTY_TAX']);
          const dueOn = addDays(this.today(), -this.below(300));
          await this.books.charge(account.id, 1000 + this.below(60_000), { head, dueOn });
        }
        if (this.chance(0.7)) {
          const recurring = {
            accountId: account.id,
            head: 'WASTE',
            amount: '12.5',
            everyMonths: 1,
            fromPeriod: '2026-10',
          };
          await this.must('/billing/recurring-charges', recurring, 'officer');
        }
      }
    }
    this.tillId = (await this.desk.till('T-1')).id;
    this.shiftId = (await this.desk.shift(this.tillId)).id;
    this.bankAccountId = await this.bankDesk.account();
    await this.must('/exchange-rates', { base: 'JOD', quote: 'ILS', rate: '5.12', source: 'سلطة النقد' });
    const rule = {
      head: 'WATER',
      currency: 'ILS',
      validFrom: '2026-01-01',
      startDays: 15,
      method: 'MONTHLY',
      ratePpm: 10_000,
    };
    await this.must('/billing/penalty-rules', { ...rule, documentNumber: 'قرار 7' });
    const opens = {
      head: 'WASTE',
      periodFrom: '2026-01',
      periodTo: '2027-12',
      opensOn: '2026-11-01',
      closesOn: '2027-06-30',
    };
    await this.must('/billing/discount-windows', { ...opens, ratePpm: 80_000, documentNumber: 'قرار 60' });
    this.partner = (
      await this.must('/billing/shares/partners', { code: 'MOF', nameAr: 'المالية', nameEn: 'Finance' })
    ).id;
    const shared = { head: 'PROPERTY_TAX', partnerId: this.partner, fromDay: '2026-01-01', basisPoints: 9000 };
    await this.must('/billing/shares/rules', { ...shared, decision: 'قرار 14' });
    const terms = {
      currency: 'ILS',
      from: '2026-11-01',
      until: '2027-12-31',
      decisionNumber: 'قرار 112',
      budget: '900',
    };
    const kinds = [
      { kind: 'PERCENT_OF_ARREARS', arrearsBefore: '2026-08-01', ratePpm: 300_000 },
      { kind: 'MATCHING', arrearsBefore: '2026-08-01', ratePpm: 500_000 },
      { kind: 'DONOR', arrearsBefore: '2026-08-01', donorName: 'صندوق', donorPpm: 600_000, municipalityPpm: 400_000 },
    ];
    for (const kind of kinds) {
      const named = { code: `C-${kind.kind.slice(0, 5)}`, nameAr: kind.kind, nameEn: kind.kind };
      const { id } = await this.must('/billing/campaigns', { ...named, ...terms, ...kind }, 'officer');
      this.campaigns[kind.kind] = id;
      await this.must(`/billing/campaigns/${id}/approve`, undefined, 'supervisor', 1);
    }
  }

  /** Closes the shift, lets some days pass with their nightly tasks, and opens another. */
  protected async nextDay() {
    const counted = await this.desk.ledger('CASH', 'ILS', `shift:${this.shiftId}`);
    const coins = Math.max(0, Math.floor(counted / 10));
    expect((await this.desk.count(this.shiftId, { ILS: coins > 0 ? [['0.1', coins]] : [] })).status).toBe(200);
    expect((await this.desk.close(this.shiftId)).status).toBe(200);
    this.closed.push(this.shiftId);
    this.app.clock.advance({ days: this.pick([1, 1, 1, 3, 12, 25]) });
    this.app.forgetTokens();
    await this.app.app.get(ChequeMaturing).run();
    await this.app.app.get(PlanReview).run();
    await this.app.app.get(WarningReview).run();
    await this.app.app.get(AccountClosing).run();
    if (this.chance(0.5)) await this.app.app.get(PenaltyRuns).run(null);
    this.shiftId = (await this.desk.shift(this.tillId)).id;
    const rate = { base: 'JOD', quote: 'ILS', rate: (5 + this.next() / 4).toFixed(2), source: 'سلطة النقد' };
    await this.act('rate', '/exchange-rates', rate, 'supervisor');
  }

  protected async importStatement(movements: Movement[]) {
    const id = `T-${++this.statements}`;
    const told = { id, opening: (this.bankBalance / 100).toFixed(2), from: this.today(), to: this.today(), movements };
    this.bankBalance += movements.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
    const { status, body } = await this.bankDesk.import(this.bankAccountId, camt(told));
    this.count('statement', status, body);
    await this.app.drain();
  }

  /** What the bank is to tell of, as an employee sees it. */
  protected async expected(): Promise<{ target: string; amount: number }[]> {
    const account = (await this.desk.store.reads(BankAccount).findOneBy({ id: this.bankAccountId }))!;
    const found = await this.app.app.get(ExpectedMoney).of(account);
    return found.map(({ id: target, amount }) => ({ target, amount }));
  }

  protected bankOf() {
    return { bankAccount: IBAN, bankName: 'بنك المثال' };
  }

  protected today(): string {
    return localDateOf(this.app.clock.now());
  }

  /** Open ones, mostly. */
  protected async accounts(currency?: string): Promise<OpenAccount[]> {
    const all = await this.rows<OpenAccount & { state: string }>(
      'SELECT "id", "currency", "one_record_id", "state" FROM "billing_accounts" ORDER BY "id"',
    );
    const state = this.chance(0.1) ? 'CLOSED' : 'OPEN';
    const wanted = all.filter((each) => currency === undefined || each.currency === currency);
    const found = wanted.filter((each) => each.state === state);
    return found.length > 0 ? found : wanted;
  }

  protected openCharges(accountId: number): Promise<{ id: number; outstanding: number }[]> {
    return this.rows(OPEN_CHARGES, [accountId]);
  }

  /** @returns the answer when it was done */
  protected async act(name: string, path: string, body: unknown, as = 'cashier', version?: number): Promise<any> {
    const headers = keyed(version);
    const answer = await this.app.request('POST', path, { as, headers, ...(body !== undefined && { body }) });
    this.last = `${name} ${path} ${JSON.stringify(body)} → ${answer.status} ${answer.status < 300 ? '' : JSON.stringify(answer.body)}`;
    return this.count(name, answer.status, answer.body) ? (answer.body ?? true) : undefined;
  }

  /** Whatever is refused is refused by name. */
  protected count(name: string, status: number, body: any): boolean {
    if (status < 300) this.done[name] = (this.done[name] ?? 0) + 1;
    else if (status >= 500 || !/^(billing|http)\./.test(body.code)) throw new Error(this.last);
    return status < 300;
  }

  protected async rows<T extends object>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    const numbers = /^(id|.*_id|amount|outstanding|version|most|n|sum)$/;
    return (await this.desk.store.sql<Record<string, unknown>>(sql, parameters)).map((row) => {
      const entries = Object.entries(row).map(([key, value]) => [
        key,
        numbers.test(key) && value !== null ? Number(value) : value,
      ]);
      return Object.fromEntries(entries) as T;
    });
  }

  private async must(path: string, body: unknown, as = 'supervisor', version?: number): Promise<any> {
    const answer = await this.app.request('POST', path, {
      as,
      headers: keyed(version),
      ...(body !== undefined && { body }),
    });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  protected chance(probability: number): boolean {
    return this.next() < probability;
  }

  protected below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  protected pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** At least one, when there is one. */
  protected some<T>(list: readonly T[], most = list.length): T[] {
    const rest = [...list];
    const found: T[] = [];
    for (let n = 1 + this.below(most); n > 0 && rest.length > 0; n--)
      found.push(...rest.splice(this.below(rest.length), 1));
    return found;
  }
}
