import { addDays, localDateOf } from '@libs/calendar';
import { formatAmount } from '@libs/money';
import { STEPS } from '../../src/billing/cheques/cheque.rules';
import { ChequeMaturing } from '../../src/billing/cheques/cheque-maturing';
import type { ChequeState } from '../../src/billing/cheques/cheque.entity';
import { startTestApp, type TestApp } from '../support/app';
import { chequeDesk } from '../support/cheques';
import { random } from '../support/requests';

const STEPS_TAKEN = 120;
const CURRENCIES = ['ILS', 'JOD'] as const;
const FEES = { ILS: 5000, JOD: 10_000 };
type Currency = (typeof CURRENCIES)[number];

interface Kept {
  currency: Currency;
  accountIds: number[];
  /** Paid in cash, and what was given back of the payment in parts. */
  cash: number;
  back: number;
}

const REFUSALS = new RegExp(
  `^billing\\.(${[
    'exceeds-balance|exceeds-charge|charge-settled|cheque-state|cheque-not-due|cheque-at-bank|replacement-unfit',
    'void-too-late|cash-insufficient|exceeds-payment|not-divisible|already-reversed|cheque-not-in-deposit',
  ].join('|')})$`,
);

/** Takes cheques and cash and does with them whatever can be done, while it keeps books of its own. */
class ChequeClerk {
  readonly standing = new Map<string, Kept>();
  readonly accounts: { id: number; currency: Currency; chargeIds: number[] }[] = [];
  readonly cheques: number[] = [];
  readonly deposits: { id: number; open: number[] }[] = [];
  readonly done: Record<string, number> = {};
  readonly charged = { ILS: 0, JOD: 0 };
  returned = { ILS: 0, JOD: 0 };
  shiftId: number;
  private tillId: number;

  constructor(
    private readonly app: TestApp,
    private readonly desk: ReturnType<typeof chequeDesk>,
    private readonly next: () => number,
  ) {}

  async begin() {
    for (let at = 0; at < 6; at++) {
      const currency = CURRENCIES[at % 2]!;
      const charges = Array.from({ length: 1 + this.below(4) }, () => 1 + this.below(60_000));
      this.charged[currency] += charges.reduce((sum, each) => sum + each, 0);
      this.accounts.push({ currency, ...(await this.desk.account({ currency, charges })) });
    }
    this.tillId = (await this.desk.till('RANDOM')).id;
    this.shiftId = (await this.desk.shift(this.tillId)).id;
  }

  async step() {
    const dice = this.next();
    if (dice < 0.35) await this.pay();
    else if (dice < 0.45) await this.act('hold', '/cheques/hold', { chequeIds: await this.likely('RECEIVED') });
    else if (dice < 0.58) await this.deposit();
    else if (dice < 0.78) await this.answer();
    else if (dice < 0.83) await this.replaceOrRefer();
    else if (dice < 0.89) await this.undo(this.next() < 0.5 ? 'void' : 'reverse');
    else if (dice < 0.96) await this.part();
    else await this.nextDay();
  }

  private async pay() {
    const currency = this.pick(CURRENCIES);
    const own = this.accounts.filter((each) => each.currency === currency);
    const lines = Array.from({ length: 1 + this.below(3) }, () => {
      const { id, chargeIds } = this.pick(own);
      const directed = this.next() < 0.3;
      return { accountId: id, minor: 1 + this.below(15_000), ...(directed && { chargeIds: [this.pick(chargeIds)] }) };
    });
    let left = lines.reduce((sum, { minor }) => sum + minor, 0);
    const tenders: unknown[] = [];
    let cash = 0;
    const cashier = this.next() < 0.3 ? 1 : 0.25;
    while (left > 0) {
      const minor = tenders.length > 3 ? left : 1 + this.below(left);
      left -= minor;
      const amount = formatAmount(minor, currency);
      if (this.next() < cashier) {
        cash += minor;
        tenders.push({ kind: 'CASH', currency, amount });
        continue;
      }
      const dueOn = addDays(localDateOf(this.app.clock.now()), this.pick([-10, 0, 1, 2]));
      tenders.push(this.desk.tender(amount, { dueOn }, currency));
    }
    const said = lines.map(({ minor, ...line }) => ({ ...line, amount: formatAmount(minor, currency) }));
    const { status, body } = await this.desk.take(said, tenders, { acceptAdvance: this.next() < 0.85 });
    if (!this.count('pay', status, body)) return;
    const accountIds = lines.map(({ accountId }) => accountId);
    this.standing.set(body.serial, { currency, accountIds, cash, back: 0 });
    this.cheques.push(...body.tenders.flatMap(({ cheque }: any) => cheque?.id ?? []));
  }

