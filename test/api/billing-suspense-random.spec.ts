import { formatAmount } from '@libs/money';
import { Cheque } from '../../src/billing/cheques/cheque.entity';
import { startTestApp, type TestApp } from '../support/app';
import { chequeDesk } from '../support/cheques';
import { random } from '../support/requests';

const STEPS = 80;
const CHARGED = 50_000;

/** Money of one cheque by where it is; minor units. */
interface Kept {
  id: number;
  serial: string;
  accountId: number;
  standing: boolean;
  credited: number;
  suspended: number;
  transferred: number;
  /** By receipt of the payment out of suspense. */
  resolved: Map<string, { accountId: number; amount: number }>;
  /** By posting. */
  returned: Map<number, number>;
}

/** Does with suspended money of cheques whatever can be done, while it keeps books of its own. */
class SuspenseClerk {
  readonly cheques: Kept[] = [];
  readonly accounts: number[] = [];
  readonly done: Record<string, number> = {};

  constructor(
    private readonly app: TestApp,
    private readonly desk: ReturnType<typeof chequeDesk>,
    private readonly next: () => number,
  ) {}

  async begin() {
    await this.desk.shift((await this.desk.till('SX-1')).id);
    for (let at = 0; at < 3; at++) this.accounts.push((await this.desk.account({ charges: [CHARGED] })).id);
    const taken: number[] = [];
    for (let at = 0; at < 6; at++) {
      const closed = (await this.desk.account({ charges: [CHARGED] })).id;
      const accountId = this.pick(this.accounts);
      const [credited, suspended] = [100 + this.below(5000), 100 + this.below(5000)];
      const lines = [
        { accountId, amount: formatAmount(credited, 'ILS') },
        { accountId: closed, amount: formatAmount(suspended, 'ILS') },
      ];
      const tender = this.desk.tender(formatAmount(credited + suspended, 'ILS'), { dueOn: '2026-11-25' });
      const { body } = await this.desk.take(lines, [tender]);
      await this.desk.closeAccount(closed);
      const { serial } = body;
      const kept = { serial, accountId, standing: true, credited, suspended, transferred: 0 };
      this.cheques.push({ id: body.tenders[0].cheque.id, ...kept, resolved: new Map(), returned: new Map() });
      taken.push(body.tenders[0].cheque.id);
    }
    this.app.clock.advance({ days: 1 });
    this.app.forgetTokens();
    for (const id of taken) expect((await this.desk.clear(id)).status).toBe(200);
  }

  async step() {
    const kept = this.pick(this.cheques);
    const dice = this.next();
    if (dice < 0.45) await this.resolve(kept);
    else if (dice < 0.6) await this.undoReturn(kept);
    else if (dice < 0.75) await this.undoResolution(kept);
    else if (dice < 0.93) await this.part(kept);
    else await this.reverse(kept);
  }

  private async resolve(kept: Kept) {
    const [paying, returned] = [1 + this.below(1200), this.below(800)];
    const accountId = this.pick(this.accounts);
    const answer = await this.act('resolve', `/cheques/${kept.id}/resolve`, 'officer', {
      lines: [{ accountId, amount: formatAmount(paying, 'ILS') }],
      ...(returned > 0 && { returned: formatAmount(returned, 'ILS') }),
    });
    expect(answer.status).toBe(kept.suspended > 0 && paying + returned <= kept.suspended ? 200 : 409);
    if (answer.status !== 200) return;
    kept.suspended -= paying + returned;
    if (returned > 0) kept.returned.set(answer.body.payerReturns.at(-1).postingId, returned);
    const query = '/payments?from=2026-11-25&pageSize=1';
    const { body } = await this.app.request('GET', query, { as: 'cashier' });
    kept.resolved.set(body.items[0].serial, { accountId, amount: paying });
  }

  private async undoReturn(kept: Kept) {
    const [postingId, amount] = this.pick([...kept.returned]) ?? [0, 0];
    const reason = { reason: 'لا يُعاد' };
    const path = `/cheques/${kept.id}/payer-returns/${postingId}/undo`;
    if (postingId === 0) return;
    expect((await this.act('undoReturn', path, 'supervisor', reason)).status).toBe(200);
    kept.returned.delete(postingId);
    kept.suspended += amount;
  }

