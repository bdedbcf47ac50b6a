import { openApiDocument } from '../../src/openapi';
import { startTestApp, type TestApp } from '../support/app';
import { BROWSER_KEYS } from '../support/browser-keys';
import { runRequests } from '../support/bill-runs';
import type { TestCitizen } from '../support/citizens';
import { portalDesk, type PortalDesk } from '../support/portal';
import { waterDesk } from '../support/water';

/** What a citizen has that a route may name, by its path; the same of nobody. */
interface Own {
  [path: string]: [own: string | number, unknown: string | number];
}

const NOBODYS = 9_007_199_254_740_991;
/** Who the owner is: no answer to another says more than the masked name, which any paper shows to who holds it. */
const OWNER = { given: 'جلال', father: 'نعيم', grandfather: 'صبري', family: 'البشتاوي' };
const OWNER_WORDS = /نعيم|صبري|البشتاوي/;
const PLACE = 'شارع القدس، بناية الزيتون';

let app: TestApp;
let portal: PortalDesk;
let owner: TestCitizen;
let partner: TestCitizen;
let stranger: TestCitizen;
let own: Own;
let paths: { method: string; path: string }[];

beforeAll(async () => {
  app = await startTestApp({ PAYMENT_GATEWAY: 'sandbox' });
  portal = portalDesk(app);
  owner = await portal.citizen({ nameParts: OWNER, approvedName: Object.values(OWNER).join(' ') });
  [partner, stranger] = [await portal.citizen(), await portal.citizen()];
  await portal.place(owner, PLACE);
  const { id: accountId } = await portal.account(owner);
  await portal.share(owner, partner);
  const desk = waterDesk(app);
  await desk.tariff();
  const { routeId } = await desk.route();
  const water = await desk.subscription({ accountId, routeId });
  await desk.read(water, '2026-10-31', 41);
  const parameters = [{ name: 'routeId', value: String(routeId) }];
  await runRequests(app).made('ISSUED', { feeder: 'water', period: '2026-10', dueOn: '2027-01-15', parameters });

  const made = async (path: string, body: object = {}) => {
    const answer = await portal.post(owner, path, body);
    if (answer.status > 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const payment = await made('/me/payments', { lines: [{ accountId, amount: '10' }] });
  const opened = await app.request('POST', `/${new URL(payment.page).pathname}`);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  await app.request('POST', `/${String(opened.headers.location)}`, { headers: form, body: 'act=PAY' });
  const receipt = (await portal.get(owner, `/me/payments/${payment.id}`)).body.receiptSerial;
  const bill = (await portal.get(owner, '/me/bills')).body.items[0];
  await portal.tell(owner, 'خبر');
  const [message] = (await portal.get(owner, '/me/messages')).body.items;
  const browser = await made('/me/push-subscriptions', {
    endpoint: 'https://fcm.googleapis.com/fcm/send/d1',
    keys: BROWSER_KEYS,
  });
  own = {
    messages: [message.id, NOBODYS],
    'push-subscriptions': [browser.id, NOBODYS],
    accounts: [accountId, NOBODYS],
    bills: [bill.id, NOBODYS],
    payments: [payment.id, NOBODYS],
    receipts: [receipt, 'RC-WEB-2026-999999-00'],
    clearances: [(await made('/me/clearances')).serial, 'CL-WEB-2026-999999-00'],
    statements: [(await made('/me/statements')).serial, 'ST-WEB-2026-999999-00'],
    'account-statements': [(await made('/me/account-statements')).serial, 'SA-WEB-2026-999999-00'],
    'water/subscriptions': [water.id, NOBODYS],
    'water/requests': [
      (await made('/me/water/requests', { kind: 'METER_TEST', subscriptionId: water.id })).id,
      NOBODYS,
    ],
    'water/faults': [
      (await made('/me/water/faults', { kind: 'LEAK', place: 'هنا', subscriptionId: water.id })).id,
      NOBODYS,
    ],
  };
  paths = Object.entries(openApiDocument(app.app).paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { tags?: string[] }>).flatMap(([method, { tags }]) =>
      tags?.some((tag) => tag.startsWith('portal:')) ? [{ method: method.toUpperCase(), path }] : [],
    ),
  );
});
afterAll(() => app.close());

/** Bodies that the routes take, so that only the id can be wrong. */
const BODIES: Record<string, object> = {
  'POST /api/v1/me/water/subscriptions/{id}/readings': { value: 50 },
  'POST /api/v1/me/water/requests/{id}/withdraw': { reason: 'لم أعد بحاجة' },
};

async function ask(citizen: TestCitizen, { method, path }: { method: string; path: string }, id: string | number) {
  const headers = { 'idempotency-key': `${path} ${id} ${citizen.accountId}`.replace(/ /g, '_'), 'if-match': '"1"' };
  const body = BODIES[`${method} ${path}`] ?? (method === 'GET' ? undefined : {});
  const url = path.replace(/\{[^}]+\}/, String(id));
  return app.request(method, url, { token: citizen.token, headers, ...(body && { body }) });
}