  private async deposit() {
    const chequeIds = await this.likely('HELD', 'DUE', 'RETURNED');
    const body = { chequeIds, bankAccount: 'BANK-1', bankName: 'بنك المثال' };
    const made = await this.act('deposit', '/cheque-deposits', body);
    if (made) this.deposits.push({ id: made.id, open: [...new Set(chequeIds)] });
  }

  private async answer() {
    const deposit = this.pick(this.deposits.length > 0 ? this.deposits : [{ id: 1, open: [1] }]);
    const ids = this.some(deposit.open);
    const back = ids.filter(() => this.next() < 0.35);
    const body = {
      cleared: ids.filter((id) => !back.includes(id)),
      returned: back.map((chequeId) => ({ chequeId, reason: 'عدم كفاية الرصيد' })),
    };
    const settled = await this.act('answer', `/cheque-deposits/${deposit.id}/outcomes`, body);
    if (!settled) return;
    for (const { id, sum } of settled.cheques) if (back.includes(id)) this.returned[sum.currency as Currency]++;
    deposit.open = deposit.open.filter((id) => !ids.includes(id));
    if (deposit.open.length === 0) this.deposits.splice(this.deposits.indexOf(deposit), 1);
  }

  private async replaceOrRefer() {
    if (this.cheques.length === 0 || this.standing.size === 0) return;
    const id = this.pick([...(await this.likely('RETURNED', 'LEGAL')), this.pick(this.cheques)]);
    if (this.next() < 0.3) await this.act('refer', `/cheques/${id}/refer`, { caseNumber: `${id}/2026` });
    else await this.act('replace', `/cheques/${id}/replace`, { receipt: this.pick([...this.standing.keys()]) });
  }

  private async undo(how: 'void' | 'reverse') {
    if (this.standing.size === 0) return;
    const serial = this.pick([...this.standing.keys()]);
    const undone = await this.act(how, `/payments/${serial}/${how}`, {
      reason: 'خطأ في الإدخال',
      ...(how === 'reverse' && { payingShiftId: this.shiftId }),
    });
    if (undone) this.standing.delete(serial);
  }

  private async part() {
    if (this.standing.size === 0) return;
    const serial = this.pick([...this.standing.keys()]);
    const kept = this.standing.get(serial)!;
    const minor = 1 + this.below(3000);
    const lines = [{ accountId: this.pick(kept.accountIds), amount: formatAmount(minor, kept.currency) }];
    const body = { lines, reason: 'خطأ في جزء', payingShiftId: this.shiftId };
    const back = await this.act('part', `/payments/${serial}/partial-reversal`, body);
    if (!back) return;
    kept.back += minor;
    if (back.state === 'REVERSED') this.standing.delete(serial);
  }

  private async nextDay() {
    const counted = await this.desk.ledger('CASH', 'ILS', `shift:${this.shiftId}`);
    const coins = Math.max(0, Math.floor(counted / 10));
    expect((await this.desk.count(this.shiftId, { ILS: coins > 0 ? [['0.1', coins]] : [] })).status).toBe(200);
    expect((await this.desk.close(this.shiftId)).status).toBe(200);
    this.app.clock.advance({ days: 1 });
    this.app.forgetTokens();
    await this.app.app.get(ChequeMaturing).run();
    this.shiftId = (await this.desk.shift(this.tillId)).id;
  }

  private async act(name: string, path: string, body: unknown): Promise<any> {
    const answer = await this.desk.post(path, body, { as: 'supervisor' });
    if (['hold', 'deposit', 'answer'].includes(name) && [404, 422].includes(answer.status)) return undefined;
    return this.count(name, answer.status, answer.body) ? answer.body : undefined;
  }

