import { Store, UnitOfWork } from '@libs/persistence';
import { OneRecord } from '../../src/citizens/one-records/one-record.entity';
import { startTestApp, type TestApp } from '../support/app';
import type { TestCitizen } from '../support/citizens';
import { portalDesk, type PortalDesk } from '../support/portal';
import { waterDesk, type WaterDesk } from '../support/water';

let app: TestApp;
let portal: PortalDesk;
let water: WaterDesk;
let merged: TestCitizen;
let survivor: TestCitizen;
let stranger: TestCitizen;

beforeAll(async () => {
  app = await startTestApp({ PAYMENT_GATEWAY: 'sandbox' });
  [portal, water] = [portalDesk(app), waterDesk(app)];
  [merged, survivor, stranger] = [await portal.citizen(), await portal.citizen(), await portal.citizen()];
});
afterAll(() => app.close());

const merge = (mergedIntoId: number | null) => {
  const change = { state: mergedIntoId === null ? 'ACTIVATED' : 'MERGED_INTO', mergedIntoId } as const;
  return app.app.get(UnitOfWork).run(() => app.app.get(Store).update(OneRecord, { id: merged.id }, change));
};

describe('what a record had before it was merged', () => {
  it('is read by who has the survivor, by nobody else, and goes back with it', async () => {
    const { id: accountId } = await portal.account(merged);
    const { id: meterAt } = await water.subscription({ accountId, routeId: (await water.route()).routeId });
    const papers: string[] = [];
    const asked: string[] = [];
    for (const path of ['/me/statements', '/me/account-statements', '/me/clearances']) {
      const made = await portal.post(merged, path, {});
      expect(made.status).toBe(201);
      papers.push(`${path}/${made.body.serial}`);
    }
    const made = async (path: string, body: object) => {
      const { status, body: answer } = await portal.post(merged, path, body);
      expect([status, answer.code]).toEqual([201, undefined]);
      asked.push(`${path}/${answer.id}`);
    };
    const { id: owing } = await portal.till.account({ oneRecordId: merged.id, charges: [10_000] });
    await made('/me/payments', { lines: [{ accountId: owing, amount: '10' }] });
    await made('/me/water/faults', { kind: 'LEAK', place: 'أمام البيت', subscriptionId: meterAt });
    await made('/me/water/requests', { kind: 'METER_TEST', subscriptionId: meterAt });
    await portal.tell(merged, 'قبل الدمج');
    const [message] = (await portal.get(merged, '/me/messages')).body.items;

    await merge(survivor.id);
    for (const paper of papers) {
      const list = paper.slice(0, paper.lastIndexOf('/'));
      const serials = (await portal.get(survivor, list)).body.items.map(({ serial }: { serial: string }) => serial);
      expect(serials).toEqual([paper.split('/').pop()]);
      expect((await portal.get(survivor, paper)).status).toBe(200);
      expect((await portal.get(survivor, `${paper}/pdf`)).status).toBe(200);
      expect((await portal.get(stranger, paper)).status).toBe(404);
    }
    for (const each of asked) {
      const [, list, id] = /^(.*)\/(\d+)$/.exec(each)!;
      const ids = (await portal.get(survivor, list!)).body.items.map((item: { id: number }) => item.id);
      expect(ids).toEqual([Number(id)]);
      expect((await portal.get(survivor, each)).status).toBe(200);
      expect((await portal.get(stranger, each)).status).toBe(404);
    }
    expect((await portal.get(survivor, '/me/messages/unread')).body).toEqual({ unread: 1 });
    const read = (citizen: TestCitizen) => portal.post(citizen, `/me/messages/${message.id}/read`);
    expect([(await read(stranger)).status, (await read(survivor)).status]).toEqual([404, 200]);

    await merge(null);
    expect((await portal.get(survivor, '/me/statements')).body.items).toEqual([]);
    expect((await portal.get(survivor, papers[0]!)).status).toBe(404);
  });
});
