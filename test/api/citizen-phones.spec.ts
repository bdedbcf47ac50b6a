import { Store, UnitOfWork } from '@libs/persistence';
import { PhoneChange } from '../../src/citizens/accounts/phone-change.entity';
import { OneRecord } from '../../src/citizens/one-records/one-record.entity';
import { CitizenPreferences, PushSubscriptions } from '../../src/notifications';
import { PreferenceBook } from '../../src/notifications/preferences/preference-book';
import { ALL_TOPICS } from '../../src/notifications/preferences/preference.entities';
import { startTestApp, type TestApp } from '../support/app';
import { BROWSER_KEYS } from '../support/browser-keys';
import { citizenToken, otherCode, phoneOf, seedCitizen, type TestCitizen } from '../support/citizens';

const PASSPHRASE = 'olives of the eastern hill';

let app: TestApp;
let phones = 0;
beforeAll(async () => (app = await startTestApp({ ACCESS_TOKEN_MINUTES: '100000' })));
afterAll(() => app.close());

const own = (citizen: { token: string }, method: string, path: string, body?: object) =>
  app.request(method, `/me/security${path}`, { token: citizen.token, body });
const newPhone = () => `+97056920${String(++phones).padStart(4, '0')}`;
const phoneNow = async ({ id }: TestCitizen) =>
  (await app.app.get(Store).reads(OneRecord).findOneByOrFail({ id })).phoneE164;
const ownCode = async (citizen: TestCitizen, purpose = 'PHONE_CHANGE') => {
  expect((await own(citizen, 'POST', '/codes', { purpose })).status).toBe(200);
  return phoneOf(app, citizen.phone).code();
};

/** To a new phone, by a code of the old one. @returns what the old phone was told to undo it by */
async function changed(citizen: TestCitizen, phone: string): Promise<string> {
  const begun = await own(citizen, 'POST', '/phone', { phone, code: await ownCode(citizen) });
  expect(begun).toMatchObject({ status: 200, body: { phone: `+970*****${phone.slice(-4)}` } });
  const confirmed = await own(citizen, 'POST', '/phone/confirm', { code: await phoneOf(app, phone).code() });
  expect(confirmed.status).toBe(200);
  return linkTo(citizen);
}
const linkTo = async ({ phone }: TestCitizen) =>
  /http\S+(\/phone-undo\/[\w-]{22})/.exec((await phoneOf(app, phone).messages())[0]!)![1]!;
const undo = (link: string, method = 'POST') => app.request(method, `/${link}`, {});