  private count(name: string, status: number, body: any): boolean {
    if (status < 300) this.done[name] = (this.done[name] ?? 0) + 1;
    else expect(body.code).toMatch(REFUSALS);
    return status < 300;
  }

  /** Mostly cheques of which it can be done, sometimes any. */
  private async likely(...states: ChequeState[]): Promise<number[]> {
    if (this.next() < 0.1) return this.some(this.cheques);
    const rows = await this.desk.store.sql<{ id: number | string }>(
      `SELECT "id" FROM "cheques" WHERE "state" IN (${states.map(() => '?').join(', ')}) ORDER BY "id"`,
      states,
    );
    return this.some(rows.map(({ id }) => Number(id)));
  }

  private some(list: readonly number[]): number[] {
    if (list.length === 0) return [];
    return [...new Set(Array.from({ length: 1 + this.below(3) }, () => this.pick(list)))];
  }
  private below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

describe.each([
  [1, 'AT_SIGHT'],
  [2, 'CLEARED'],
  [3, 'RECEIVED'],
])('random work with cheques, seed %i, relief %s', (seed, relief) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ CHEQUE_RELIEF: relief });
  });
  afterAll(() => app.close());

  it('leaves books that balance, and say what every cheque is worth', async () => {
    const desk = chequeDesk(app);
    const clerk = new ChequeClerk(app, desk, random(seed));
    await clerk.begin();
    for (let step = 0; step < STEPS_TAKEN; step++) await clerk.step();
    const often = { pay: 10, hold: 3, deposit: 3, answer: 3, part: 1 };
    for (const [act, least] of Object.entries(often)) expect(clerk.done[act] ?? 0).toBeGreaterThanOrEqual(least);
    expect(await desk.proof()).toEqual([]);

    for (const { id } of clerk.accounts) {
      const sum = async (table: string, column: string) => {
        const sql = `SELECT SUM("${column}") AS "sum" FROM "${table}" WHERE "account_id" = ?`;
        return Number((await desk.store.sql<{ sum: number | string | null }>(sql, [id]))[0]!.sum ?? 0);
      };
      const [outstanding, remaining] = [await sum('charges', 'outstanding'), await sum('credits', 'remaining')];
      expect(await desk.balance(id)).toBe(outstanding - remaining);
      expect(Math.min(outstanding, remaining)).toBe(0);
    }

    const cheques = [];
    for (const id of clerk.cheques) cheques.push(await desk.get(id));
    const bank = { ILS: 0, JOD: 0 };
    const counted = new Map<string, number>();
    for (const { id, state, receipt, relief: now, sum, lines, events } of cheques) {
      const [currency, amount] = [sum.currency as Currency, Number(sum.amount)];
      const underWay = ['RECEIVED', 'HELD', 'DUE', 'DEPOSITED', 'REDEPOSITED'].includes(state);
      const waiting = lines.reduce((total: number, each: any) => total + (each.creditId ? 0 : Number(each.amount)), 0);
      const books = await desk.books(id, currency);
      expect([id, ...books.map((each) => each + 0)]).toEqual([id, underWay ? amount : 0, underWay ? 0 - waiting : 0]);
      if (state === 'CLEARED') bank[currency] += amount;
      if (state === 'CLEARED' || (underWay && now === 'NOW'))
        counted.set(receipt, (counted.get(receipt) ?? 0) + amount);
      const path: ChequeState[] = events.map(({ to }: { to: ChequeState }) => to);
      path.forEach((to, at) => {
        expect(events[at].from).toBe(at === 0 ? null : path[at - 1]);
        if (at > 0) expect(STEPS[path[at - 1]!]).toContain(to);
      });
    }
    for (const currency of CURRENCIES) {
      expect(await desk.ledger('BANK', currency)).toBe(bank[currency]);
      const paid = [...clerk.standing]
        .filter(([, kept]) => kept.currency === currency)
        .reduce((sum, [serial, { cash, back }]) => sum + cash - back + (counted.get(serial) ?? 0), 0);
      const owed = clerk.charged[currency] + clerk.returned[currency] * FEES[currency];
      expect(await desk.ledger('RECEIVABLE', currency)).toBe(owed - paid);
    }
  }, 120_000);
});