  private async undoResolution(kept: Kept) {
    const [serial, resolution] = this.pick([...kept.resolved]) ?? [null, null];
    if (!resolution) return;
    const amount = this.next() < 0.5 ? resolution.amount : 1 + this.below(resolution.amount);
    const lines = [{ accountId: resolution.accountId, amount: formatAmount(amount, 'ILS') }];
    const answer = await this.act('undoResolution', `/payments/${serial}/partial-reversal`, 'supervisor', {
      lines,
      reason: 'خطأ',
    });
    expect(answer.status).toBe(200);
    kept.suspended += amount;
    resolution.amount -= amount;
    if (resolution.amount === 0) kept.resolved.delete(serial);
  }

  private async part(kept: Kept) {
    const amount = 1 + this.below(3000);
    const lines = [{ accountId: kept.accountId, amount: formatAmount(amount, 'ILS') }];
    const path = `/payments/${kept.serial}/partial-reversal`;
    const { status, body } = await this.act('part', path, 'supervisor', { lines, reason: 'خطأ' });
    expect(status).toBe(kept.standing && amount <= kept.credited ? 200 : 409);
    if (status !== 200) return;
    kept.credited -= amount;
    kept.transferred += amount;
    kept.standing = kept.credited > 0 || kept.suspended > 0 || kept.resolved.size > 0;
    expect(body.state).toBe(kept.standing ? 'POSTED' : 'REVERSED');
  }

  private async reverse(kept: Kept) {
    const path = `/payments/${kept.serial}/reverse`;
    const { status } = await this.act('reverse', path, 'supervisor', { reason: 'خطأ' });
    expect(status).toBe(kept.standing ? 200 : 409);
    if (status !== 200) return;
    const resolved = [...kept.resolved.values()].reduce((sum, { amount }) => sum + amount, 0);
    kept.transferred += kept.credited + kept.suspended + resolved;
    Object.assign(kept, { credited: 0, suspended: 0, standing: false });
    kept.resolved.clear();
  }

  private async act(name: string, path: string, as: string, body: unknown) {
    const answer = await this.desk.post(path, body, { as });
    if (answer.status < 300) this.done[name] = (this.done[name] ?? 0) + 1;
    return answer;
  }
  private below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

describe.each([1, 2, 3])('random work with suspended money of cheques, seed %i', (seed) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('leaves books that balance, and say where every part of a cheque is', async () => {
    const desk = chequeDesk(app);
    const clerk = new SuspenseClerk(app, desk, random(seed));
    await clerk.begin();
    for (let step = 0; step < STEPS; step++) await clerk.step();
    const acts = ['part', 'resolve', 'reverse', 'undoResolution', 'undoReturn'];
    expect(Object.keys(clerk.done).sort()).toEqual(acts);
    expect(await desk.proof()).toEqual([]);
    const paid = new Map<number, number>();
    const add = (accountId: number, amount: number) => paid.set(accountId, (paid.get(accountId) ?? 0) + amount);
    for (const { id, accountId, credited, suspended, transferred, resolved, returned } of clerk.cheques) {
      const { paymentId } = await desk.store.reads(Cheque).findOneByOrFail({ id });
      const toReturn = [...returned.values()].reduce((sum, amount) => sum + amount, 0);
      expect([
        await desk.ledger('SUSPENSE', 'ILS', `cheque:${id}`),
        await desk.ledger('RETURNS', 'ILS', `cheque:${id}`),
        await desk.ledger('TRANSFER_CLEARING', 'ILS', `transfer:${paymentId}.0`),
      ]).toEqual([0 - suspended, 0 - toReturn, 0 - transferred]);
      add(accountId, credited);
      for (const each of resolved.values()) add(each.accountId, each.amount);
    }
    for (const id of clerk.accounts) expect(await desk.balance(id)).toBe(CHARGED - (paid.get(id) ?? 0));
  }, 120_000);
});