const kindOf = (path: string): string => /\/me\/(.*?)\/\{/.exec(path)![1]!;
const named = () => paths.filter(({ path }) => path.includes('{'));
const plain = () => paths.filter(({ method, path }) => method === 'GET' && !path.includes('{'));

describe('every route that names something', () => {
  it('is in the table of this test', () => {
    expect(named().length).toBeGreaterThan(15);
    expect(named().filter(({ path }) => !own[kindOf(path)]).map(({ path }) => path)).toEqual([]); // prettier-ignore
    expect(Object.keys(own).filter((kind) => !named().some(({ path }) => kindOf(path) === kind))).toEqual([]);
  });

  it('answers the owner, or says why not', async () => {
    for (const route of named().filter(({ method }) => method === 'GET')) {
      const [id] = own[kindOf(route.path)]!;
      expect([route.path, (await ask(owner, route, id)).status]).toEqual([route.path, 200]);
    }
  });

  it('has for a stranger nothing of another’s: the answer is that of what is not there', async () => {
    for (const route of named()) {
      const [id, unknown] = own[kindOf(route.path)]!;
      const answers = [];
      for (const each of [id, unknown]) {
        const { status, body, headers } = await ask(stranger, route, each);
        const { instance: _, requestId: __, ...said } = body;
        answers.push({ status, said, type: headers['content-type'] });
      }
      expect({ route: route.path, ...answers[0] }).toMatchObject({ route: route.path, status: 404, said: { code: 'http.not-found' } }); // prettier-ignore
      expect(answers[0]).toEqual(answers[1]);
    }
  });
});

describe('who shares an account', () => {
  const seesOf = ['accounts', 'bills', 'receipts', 'water/subscriptions'];

  it('sees the account, its bills and its water, and what is the other’s own is not there', async () => {
    for (const route of named().filter(({ method }) => method === 'GET')) {
      const kind = kindOf(route.path);
      const { status, body } = await ask(partner, route, own[kind]![0]);
      const sees = seesOf.includes(kind) && route.path !== '/api/v1/me/receipts/{serial}/pdf';
      expect([route.path, status]).toEqual([route.path, sees ? 200 : 404]);
      if (typeof body === 'object') expect(JSON.stringify(body)).not.toMatch(OWNER_WORDS);
    }
  });

  it('reads in no answer who the other is, where they live, or any number of theirs', async () => {
    const identity = [owner.number, owner.documentNumber, owner.documentNumber.slice(-4), owner.phone, PLACE];
    const shown = [...plain(), ...named().filter(({ method, path }) => method === 'GET' && !path.endsWith('/pdf'))];
    for (const route of shown) {
      const id = route.path.includes('{') ? own[kindOf(route.path)]![0] : '';
      const text = JSON.stringify((await ask(partner, route, id)).body);
      expect([route.path, text.match(OWNER_WORDS), identity.filter((each) => text.includes(each))]).toEqual([route.path, null, []]); // prettier-ignore
    }
    const all = await Promise.all(plain().map((route) => ask(owner, route, '')));
    expect(JSON.stringify(all.map(({ body }) => body))).toMatch(OWNER_WORDS);
    expect(JSON.stringify(all.map(({ body }) => body))).toContain(PLACE);
  });
});

describe('lists', () => {
  it('hold nothing of another', async () => {
    const ids = Object.values(own).map(([id]) => id);
    for (const route of plain()) {
      const text = JSON.stringify((await ask(stranger, route, '')).body);
      expect([route.path, ids.filter((id) => new RegExp(`\\b${id}\\b`).test(text))]).toEqual([route.path, []]);
    }
  });

  it('are not sent again to who has them', async () => {
    const { headers, body } = await portal.get(owner, '/me/accounts');
    const again = (tag: string) => portal.get(owner, '/me/accounts', { 'if-none-match': tag });
    const kept = await again(`"other", W/${String(headers.etag)}`);
    expect([kept.status, kept.raw.length, kept.headers.etag]).toEqual([304, 0, headers.etag]);
    await portal.account(owner);
    const changed = await again(String(headers.etag));
    expect([changed.status, changed.body.accounts.length]).toEqual([200, body.accounts.length + 1]);
  });

  it('are kept by no cache that others use', async () => {
    for (const route of paths.filter(({ method }) => method === 'GET')) {
      const id = route.path.includes('{') ? own[kindOf(route.path)]![0] : '';
      const { headers } = await ask(owner, route, id);
      expect([route.path, headers['cache-control']]).toEqual([route.path, expect.stringMatching(/^(private, no-cache|no-store)$/)]); // prettier-ignore
    }
  });
});

describe('a session', () => {
  it('of nobody and of staff opens none of it', async () => {
    for (const route of paths) {
      const id = route.path.includes('{') ? own[kindOf(route.path)]![0] : '';
      const url = route.path.replace(/\{[^}]+\}/, String(id));
      for (const as of [undefined, 'supervisor']) {
        const { status } = await app.request(route.method, url, { ...(as && { as }), body: {} });
        expect([route.path, status]).toEqual([route.path, 401]);
      }
    }
  });
});