describe('my phone', () => {
  it('is changed by a code of the old and a code of the new, and is then the one codes go to', async () => {
    const citizen = await seedCitizen(app);
    const phone = newPhone();
    await changed(citizen, phone);
    expect(await phoneNow(citizen)).toBe(phone);
    expect(await own(citizen, 'GET', '')).toMatchObject({
      body: { phone: `+970*****${phone.slice(-4)}`, coolingUntil: '2026-11-26T08:00:00.000Z' },
    });
    const history = (await app.request('GET', `/one-records/${citizen.id}/transactions`, { as: 'auditor' })).body.items;
    expect(history[0]).toMatchObject({ action: 'CHANGE_PHONE', employeeId: null });
    const ask = (to: string) =>
      app.request('POST', '/citizen-auth/codes', {
        body: { login: citizen.number, phone: to, purpose: 'LOGIN' },
      });
    const before = (await phoneOf(app, citizen.phone).messages()).length;
    await ask(citizen.phone);
    app.clock.advance({ minutes: 1 });
    await ask(phone);
    expect(await phoneOf(app, citizen.phone).messages()).toHaveLength(before);
    const code = await phoneOf(app, phone).code();
    const body = { login: citizen.number, code };
    expect((await app.request('POST', '/citizen-auth/login-by-code', { body })).status).toBe(200);
  });

  it('gets its codes in the language that the citizen has chosen', async () => {
    const citizen = await seedCitizen(app);
    await app.app.get(CitizenPreferences, { strict: false }).change(citizen.id, { language: 'en' }, 'CITIZEN');
    await ownCode(citizen);
    expect((await phoneOf(app, citizen.phone).messages())[0]).toMatch(
      /Code to change the mobile number \d{6}, valid for/,
    );
  });

  it('is told the old one in the language that the citizen has chosen', async () => {
    const citizen = await seedCitizen(app);
    await app.app.get(CitizenPreferences, { strict: false }).change(citizen.id, { language: 'en' }, 'CITIZEN');
    await changed(citizen, newPhone());
    expect((await phoneOf(app, citizen.phone).messages())[0]).toMatch(
      /^Nablus Municipality: your account now has the mobile \+970\*{5}\d{4}\. If it was not you, undo it within 48 hours: http/,
    );
  });

  it('that settles goes on to settle when its record is merged into another', async () => {
    const [citizen, survivor] = [await seedCitizen(app), await seedCitizen(app)];
    await changed(citizen, newPhone());
    const merged = { state: 'MERGED_INTO', mergedIntoId: survivor.id } as const;
    await app.app.get(UnitOfWork).run(() => app.app.get(Store).update(OneRecord, { id: citizen.id }, merged));
    expect((await own(survivor, 'GET', '')).body.coolingUntil).not.toBeNull();
    expect((await own(survivor, 'POST', '/codes', { purpose: 'PASSPHRASE' })).body.code).toBe('citizens.cooling');
  });

  it('is not changed unheard: the old phone is told at any hour, though it has stopped all messages', async () => {
    const before = app.clock.now();
    const citizen = await seedCitizen(app);
    const stop = () =>
      app.app
        .get(PreferenceBook, { strict: false })
        .say(`contact/${citizen.phone}`, 'SMS', ALL_TOPICS, false, 'INBOUND');
    await app.app.get(UnitOfWork).run(stop);
    app.clock.set('2026-11-26T21:00:00.000Z');
    expect(await changed(citizen, newPhone())).toMatch(/^\/phone-undo\//);
    app.clock.set(before);
  });

  it('is changed by the passphrase of who has one, and by no code in its place', async () => {
    const citizen = await seedCitizen(app);
    const code = await ownCode(citizen, 'PASSPHRASE');
    await own(citizen, 'PUT', '/passphrase', { code, newPassphrase: PASSPHRASE });
    const phone = newPhone();
    const begin = (proof: object) => own(citizen, 'POST', '/phone', { phone, ...proof });
    expect((await begin({ code: await ownCode(citizen) })).body.errors).toEqual([
      { pointer: '/passphrase', code: 'required' },
    ]);
    expect((await begin({ passphrase: 'not the passphrase' })).body.code).toBe('citizens.passphrase-wrong');
    expect((await begin({ passphrase: PASSPHRASE })).status).toBe(200);
    const sent = await phoneOf(app, phone).code();
    const confirm = (given: string) => own(citizen, 'POST', '/phone/confirm', { code: given });
    expect((await confirm(otherCode(sent))).body.code).toBe('citizens.code-refused');
    expect(await phoneNow(citizen)).toBe(citizen.phone);
    const both = await Promise.all([confirm(sent), confirm(sent)]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await phoneNow(citizen)).toBe(phone);
    expect(await app.app.get(Store).reads(PhoneChange).countBy({ oneRecordId: citizen.id })).toBe(1);
  });

  it('that settles lets nothing sensitive be done for two days', async () => {
    const citizen = await seedCitizen(app);
    const phone = newPhone();
    await changed(citizen, phone);
    const sensitive = [
      await own(citizen, 'POST', '/codes', { purpose: 'PASSPHRASE' }),
      await own(citizen, 'POST', '/phone', { phone: newPhone(), code: '123456' }),
      await own(citizen, 'PUT', '/passphrase', { newPassphrase: PASSPHRASE, code: '123456' }),
      await own(citizen, 'POST', '/phone/confirm', { code: '123456' }),
    ];
    const body = { login: citizen.number, phone, purpose: 'PASSPHRASE' };
    await app.request('POST', '/citizen-auth/codes', { body });
    const code = await phoneOf(app, phone).code();
    const reset = { login: citizen.number, code, newPassphrase: PASSPHRASE };
    sensitive.push(await app.request('POST', '/citizen-auth/passphrase', { body: reset }));
    for (const answer of sensitive) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'citizens.cooling' } });
    }
    app.clock.advance({ hours: 48 });
    expect((await own(citizen, 'GET', '')).body.coolingUntil).toBeNull();
    expect((await own(citizen, 'POST', '/codes', { purpose: 'PASSPHRASE' })).status).toBe(200);
  });

  it('is given back by the link in the message to the old one, once', async () => {
    const citizen = await seedCitizen(app);
    const code = await ownCode(citizen, 'PASSPHRASE');
    await own(citizen, 'PUT', '/passphrase', { code, newPassphrase: PASSPHRASE });
    const phone = newPhone();
    await own(citizen, 'POST', '/phone', { phone, passphrase: PASSPHRASE });
    await own(citizen, 'POST', '/phone/confirm', { code: await phoneOf(app, phone).code() });
    const link = await linkTo(citizen);

    const page = await undo(link, 'GET');
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body).toContain(`+970*****${phone.slice(-4)}`);
    expect(page.body).toMatch(/>2026-11-28 10:\d\d</);
    expect(await phoneNow(citizen)).toBe(phone);

    const both = await Promise.all([undo(link), undo(link)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(await phoneNow(citizen)).toBe(citizen.phone);
    expect((await own(citizen, 'GET', '')).status).toBe(401);
    const body = { login: citizen.number, passphrase: PASSPHRASE };
    expect((await app.request('POST', '/citizen-auth/login', { body })).status).toBe(401);
  });

  it('is given back by a link that a phone can open: nothing stands inside it', async () => {
    const citizen = await seedCitizen(app);
    const link = await changed(citizen, newPhone());
    const [{ body }] = (await app.app
      .get(Store)
      .sql<{ body: string }>('SELECT "body" FROM "sandbox_messages" WHERE "recipient" = ? ORDER BY "id" DESC', [
        citizen.phone,
      ])) as [{ body: string }];
    expect(/http[^\s\u2069]*/.exec(body)?.[0].endsWith(link)).toBe(true);
  });

  it('is given back by nobody who reads the messages of the municipality: the link is kept nowhere', async () => {
    const citizen = await seedCitizen(app);
    const token = (await changed(citizen, newPhone())).split('/').pop()!;
    const kept = await app.app
      .get(Store)
      .sql<{ id: number }>(
        `SELECT "id" FROM "message_contents" WHERE "body" LIKE ? UNION ALL SELECT "id" FROM "outbox_messages" WHERE "payload" LIKE ?`,
        [`%${token}%`, `%${token}%`],
      );
    expect(kept).toEqual([]);
  });

  it('given back takes the browsers away that a stranger has subscribed', async () => {
    const citizen = await seedCitizen(app);
    const endpoint = `https://fcm.googleapis.com/fcm/send/${citizen.id}`;
    const browser = { endpoint, keys: BROWSER_KEYS };
    const { token } = citizen;
    expect((await app.request('POST', '/me/push-subscriptions', { token, body: browser })).status).toBe(201);
    const link = await changed(citizen, newPhone());
    expect(await app.app.get(PushSubscriptions).list(citizen.id)).toHaveLength(1);
    await undo(link);
    expect(await app.app.get(PushSubscriptions).list(citizen.id)).toEqual([]);
  });

  it('is not given back after two days, nor by another link', async () => {
    const citizen = await seedCitizen(app);
    const link = await changed(citizen, newPhone());
    expect((await undo(`${link.slice(0, -2)}xx`)).status).toBe(404);
    app.clock.advance({ hours: 48 });
    expect((await undo(link, 'GET')).status).toBe(404);
    expect((await undo(link)).status).toBe(404);
  });

  it('that is a fixed line is changed to a mobile by the passphrase, and told nothing', async () => {
    const citizen = await seedCitizen(app);
    const code = await ownCode(citizen, 'PASSPHRASE');
    await own(citizen, 'PUT', '/passphrase', { code, newPassphrase: PASSPHRASE });
    const fixed = { phoneE164: '+97092391234' };
    await app.app.get(UnitOfWork).run(() => app.app.get(Store).update(OneRecord, { id: citizen.id }, fixed));
    const phone = newPhone();
    expect((await own(citizen, 'POST', '/phone', { phone, passphrase: PASSPHRASE })).status).toBe(200);
    const confirmed = await own(citizen, 'POST', '/phone/confirm', { code: await phoneOf(app, phone).code() });
    expect([confirmed.status, await phoneNow(citizen)]).toEqual([200, phone]);
  });

  it.each([
    ['02-2345678', 'mobile'],
    ['058 1234567', 'mobile'],
    ['own', 'unchanged'],
  ])('is not changed to %s', async (phone, fault) => {
    const citizen = await seedCitizen(app);
    const body = { phone: phone === 'own' ? citizen.phone : phone, code: await ownCode(citizen) };
    expect((await own(citizen, 'POST', '/phone', body)).body.errors).toEqual([{ pointer: '/phone', code: fault }]);
  });

  it('lost is changed at the counter: sessions end, the old one is told, and it settles as well', async () => {
    const citizen = await seedCitizen(app);
    const phone = newPhone();
    app.forgetTokens();
    const proposal = await app.request('POST', `/one-records/${citizen.id}/proposals`, {
      as: 'clerk',
      headers: { 'if-match': '"3"' },
      body: { changes: { phone }, reason: 'فقد هاتفه وحضر بهويته' },
    });
    expect(proposal.status).toBe(201);
    const applied = await app.request('POST', `/citizens/proposals/${proposal.body.id}/apply`, {
      as: 'officer',
      headers: { 'if-match': `"${proposal.body.version}"` },
      body: {},
    });
    expect(applied.status).toBe(200);
    expect((await own(citizen, 'GET', '')).status).toBe(401);
    expect((await phoneOf(app, citizen.phone).messages())[0]).toMatch(/غُيّر رقم جوال حسابك إلى \+970\*{5}/);
    const body = { login: citizen.number, phone, purpose: 'LOGIN' };
    await app.request('POST', '/citizen-auth/codes', { body });
    const answer = { login: citizen.number, code: await phoneOf(app, phone).code() };
    const session = await app.request('POST', '/citizen-auth/login-by-code', { body: answer });
    expect(session.status).toBe(200);
    const now = { token: session.body.accessToken };
    expect((await own(now, 'POST', '/codes', { purpose: 'PASSPHRASE' })).body.code).toBe('citizens.cooling');
    // A token of the session that was lost, still within its time, opens nothing either.
    const lost = await citizenToken(app, citizen.accountId, citizen.sessionId);
    expect((await own({ token: lost }, 'GET', '')).status).toBe(401);
  });
});
