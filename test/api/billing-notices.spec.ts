import { Problem } from '@libs/http';
import { Outbox, OutboxMessage } from '@libs/outbox';
import { UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { Bill, BillRun, type RunTask } from '../../src/billing/bill-runs/bill-run.entity';
import { RunWorker } from '../../src/billing/bill-runs/run-worker';
import { BOOKS } from '../../src/billing/billing.problems';
import { Charge } from '../../src/billing/books/open-item.entity';
import { Books } from '../../src/billing/books/books';
import { BILLS_ISSUED, BillDigests } from '../../src/billing/notices/bill-digests';
import { Message } from '../../src/notifications/messages/message.entity';
import { startTestApp, type TestApp } from '../support/app';
import { openAccounts, runRequests, setPeriod } from '../support/bill-runs';
import { noticeDesk } from '../support/notices';

let app: TestApp;
let desk: ReturnType<typeof noticeDesk>;
let runs: ReturnType<typeof runRequests>;
afterEach(() => app.close());

async function start(settings: Record<string, string> = {}) {
  app = await startTestApp(settings);
  desk = noticeDesk(app);
  runs = runRequests(app);
}
/** Accounts that are billed 30.00, 31.00 … each, held by a record or by nobody. */
async function billed(oneRecordId: number | null, count: number): Promise<number[]> {
  const ids = await openAccounts(app, count, { oneRecordId });
  for (const [at, id] of ids.entries()) await runs.recur(id, `${30 + at}.00`);
  return ids;
}
const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '');
const told = async (phone: string) => (await desk.got(phone)).map(plain);

