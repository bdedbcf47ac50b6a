import { Store } from '@libs/persistence';
import { Passwords } from '../../src/identity';
import { OneTimeCode } from '../../src/identity/otp/one-time-code.entity';
import { startTestApp, type Answer, type TestApp } from '../support/app';
import { otherCode, phoneOf, seedCitizen, type TestCitizen } from '../support/citizens';

/** What is tried on codes and passphrases by somebody who has neither. */
let app: TestApp;
beforeAll(async () => (app = await startTestApp({ ACCESS_TOKEN_MINUTES: '100000', OTP_PER_PHONE_DAY: '12' })));
afterAll(() => app.close());

const post = (path: string, body: object) => app.request('POST', `/citizen-auth/${path}`, { body });
const ask = (login: string, phone: string, purpose = 'LOGIN') => post('codes', { login, phone, purpose });
const asked = async ({ number, phone }: TestCitizen, purpose = 'LOGIN') => {
  expect((await ask(number, phone, purpose)).status).toBe(202);
  return phoneOf(app, phone).code();
};
const loginByCode = (login: string, code: string) => post('login-by-code', { login, code });
const statuses = (answers: Answer[]) => answers.map(({ status }) => status).sort();
const codesOf = (citizen: TestCitizen) =>
  app.app
    .get(Store)
    .reads(OneTimeCode)
    .findBy({ subject: `record:${citizen.id}` });
/** What a stranger sees of an answer, but for its number and what counts the requests of the process. */
const seen = ({ status, headers, body }: Answer) => {
  const shown = Object.entries(headers).filter(([name]) => !/^(date|x-request-id|x-ratelimit-.*)$/.test(name));
  return JSON.stringify({ status, shown, body: { ...body, requestId: '' } });
};

describe('guessing a code', () => {
  it('has five tries, also all at once, and none more with the right one', async () => {
    const citizen = await seedCitizen(app);
    const code = await asked(citizen);
    const guesses = Array.from({ length: 20 }, (_, n) => String((Number(code) + 1 + n) % 1_000_000).padStart(6, '0'));
    const answers = await Promise.all(guesses.map((guess) => loginByCode(citizen.number, guess)));
    expect(new Set(answers.map(seen)).size).toBe(1);
    expect((await codesOf(citizen))[0]!.tries).toBe(5);
    expect((await loginByCode(citizen.number, code)).status).toBe(401);
  });

  it('is spread over no more than five codes a day', async () => {
    const citizen = await seedCitizen(app);
    for (let minute = 0; minute < 30; minute++) {
      // By every way to name the same person.
      for (const login of [citizen.number, citizen.documentNumber]) await ask(login, citizen.phone);
      await app.drain();
      app.clock.advance({ minutes: 1 });
    }
    expect(await codesOf(citizen)).toHaveLength(5);
  });

  it('of another purpose or person opens nothing', async () => {
    const [citizen, stranger] = [await seedCitizen(app), await seedCitizen(app)];
    const code = await asked(citizen);
    const newPassphrase = 'thyme on the western hill';
    const refused = [
      await loginByCode(stranger.number, code),
      await post('passphrase', { login: citizen.number, code, newPassphrase }),
      await app.request('POST', '/activation/verify', { body: { recordNumber: citizen.number, code } }),
    ];
    expect(refused.map(({ body }) => body.code)).toEqual([
      'citizens.login-refused',
      'citizens.code-refused',
      'citizens.activation-refused',
    ]);
    expect((await loginByCode(citizen.number, code)).status).toBe(200);
  });
});

describe('a right code', () => {
  it('played again is refused', async () => {
    const citizen = await seedCitizen(app);
    const code = await asked(citizen);
    expect((await loginByCode(citizen.number, code)).status).toBe(200);
    expect((await loginByCode(citizen.number, code)).body.code).toBe('citizens.login-refused');
  });

  it('from several at once opens one session', async () => {
    const citizen = await seedCitizen(app);
    const code = await asked(citizen);
    const answers = await Promise.all(Array.from({ length: 6 }, () => loginByCode(citizen.number, code)));
    expect(statuses(answers)).toEqual([200, 401, 401, 401, 401, 401]);
    const token = answers.find(({ status }) => status === 200)!.body.accessToken;
    expect((await app.request('GET', '/me/sessions', { token })).body).toHaveLength(2);
  });

  it('of a phone that is no longer the record’s is refused', async () => {
    const citizen = await seedCitizen(app);
    const code = await asked(citizen);
    const { body } = await app.request('POST', `/one-records/${citizen.id}/proposals`, {
      as: 'clerk',
      headers: { 'if-match': '"3"' },
      body: { changes: { phone: '0569444444' }, reason: 'فقد هاتفه وحضر بهويته' },
    });
    const headers = { 'if-match': `"${body.version}"` };
    await app.request('POST', `/citizens/proposals/${body.id}/apply`, { as: 'officer', headers, body: {} });
    expect((await loginByCode(citizen.number, code)).status).toBe(401);
  });
});

describe('flooding a phone', () => {
  it('with requests at once sends one message', async () => {
    const citizen = await seedCitizen(app);
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(citizen.number, citizen.phone)));
    expect(statuses(answers)).toEqual([202, ...Array<number>(11).fill(429)]);
    expect(await phoneOf(app, citizen.phone).messages()).toHaveLength(1);
  });

  it('with codes for everybody who shares it ends at the limit of the phone', async () => {
    const shared = { phoneE164: '+970599888001' };
    for (let person = 0; person < 4; person++) {
      const citizen = await seedCitizen(app, [], shared);
      for (const purpose of ['LOGIN', 'PASSPHRASE']) {
        for (const login of [citizen.number, citizen.documentNumber]) {
          await ask(login, shared.phoneE164, purpose);
          await app.drain();
          app.clock.advance({ minutes: 1 });
        }
      }
    }
    const last = await seedCitizen(app, [], shared);
    expect((await ask(last.number, shared.phoneE164)).status).toBe(202);
    expect(await phoneOf(app, shared.phoneE164).messages()).toHaveLength(12);
  });
});

