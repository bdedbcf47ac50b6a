import { Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { SandboxMessage } from '../../src/notifications/channels/channel.entities';
import { ReRatingNotices } from '../../src/water/re-rating/re-rating-notices';
import { startTestApp, type TestApp } from '../support/app';
import { runRequests } from '../support/bill-runs';
import { noticeDesk } from '../support/notices';
import { MONTHLY, waterDesk } from '../support/water';
import { cutDesk } from '../support/water-cuts';

const hold = (app: TestApp, id: number, oneRecordId: number) =>
  app.app.get(UnitOfWork).run(() => app.app.get(Store).update(Account, { id }, { oneRecordId }));
const told = async (app: TestApp, recipient: string, containing: string) => {
  const rows = await app.app
    .get(Store)
    .reads(SandboxMessage)
    .find({ where: { recipient }, order: { id: 'ASC' } });
  const plain = rows.map(({ body }) => body.replace(/[\u2066-\u2069]/g, ''));
  return plain.filter((text) => text.includes(containing));
};

describe('water that is rated again', () => {
  it('is told once a person: what the cycles of all subscriptions come to', async () => {
    const app = await startTestApp();
    try {
      const [desk, notices] = [waterDesk(app), noticeDesk(app)];
      const { id: recordId, phone } = await notices.person();
      const old = await desk.tariff();
      for (const used of [10, 20]) {
        const one = await desk.subscription();
        await desk.read(one, '2026-10-31', used);
        await hold(app, one.accountId, recordId);
      }
      await runRequests(app).made('ISSUED', { feeder: 'water', period: '2026-10' });
      await desk.retire(old);
      await desk.tariff({ ...MONTHLY, code: 'JWU-2026-R', fixed: { amount: '17', per: 'MONTH' } });
      const body = {
        ...{
          reason: 'إلغاء زيادة الرسم الثابت',
          decisionNumber: '14/2026',
          fromPeriod: '2026-10',
          toPeriod: '2026-10',
        },
        dueOn: '2026-12-31',
      };
      const { id } = (await desk.post('/water/re-ratings', body, 'officer')).body;
      const act = async (verb: string, as: string) => {
        const { version } = (await app.request('GET', `/water/re-ratings/${id}`, { as: 'auditor' })).body;
        await desk.post(`/water/re-ratings/${id}/${verb}`, {}, as, version);
        await app.drain();
      };
      await act('simulate', 'officer');
      expect(await told(app, phone, 'أعيد احتساب')).toEqual([]);
      await act('post', 'supervisor');
      // 42.00 were charged where 17.00 are due, twice.
      expect(await told(app, phone, 'أعيد احتساب')).toEqual([
        'بلدية نابلس: أعيد احتساب مياهكم من 2026-10 إلى 2026-10 بقرار 14/2026، وقُيّد لحسابكم 50.00 شيكل',
      ]);
      await app.app.get(ReRatingNotices, { strict: false }).tell({ reRatingId: id, after: 0 });
      await app.drain();
      expect(await told(app, phone, 'أعيد احتساب')).toHaveLength(1);
    } finally {
      await app.close();
    }
  });
});

describe('a notice of disconnection', () => {
  const desk = cutDesk();

  it('is told by text message, which says that it does not serve it', async () => {
    const { id: recordId, phone } = await noticeDesk(desk.app).person();
    const { accountId } = await desk.debtor();
    await hold(desk.app, accountId, recordId);
    const run = await desk.listed();
    expect((await desk.issue(run)).status).toBe(200);
    await desk.app.drain();
    const [text, ...more] = await told(desk.app, phone, 'إخطار قطع المياه');
    expect(more).toEqual([]);
    expect(text).toMatch(/DW-[\w-]+ عن الاشتراك .*المستحق 2,?500\.00 شيكل.*7 أيام.*وليست تبليغاً/);
  });
});