describe('bills that were issued', () => {
  it('are told once a person and run, with their number and total', async () => {
    await start();
    const [many, one] = [await desk.person(), await desk.person()];
    await billed(many.id, 3);
    await billed(one.id, 1);
    await billed(null, 1);
    const { id } = await runs.made('ISSUED');
    expect(await told(many.phone)).toEqual([
      'بلدية نابلس: صدرت فواتيركم عن 2026-11 وعددها 3 ومجموعها 93.00 ILS، وتستحق 15 كانون الأول 2026',
    ]);
    expect(await told(one.phone)).toEqual([expect.stringContaining('وعددها 1 ومجموعها 30.00 ILS')]);
    expect(await desk.store.reads(Message).countBy({ topic: 'bills', channel: 'SMS' })).toBe(2);
    // The outbox tells it again.
    await app.app.get(BillDigests, { strict: false }).digest({ runId: id, after: 0 });
    await app.drain();
    expect(await told(many.phone)).toHaveLength(1);
  });

  it('are added up over the rows of the old systems that the person holds', async () => {
    await start();
    const { id, phone } = await desk.person();
    const [row] = await desk.store.sql<{ id: number }>(
      'SELECT "legacy_citizen_id" AS "id" FROM "one_record_links" WHERE "one_record_id" = ?',
      [id],
    );
    const [own, old] = [await billed(id, 1), await billed(null, 1)];
    await app.app
      .get(UnitOfWork)
      .run(() => desk.store.update(Account, { id: old[0]! }, { legacyCitizenId: Number(row!.id) }));
    expect(own).toHaveLength(1);
    await runs.made('ISSUED');
    expect(await told(phone)).toEqual([expect.stringContaining('وعددها 2 ومجموعها 60.00 ILS')]);
  });

  it('are not told of a run that was reversed meanwhile, nor where nobody wants it', async () => {
    await start();
    const { id, phone } = await desk.person();
    await billed(id, 1);
    const body = { topics: [{ topic: 'bills', channel: 'SMS', wanted: false }] };
    await app.request('PUT', `/one-records/${id}/preferences`, { as: 'clerk', body });
    const run = await runs.made('ISSUED');
    expect(await told(phone)).toEqual([]);
    await runs.act(run.id, 'reverse', 'supervisor', { reason: 'خطأ' });
    const before = await desk.store.reads(Message).countBy({});
    await app.app.get(BillDigests, { strict: false }).digest({ runId: run.id, after: 0 });
    expect(await desk.store.reads(Message).countBy({})).toBe(before);
  });

  describe('and wait for the end of the night', () => {
    const statesOf = async (oneRecordId: number) => {
      const messages = await desk.store.reads(Message).findBy({ topic: 'bills', oneRecordId });
      return new Set(messages.map(({ state }) => state));
    };
    const morning = async () => {
      app.clock.set('2026-11-25T06:30:00.000Z');
      await app.drain();
    };
    beforeEach(async () => {
      await start();
      app.clock.set('2026-11-24T19:30:00.000Z');
    });

    /** A reversal that ends after its first bill. */
    const reversedInPart = async (runId: number) => {
      app.app.get(RunWorker, { strict: false }).unit = 1;
      const [first] = await desk.store.reads(Bill).find({ where: { runId }, order: { accountId: 'ASC' } });
      const books = app.app.get(Books, { strict: false });
      const reverse = books.reverseMany.bind(books);
      const closed = () => Promise.reject(new Problem(BOOKS['billing.period-closed']));
      const spy = jest
        .spyOn(books, 'reverseMany')
        .mockImplementation((all) =>
          all.every(({ document }) => document!.id === first!.id) ? reverse(all) : closed(),
        );
      await runs.act(runId, 'reverse', 'supervisor', { reason: 'خطأ' });
      spy.mockRestore();
    };

    it('are withdrawn where their run is reversed', async () => {
      const { id, phone } = await desk.person();
      await billed(id, 1);
      const run = await runs.made('ISSUED');
      expect(await statesOf(id)).toEqual(new Set(['QUEUED']));
      expect((await runs.act(run.id, 'reverse', 'supervisor', { reason: 'خطأ' })).status).toBe(202);
      expect(await statesOf(id)).toEqual(new Set(['CANCELLED']));
      await morning();
      expect(await told(phone)).toEqual([]);
    });

    it('are told where the reversal was refused, because the bills stand', async () => {
      const { id, phone } = await desk.person();
      await billed(id, 1);
      const run = await runs.made('ISSUED');
      await setPeriod(app, '2026-11', 'CLOSED');
      expect((await runs.act(run.id, 'reverse', 'supervisor', { reason: 'خطأ' })).status).toBe(202);
      expect(await runs.get(run.id)).toMatchObject({ state: 'ISSUED', failure: 'billing.period-closed' });
      await morning();
      expect(await told(phone)).toHaveLength(1);
    });

    it('are withdrawn from those whose bill was reversed before the rest was refused', async () => {
      const [back, left] = [await desk.person(), await desk.person()];
      await billed(back.id, 1);
      await billed(left.id, 1);
      const run = await runs.made('ISSUED');
      await reversedInPart(run.id);
      expect(await runs.get(run.id)).toMatchObject({ state: 'ISSUED', task: null });
      await morning();
      expect([await told(back.phone), await told(left.phone)]).toEqual([[], [expect.stringContaining('30.00 ILS')]]);
    });

    /** So that the bill of the account is not reversed with its run. */
    const touch = async (accountId: number) => {
      const charge = await desk.store.reads(Charge).findOneByOrFail({ accountId });
      await app.app.get(Books, { strict: false }).post({
        kind: 'CREDIT_NOTE',
        on: '2026-11-24',
        description: 'إشعار دائن',
        by: null,
        chargesBack: [{ id: charge.id, amount: 50 }],
        entries: [{ ledger: 'ADJUSTMENTS', currency: 'ILS', amount: 50 }],
      });
    };

    it('are told of what stands where some of a person’s bills do, once, whoever tells it again', async () => {
      const { id, phone } = await desk.person();
      const [left] = await billed(id, 3);
      const run = await runs.made('ISSUED');
      await touch(left!);
      await runs.act(run.id, 'reverse', 'supervisor', { reason: 'خطأ' });
      await app.app.get(BillDigests, { strict: false }).takeBack({ runId: run.id, after: 0 });
      await app.app.get(BillDigests, { strict: false }).digest({ runId: run.id, after: 0 });
      await morning();
      expect(await told(phone)).toEqual([expect.stringContaining('وعددها 1 ومجموعها 30.00 ILS')]);
    });

    it('are told of what stands after one reversal was refused, and after another had got further', async () => {
      const { id, phone } = await desk.person();
      const accounts = await billed(id, 3);
      const run = await runs.made('ISSUED');
      await reversedInPart(run.id);
      const waiting = async () => {
        const messages = await desk.store.reads(Message).findBy({ oneRecordId: id, channel: 'SMS', state: 'QUEUED' });
        return messages.map(({ dedupeKey }) => dedupeKey);
      };
      const key = `bills:${run.id}:${id}`;
      expect(await waiting()).toEqual([`${key}:left-2:SMS`]);
      await touch(accounts[2]!);
      await runs.act(run.id, 'reverse', 'supervisor', { reason: 'خطأ' });
      expect(await waiting()).toEqual([`${key}:left-1:SMS`]);
      await morning();
      expect(await told(phone)).toEqual([expect.stringContaining('وعددها 1 ومجموعها 32.00 ILS')]);
    });

    it('are told those whose bill was left as it is, and withdrawn from the others', async () => {
      const [left, back] = [await desk.person(), await desk.person()];
      const [account] = await billed(left.id, 1);
      await billed(back.id, 1);
      const run = await runs.made('ISSUED');
      await touch(account!);
      await runs.act(run.id, 'reverse', 'supervisor', { reason: 'خطأ' });
      expect(await statesOf(back.id)).toEqual(new Set(['CANCELLED']));
      await morning();
      expect([await told(left.phone), await told(back.phone)]).toEqual([[expect.stringContaining('30.00 ILS')], []]);
    });
  });

  it('are told once a reversal has ended that was refused', async () => {
    await start({ BILL_NOTICES: 'false' });
    const { id, phone } = await desk.person();
    await billed(id, 1);
    const run = await runs.made('ISSUED');
    const task = (task: RunTask | null) =>
      app.app.get(UnitOfWork).run(() => desk.store.update(BillRun, { id: run.id }, { task }));
    await task('REVERSE');
    const message = { runId: run.id, after: 0 };
    await app.app.get(UnitOfWork).run(() => app.app.get(Outbox).add(BILLS_ISSUED, message));
    await app.drain();
    expect(await told(phone)).toEqual([]);
    await task(null);
    app.clock.advance({ minutes: 2 });
    await app.drain();
    expect(await told(phone)).toHaveLength(1);
  });

  it('are told nobody where that is switched off', async () => {
    await start({ BILL_NOTICES: 'false' });
    const { id, phone } = await desk.person();
    await billed(id, 1);
    await runs.made('ISSUED');
    expect(await told(phone)).toEqual([]);
    expect(await desk.store.reads(OutboxMessage).countBy({ type: 'billing.bills-issued' })).toBe(0);
  });
});