describe('keeping a citizen from a code', () => {
  it('is not done by asking with one of login and phone', async () => {
    const citizen = await seedCitizen(app);
    for (let request = 0; request < 7; request++) {
      await ask(citizen.number, '+970599999995');
      await ask('2026-999997', citizen.phone);
      await app.drain();
      app.clock.advance({ minutes: 1 });
    }
    expect((await loginByCode(citizen.number, await asked(citizen))).status).toBe(200);
  });
});

describe('whether somebody is known', () => {
  const NOBODY = '2026-999999';
  const passphrase = 'olives of the eastern hill';

  /** Citizen, stranger, wrong phone: what is seen, and what work is done until the answer leaves. */
  const compared = async (work: (login: string, phone: string) => Promise<Answer>) => {
    const citizen = await seedCitizen(app);
    const code = await asked(citizen, 'PASSPHRASE');
    await post('passphrase', { login: citizen.number, code, newPassphrase: passphrase });
    await asked(citizen);
    app.clock.advance({ minutes: 2 });
    const tried = [
      [citizen.number, citizen.phone],
      [citizen.number, '+970599999999'],
      [NOBODY, citizen.phone],
      ['900000001', '+970599999998'],
      ['no number at all', '+970599999997'],
    ] as const;
    const found: { seen: string; work: string }[] = [];
    // Nobody is asked about for the first time: who counts failures has a row for each of them.
    for (const [login, phone] of tried) {
      await work(login, phone);
      app.clock.advance({ minutes: 2 });
    }
    for (const [login, phone] of tried) {
      const counted = watchWork();
      const answer = await work(login, phone);
      found.push({ seen: seen(answer), work: counted() });
      app.clock.advance({ minutes: 2 });
    }
    expect(new Set(found.map((each) => each.seen.replace(/20\d\d-\d\d-\d\dT[\d:.]+Z/g, ''))).size).toBe(1);
    expect(new Set(found.map((each) => each.work))).toEqual(new Set([found[0]!.work]));
  };

  /** Hashes made and statements sent. */
  function watchWork(): () => string {
    const [store, passwords] = [app.app.get(Store), app.app.get(Passwords)];
    const spies = [
      ...(['sql', 'insert', 'update', 'remove', 'reads'] as const).map((name) => jest.spyOn(store, name)),
      ...(['hash', 'verify'] as const).map((name) => jest.spyOn(passwords, name)),
    ];
    return () => {
      const counts = spies.map((spy) => spy.mock.calls.length).join(' ');
      spies.forEach((spy) => spy.mockRestore());
      return counts;
    };
  }

  it('is not told by asking for a code', () => compared((login, phone) => ask(login, phone)));
  it('is not told by a wrong code', () => compared((login) => loginByCode(login, '000000')));
  it('is not told by a wrong passphrase', () => compared((login) => post('login', { login, passphrase: 'wrong' })));
  it('is not told by another’s passphrase', () =>
    compared((login) => post('login', { login: login === NOBODY ? login : `${login} `, passphrase: 'guess' })));
  it('is not told by choosing a passphrase', () =>
    compared((login) => post('passphrase', { login, code: '000000', newPassphrase: passphrase })));
  it('is not told by a passphrase with the name in it', () =>
    compared((login) => post('passphrase', { login, code: '000000', newPassphrase: 'محمد أحمد خليل النابلسي' })));

  it('is not told by the lock after failures, nor by the limits', async () => {
    const citizen = await seedCitizen(app);
    const runs = [citizen.number, '2026-999998'].map(async (login) => {
      const answers: Answer[] = [];
      for (let failure = 0; failure < 6; failure++) answers.push(await post('login', { login, passphrase: 'wrong' }));
      const phone = login === citizen.number ? citizen.phone : '+970599999996';
      for (let request = 0; request < 2; request++) answers.push(await ask(login, phone));
      return answers.map(seen);
    });
    const [known, unknown] = await Promise.all(runs);
    expect(known).toEqual(unknown);
    expect(known!.filter((each) => each.includes('"status":429'))).toHaveLength(2);
  });
});

describe('what is sent in the place of a code', () => {
  it.each([
    { login: ['2026-000001'], code: '123456' },
    { login: { $ne: '' }, code: '123456' },
    { login: '2026-000001', code: 123456 },
    { login: '2026-000001', code: true },
    { login: '2026-000001', code: ['123456', '123457'] },
    { login: '2026-000001', code: '1'.repeat(21) },
    { login: '2026-000001', code: '123456', subject: 'record:1' },
    { login: '2026-000001\u0000', code: '123456' },
  ])('%j is invalid', async (body) =>
    expect(await post('login-by-code', body)).toMatchObject({ status: 422, body: { code: 'http.invalid' } }),
  );

  it.each(['', ' ', '0', '%', "' OR 1=1 --", '٠٠٠٠٠٠', '\u202E654321', '1e5', '-12345', '+123456'])(
    '%j is refused like a wrong one',
    async (code) => {
      const citizen = await seedCitizen(app);
      const right = await asked(citizen);
      const answer = await loginByCode(citizen.number, code);
      expect([401, 422]).toContain(answer.status);
      expect((await loginByCode(citizen.number, otherCode(right))).status).toBe(401);
      expect((await loginByCode(citizen.number, right)).status).toBe(200);
    },
  );
});
