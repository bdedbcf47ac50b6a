import { textOf } from '@libs/testing';
import { User } from '../../src/identity/users/user.entity';
import { startTestApp, type TestApp } from '../support/app';
import type { TestCitizen } from '../support/citizens';
import { portalDesk, type PortalDesk } from '../support/portal';

let app: TestApp;
let portal: PortalDesk;
let owner: TestCitizen;
let partner: TestCitizen;
let accountId: number;

beforeAll(async () => {
  app = await startTestApp({ PORTAL_LIMITS: 'STATEMENT:2,ACCOUNT_STATEMENT:2,CLEARANCE:2' });
  portal = portalDesk(app);
  const sami = { given: 'سامي', father: 'رائد', grandfather: 'وليد', family: 'عنبتاوي' };
  [owner, partner] = [await portal.citizen(), await portal.citizen({ nameParts: sami })];
  ({ id: accountId } = await portal.account(owner, { charges: [10_000] }));
  await portal.share(owner, partner);
});
afterAll(() => app.close());

const KINDS = [
  ['/me/statements', /^ST-WEB-2026-000001-\d\d$/],
  ['/me/account-statements', /^SA-WEB-2026-000001-\d\d$/],
] as const;

describe.each(KINDS)('%s', (path, serials) => {
  const key = `portal${path}`;

  it('issues one under a serial of the portal’s office, once for a key', async () => {
    const made = await portal.post(owner, path, { purpose: 'منحة' }, key);
    expect(made).toMatchObject({ status: 201, body: { issuedBy: 'بوابة المواطن', purpose: 'منحة' } });
    expect(made.body.serial).toMatch(serials);
    expect((await portal.post(owner, path, { purpose: 'منحة' }, key)).body).toEqual(made.body);
    expect((await portal.post(owner, path, {}, key)).body.code).toBe('http.idempotency-mismatch');
    const { body } = await portal.get(owner, path);
    expect(body.items).toMatchObject([{ serial: made.body.serial, prints: 0 }]);
    const verified = await app.request('GET', `//verify/${made.body.serial}`, {
      headers: { accept: 'application/json' },
    });
    expect(verified.body).toMatchObject({ status: 'VALID', holder: 'محمد أ. خ. ن.' });
  });

  it('prints the original, then copies', async () => {
    const { serial } = (await portal.get(owner, path)).body.items[0];
    const prints = async () => (await portal.get(owner, `${path}/${serial}`)).body.prints;
    const head = (citizen: TestCitizen) => app.request('HEAD', `${path}/${serial}/pdf`, { token: citizen.token });
    expect([(await head(owner)).status, (await head(partner)).status, await prints()]).toEqual([200, 404, 0]);
    const first = await portal.get(owner, `${path}/${serial}/pdf?lang=en`);
    expect([first.status, await prints()]).toEqual([200, 1]);
    await portal.get(owner, `${path}/${serial}/pdf`);
    expect(await prints()).toBe(2);
    expect(textOf(first.raw).join(' ')).toContain(serial);
  });

  it('gives so many a day, and begins again the next', async () => {
    expect((await portal.post(owner, path)).status).toBe(201);
    const { status, body } = await portal.post(owner, path);
    expect([status, body.code, body.most]).toEqual([429, 'portal.daily-limit', 2]);
    expect((await portal.post(partner, path)).status).toBe(201);
  });

  it('gives so many however many ask at once', async () => {
    const citizen = await portal.citizen();
    const asked = await Promise.all(Array.from({ length: 5 }, () => portal.post(citizen, path)));
    expect(asked.map(({ status }) => status).sort()).toEqual([201, 201, 429, 429, 429]);
  });

  it('says nothing of the other party’s place or of words that staff typed', async () => {
    const { serial } = (await portal.get(partner, path)).body.items[0];
    const { body } = await portal.get(partner, `${path}/${serial}`);
    const shared = [...(body.related?.accounts ?? []), ...(body.statement?.accounts ?? [])];
    expect(shared).toMatchObject([{ relation: 'CO_OWNER' }]);
    expect(JSON.stringify(shared)).not.toMatch(/رفيديا|النابلسي|فاتورة/);
  });

  it('keeps another’s to itself, as if there were none', async () => {
    const { serial } = (await portal.get(owner, path)).body.items[0];
    for (const wanted of [serial, 'ST-WEB-2026-999999-00', 'x']) {
      for (const tail of ['', '/pdf']) {
        const { status, body } = await portal.get(partner, `${path}/${wanted}${tail}`);
        expect([status, body.code]).toEqual([404, 'http.not-found']);
      }
    }
  });
});

describe('a clearance certificate', () => {
  it('is refused while an own debt is overdue, and the refusal costs nothing', async () => {
    const { status, body } = await portal.post(owner, '/me/clearances');
    expect([status, body.code]).toEqual([409, 'billing.debts-overdue']);
    expect(body.accounts).toMatchObject([{ accountId, overdue: '10000' }]);
  });

  it('is issued to who owes nothing of their own, verified, printed and kept from others', async () => {
    const { id } = await portal.account(partner);
    const made = await portal.post(partner, '/me/clearances', { serviceTypes: ['WATER'], purpose: 'ترخيص' });
    expect(made).toMatchObject({ status: 201, body: { state: 'VALID', issuedBy: 'بوابة المواطن' } });
    expect(made.body.accounts).toHaveLength(1);
    expect(made.body.accounts[0].number).toBe(String(id));
    const { serial } = made.body;
    expect(serial).toMatch(/^CL-WEB-2026-000001-\d\d$/);
    expect((await portal.get(partner, `/me/clearances/${serial}/pdf`)).headers['content-type']).toBe('application/pdf');
    expect((await portal.get(partner, `/me/clearances/${serial}`)).body.prints).toBe(1);
    expect((await portal.get(partner, '/me/clearances')).body.total).toBe(1);
    expect((await portal.get(owner, `/me/clearances/${serial}`)).status).toBe(404);
    expect((await portal.get(owner, `/me/clearances/${serial}/pdf`)).status).toBe(404);
    const wrong = await portal.post(partner, '/me/clearances', { serviceTypes: ['PALACE'] });
    expect(wrong.body.code).toBe('http.invalid');
  });

  it('two at once with one key are one', async () => {
    const both = await Promise.all([1, 2].map(() => portal.post(partner, '/me/clearances', {}, 'twin')));
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(both[0]!.body).toEqual(both[1]!.body);
    expect((await portal.post(partner, '/me/clearances')).body.code).toBe('portal.daily-limit');
  });
});

describe('the desk of the portal', () => {
  it('is one user, through whom nobody logs in, and the audit names the citizen', async () => {
    const desks = await portal.store.reads(User).findBy({ username: 'portal' });
    expect(desks).toMatchObject([{ state: 'DISABLED', demo: false, displayName: 'بوابة المواطن' }]);
    const { status } = await app.request('POST', '/auth/login', {
      body: { username: 'portal', password: 'x'.repeat(20) },
    });
    expect(status).toBe(401);
    const { body } = await app.request('GET', '/audit?action=billing.clearance-issued', { as: 'auditor' });
    expect(body.items).toMatchObject([{ actor: `citizen:${partner.number}` }, { actorId: null }]);
  });
});
