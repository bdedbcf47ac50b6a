import { Store, UnitOfWork } from '@libs/persistence';
import { MessagePurge } from '../../src/notifications/messages/purge';
import { WebhookDelivery, WebhookEvent } from '../../src/notifications/webhooks/webhook.entities';
import { startTestApp, type TestApp } from '../support/app';
import { openAccounts, runRequests } from '../support/bill-runs';
import { addLegacyRows, nationalId, oneRecordFlow } from '../support/one-records';
import { networkDesk } from '../support/water-network';

let app: TestApp;
const TYPES = [
  'billing.bills-issued',
  'billing.payment-received',
  'citizens.one-record-approved',
  'water.interruption-announced',
].map((name) => `ps.nablus.${name}`);

beforeAll(async () => {
  app = await startTestApp({ WEBHOOK_ALLOW_PRIVATE: 'true' });
  // An address that nobody answers: what is told is read from the list of deliveries.
  const body = { description: 'x', url: 'http://127.0.0.1:9/', eventTypes: TYPES };
  const { status } = await app.request('POST', '/webhooks', { as: 'integration', body });
  if (status !== 201) throw new Error(`webhook: ${status}`);
});
afterAll(() => app.close());

const told = async () => (await app.request('GET', '/webhook-deliveries', { as: 'integration' })).body.items[0];

describe('other systems are told', () => {
  it('of a payment, by ids and amounts and without a name', async () => {
    const desk = networkDesk(app);
    await desk.shift();
    const [accountId] = await openAccounts(app, 1);
    const { body } = await desk.pay(accountId!, '12.50', { acceptAdvance: true });
    const { type, subject, data } = await told();
    expect([type, subject]).toEqual(['ps.nablus.billing.payment-received', `payment/${data.paymentId}`]);
    expect(data).toEqual({
      paymentId: expect.any(Number),
      receiptSerial: body.serial,
      channel: 'TILL',
      paidOn: '2026-11-24',
      oneRecordId: null,
      lines: [{ accountId, currency: 'ILS', amount: 1250 }],
    });
  });

  it('of an approval', async () => {
    const flow = oneRecordFlow(app);
    const number = nationalId(1);
    const rows = await addLegacyRows(app, [{ name: 'خالد محمود سعيد النابلسي', docType: 'هوية', docNo: number }]);
    const { id } = await flow.approved(rows, number);
    const { type, subject, data } = await told();
    expect([type, subject]).toEqual(['ps.nablus.citizens.one-record-approved', `one-record/${id}`]);
    expect(data).toEqual({ oneRecordId: id, number: expect.stringMatching(/^2026-/) });
  });

  it('of bills, once for a run', async () => {
    const runs = runRequests(app);
    const [accountId] = await openAccounts(app, 1);
    await runs.recur(accountId!, '30.00');
    const { id } = await runs.made('ISSUED');
    const { type, data } = await told();
    expect(type).toBe('ps.nablus.billing.bills-issued');
    expect(data).toEqual({
      runId: id,
      feeder: 'recurring',
      period: '2026-11',
      issueOn: '2026-11-24',
      dueOn: '2026-12-15',
      bills: 1,
    });
  });

  it('of a water interruption', async () => {
    const desk = networkDesk(app);
    const zone = await desk.zone();
    const reasons = { reasonAr: 'صيانة', reasonEn: 'Repair' };
    const { body } = await desk.post('/water/interruptions', {
      ...{ zoneId: zone.id, kind: 'EMERGENCY', until: '2026-11-24T18:00' },
      ...reasons,
    });
    const { type, subject, data } = await told();
    expect([type, subject]).toEqual(['ps.nablus.water.interruption-announced', `water-interruption/${body.id}`]);
    expect(data).toMatchObject({ interruptionId: body.id, kind: 'ANNOUNCEMENT', zoneId: zone.id });
  });
});

it('what they were told is forgotten a while later, and nothing that they are still to be told', async () => {
  const store = app.app.get(Store);
  const [ended, waiting] = await store.reads(WebhookDelivery).find({ order: { id: 'ASC' }, take: 2 });
  const settled = { state: 'DELIVERED', settledAt: app.clock.now() } as const;
  await app.app.get(UnitOfWork).run(() => store.update(WebhookDelivery, { id: ended!.id }, settled));
  const isKept = async ({ id, eventId }: WebhookDelivery) => [
    await store.reads(WebhookDelivery).existsBy({ id }),
    await store.reads(WebhookEvent).existsBy({ id: eventId }),
  ];
  const purgedAfter = (days: number) => {
    app.clock.advance({ days });
    return app.app.get(MessagePurge, { strict: false }).run();
  };
  await purgedAfter(89);
  expect(await isKept(ended!)).toEqual([true, true]);
  expect(await purgedAfter(2)).toMatchObject({ deliveries: 1, events: 1 });
  expect(await isKept(ended!)).toEqual([false, false]);
  expect(await isKept(waiting!)).toEqual([true, true]);
});
