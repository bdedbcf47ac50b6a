import { formatAmount } from '@libs/money';
import { startTestApp, type TestApp } from '../support/app';
import { random } from '../support/requests';
import { tillDesk } from '../support/till';

const STEPS = 60;
const CURRENCIES = ['ILS', 'JOD'] as const;
type Currency = (typeof CURRENCIES)[number];

/** Pays, voids, reverses, counts, closes, deposits in random order, while it keeps books of its own. */
class Counter {
  readonly posted = new Map<string, { currency: Currency; cash: number; shiftId: number }>();
  readonly accounts: { id: number; currency: Currency; chargeIds: number[] }[] = [];
  shiftId: number;
  tillId: number;
  closed: number[] = [];
  deposited = 0;
  taken = 0;
  refused = 0;
  undone = 0;

  constructor(
    private readonly desk: ReturnType<typeof tillDesk>,
    private readonly next: () => number,
  ) {}

  async begin(name: string) {
    for (let at = 0; at < 6; at++) {
      const currency = CURRENCIES[at % 2]!;
      const charges = Array.from({ length: 1 + this.below(4) }, () => 1 + this.below(20_000));
      this.accounts.push({ currency, ...(await this.desk.account({ currency, charges })) });
    }
    this.tillId = (await this.desk.till(name, 'RANDOM')).id;
    this.shiftId = (await this.desk.shift(this.tillId)).id;
  }

  async step() {
    const dice = this.next();
    if (dice < 0.6) await this.pay();
    else if (dice < 0.75) await this.undo('void');
    else if (dice < 0.9) await this.undo('reverse');
    else await this.nextShift();
  }

  private async pay() {
    const currency = this.pick(CURRENCIES);
    const lines = Array.from({ length: 1 + this.below(3) }, () => {
      const { id, chargeIds } = this.pick(this.accounts.filter((each) => each.currency === currency));
      const directed = this.next() < 0.3;
      return { accountId: id, minor: 1 + this.below(15_000), ...(directed && { chargeIds: [this.pick(chargeIds)] }) };
    });
    const total = lines.reduce((sum, { minor }) => sum + minor, 0);
    const cash = this.next() < 0.3 ? this.below(total) : total;
    const tenders = [
      ['CASH', cash],
      ['CARD', total - cash],
    ].filter(([, amount]) => amount !== 0) as [string, number][];
    const { status, body } = await this.desk.post('/payments', {
      payerName: 'دافع',
      lines: lines.map(({ minor, ...line }) => ({ ...line, amount: formatAmount(minor, currency) })),
      tenders: tenders.map(([kind, minor]) => ({ kind, currency, amount: formatAmount(minor, currency) })),
      acceptAdvance: this.next() < 0.6,
    });
    if (status === 201) {
      this.taken++;
      this.posted.set(body.serial, { currency, cash, shiftId: this.shiftId });
      return;
    }
    this.refused++;
    expect({ status, code: body.code }).toEqual({
      status: 409,
      code: expect.stringMatching(/^billing\.(exceeds-balance|exceeds-charge|charge-settled)$/),
    });
  }

  private async undo(how: 'void' | 'reverse') {
    if (this.posted.size === 0) return;
    const serial = this.pick([...this.posted.keys()]);
    const { status, body } = await this.desk.post(
      `/payments/${serial}/${how}`,
      { reason: 'خطأ في الإدخال', ...(how === 'reverse' && { payingShiftId: this.shiftId }) },
      { as: 'supervisor' },
    );
    if (status === 200) {
      this.undone++;
      this.posted.delete(serial);
      return;
    }
    expect(['billing.void-too-late', 'billing.cash-insufficient']).toContain(body.code);
  }

  private async nextShift() {
    const counted = await this.desk.ledger('CASH', 'ILS', `shift:${this.shiftId}`);
    const coins = Math.floor(counted / 10);
    expect((await this.desk.count(this.shiftId, { ILS: coins > 0 ? [['0.1', coins]] : [] })).status).toBe(200);
    expect((await this.desk.close(this.shiftId)).status).toBe(200);
    this.closed.push(this.shiftId);
    this.shiftId = (await this.desk.shift(this.tillId)).id;
    if (this.next() < 0.5) return;
    const { status, body } = await this.desk.post('/deposits', { shiftIds: this.closed }, { as: 'supervisor' });
    if (status === 201) {
      this.closed = [];
      this.deposited++;
    } else expect(body.code).toBe('billing.nothing-to-deposit');
  }

  private below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

describe.each([1, 2, 3])('random work at the till, seed %i', (seed) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('leaves books that balance, and say what was taken', async () => {
    const desk = tillDesk(app);
    const counter = new Counter(desk, random(seed));
    await counter.begin(`X-${seed}`);
    for (let step = 0; step < STEPS; step++) await counter.step();
    expect(Math.min(counter.taken, counter.refused, counter.undone)).toBeGreaterThan(2);

    const unbalanced = await desk.store.sql(
      `SELECT "posting_id", "currency", SUM("amount") AS "sum" FROM "ledger_entries"
         GROUP BY "posting_id", "currency" HAVING SUM("amount") <> 0`,
    );
    expect(unbalanced).toEqual([]);

    for (const { id } of counter.accounts) {
      const sum = async (table: string, column: string) => {
        const [row] = await desk.store.sql<{ sum: number | string | null }>(
          `SELECT SUM("${column}") AS "sum" FROM "${table}" WHERE "account_id" = ?`,
          [id],
        );
        return Number(row!.sum ?? 0);
      };
      const [outstanding, remaining] = [await sum('charges', 'outstanding'), await sum('credits', 'remaining')];
      expect(await desk.balance(id)).toBe(outstanding - remaining);
      expect(Math.min(outstanding, remaining)).toBe(0);
    }

    for (const currency of CURRENCIES) {
      const cash = [...counter.posted.values()].reduce(
        (sum, payment) => sum + (payment.currency === currency ? payment.cash : 0),
        0,
      );
      const short = await desk.ledger('OVER_SHORT', currency);
      const books = (await desk.ledger('CASH', currency)) + (await desk.ledger('CASH_IN_TRANSIT', currency));
      expect(books + short).toBe(cash);
    }

    const numbers = await desk.store.sql<{ number: number }>('SELECT "number" FROM "receipts" ORDER BY "number"');
    expect(numbers.map(({ number }) => Number(number))).toEqual(
      Array.from({ length: counter.taken }, (_, at) => at + 1),
    );
    const undone = await desk.store.sql<{ n: number }>(
      `SELECT COUNT(*) AS "n" FROM "payments" WHERE "state" <> 'POSTED'`,
    );
    expect(Number(undone[0]!.n)).toBe(counter.undone);
  }, 120_000);
});
