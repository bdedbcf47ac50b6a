import { IdempotencyKey } from '@libs/http';
import { OutboxMessage } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { ActivationCode } from '../../src/citizens/activation/activation-code.entity';
import { OneRecord } from '../../src/citizens/one-records/one-record.entity';
import { LinkTransaction } from '../../src/citizens/transactions/transaction.entity';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord } from '../support/records';

const MINUTE = { minutes: 1 };

describe('activation of a OneRecord', () => {
  let app: TestApp;
  let phones = 0;
  let keys = 0;

  beforeAll(async () => {
    app = await startTestApp({ ACCESS_TOKEN_MINUTES: '100000' });
  });
  afterAll(() => app.close());

  const store = () => app.app.get(Store);
  const seed = async (changes: Partial<OneRecord> = {}) => {
    const phoneE164 = `+97059900${String(++phones).padStart(4, '0')}`;
    const { id } = await seedRecord(app, [], { phoneE164, ...changes });
    return (await store().reads(OneRecord).findOneBy({ id }))!;
  };
  const send = (id: number, { as = 'clerk', key = `activation-${++keys}` } = {}) =>
    app.request('POST', `/one-records/${id}/activation`, { as, headers: { 'idempotency-key': key } });
  const verify = (recordNumber: string, code: string) =>
    app.request('POST', '/activation/verify', { body: { recordNumber, code } });
  /** The newest code in the sandbox for the record's phone. */
  const codeOf = async ({ phoneE164 }: OneRecord): Promise<string> => {
    await app.drain();
    const path = `/dev/outbox?recipient=${encodeURIComponent(phoneE164!)}`;
    const { body } = await app.request('GET', path, { as: 'clerk' });
    return /\u2068(\d{6})\u2069/.exec(body.items[0].text)![1]!;
  };
  const sent = async (changes: Partial<OneRecord> = {}) => {
    const record = await seed(changes);
    expect((await send(record.id)).status).toBe(201);
    return { record, code: await codeOf(record) };
  };
  const change = (id: number, changes: Partial<OneRecord>) =>
    app.app.get(UnitOfWork).run(() => store().update(OneRecord, { id }, changes));
  const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  const stateOf = async ({ id }: OneRecord) => (await store().reads(OneRecord).findOneBy({ id }))!.state;

  it('sends a code to the phone of an approved record, and the answer activates it by a transaction', async () => {
    const record = await seed();
    const { status, body } = await send(record.id);
    expect(status).toBe(201);
    expect(body).toEqual({
      recordNumber: record.number,
      phone: `+970*****${record.phoneE164!.slice(-4)}`,
      expiresAt: '2026-11-24T08:15:00.000Z',
      resendFrom: '2026-11-24T08:01:00.000Z',
      sendsLeftToday: 4,
    });
    const code = await codeOf(record);
    const arabic = code.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
    const answer = await verify(record.number, arabic);
    expect([answer.status, answer.body]).toEqual([200, { recordNumber: record.number, state: 'ACTIVATED' }]);
    const activated = (await store().reads(OneRecord).findOneBy({ id: record.id }))!;
    expect(activated).toMatchObject({ state: 'ACTIVATED', phoneVerifiedAt: app.clock.now() });
    const [transaction] = await store().reads(LinkTransaction).findBy({ oneRecordId: record.id, action: 'ACTIVATE' });
    expect(transaction).toMatchObject({ employeeId: null });
  });

  it('keeps the code nowhere but in the message', async () => {
    const { record, code } = await sent();
    const rows = await store().reads(ActivationCode).findBy({ oneRecordId: record.id });
    const messages = await store().reads(OutboxMessage).findBy({ type: 'notifications.secret.otp' });
    const answers = await store().reads(IdempotencyKey).find();
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.every(({ state }) => state === 'DONE')).toBe(true);
    expect(JSON.stringify([rows.map((row) => ({ ...row, codeHash: '', salt: '' })), messages, answers])).not.toContain(
      code,
    );
    expect(rows[0]!.codeHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('refuses wrong, expired, replayed, replaced, worn-out and unknown alike', async () => {
    const wrong = await sent();
    const refusals = [await verify(wrong.record.number, other(wrong.code)), await verify(wrong.record.number, 'abc')];

    const used = await sent();
    expect((await verify(used.record.number, used.code)).status).toBe(200);
    refusals.push(await verify(used.record.number, used.code));

    const replaced = await sent();
    app.clock.advance(MINUTE);
    expect((await send(replaced.record.id)).status).toBe(201);
    const next = await codeOf(replaced.record);
    if (next !== replaced.code) refusals.push(await verify(replaced.record.number, replaced.code));
    expect((await verify(replaced.record.number, next)).status).toBe(200);

    const worn = await sent();
    for (let i = 0; i < 5; i++) refusals.push(await verify(worn.record.number, other(worn.code)));
    refusals.push(await verify(worn.record.number, worn.code));

    const expired = await sent();
    app.clock.advance({ minutes: 15 });
    refusals.push(await verify(expired.record.number, expired.code));

    refusals.push(await verify('2026-999999', '123456'), await verify('؟', '٠'));
    const bodies = refusals.map(({ status, body }) => JSON.stringify({ status, ...body, requestId: '' }));
    expect(new Set(bodies).size).toBe(1);
    expect(refusals[0]).toMatchObject({ status: 422, body: { code: 'citizens.activation-refused' } });
    expect(await stateOf(worn.record)).toBe('APPROVED');
  });

  it('refuses the right code when the record or its phone has changed since', async () => {
    const { record, code } = await sent();
    await change(record.id, { state: 'SUSPENDED', resumesAs: 'APPROVED' });
    expect((await verify(record.number, code)).body.code).toBe('citizens.activation-refused');
    await change(record.id, { state: 'APPROVED', resumesAs: null, phoneE164: '+970599009999' });
    expect((await verify(record.number, code)).body.code).toBe('citizens.activation-refused');
    expect(await stateOf(record)).toBe('APPROVED');
  });

  it('lets one of several right answers at once succeed', async () => {
    const { record, code } = await sent();
    const answers = await Promise.all(Array.from({ length: 4 }, () => verify(record.number, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422]);
    expect(await store().reads(LinkTransaction).countBy({ oneRecordId: record.id, action: 'ACTIVATE' })).toBe(1);
  });

  it('counts tries that come at once', async () => {
    const { record, code } = await sent();
    const guesses = Array.from({ length: 12 }, (_, i) => String((Number(code) + 1 + i) % 1_000_000).padStart(6, '0'));
    await Promise.all(guesses.map((guess) => verify(record.number, guess)));
    const [row] = await store().reads(ActivationCode).findBy({ oneRecordId: record.id });
    expect(row!.tries).toBe(5);
    expect((await verify(record.number, code)).status).toBe(422);
  });

  it('sends again after a minute, five times a day', async () => {
    const record = await seed();
    for (let i = 0; i < 5; i++) {
      expect((await send(record.id)).body.sendsLeftToday).toBe(4 - i);
      const early = await send(record.id);
      expect([early.status, early.body.code]).toEqual([429, 'citizens.activation-too-soon']);
      expect(early.body.resendFrom > app.clock.now()).toBe(true);
      app.clock.advance(MINUTE);
    }
    const sixth = await send(record.id);
    expect([sixth.status, sixth.body.code]).toEqual([429, 'citizens.activation-daily-limit']);
    app.clock.set('2026-11-24T22:00:00.000Z');
    expect((await send(record.id)).body.sendsLeftToday).toBe(4);
    expect(await store().reads(ActivationCode).countBy({ oneRecordId: record.id, state: 'OPEN' })).toBe(1);
  });

  it('sends one code for two requests at once, and once for a repeated request', async () => {
    const record = await seed();
    const both = await Promise.all([send(record.id), send(record.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 429]);
    const again = await seed();
    const first = await send(again.id, { key: 'the-same-key' });
    const second = await send(again.id, { key: 'the-same-key' });
    expect(second.body).toEqual(first.body);
    expect(await store().reads(ActivationCode).countBy({ oneRecordId: again.id })).toBe(1);
    expect((await send(record.id, { key: 'the-same-key' })).body.code).toBe('http.idempotency-mismatch');
  });

  it('gives two requests at once with one key the same answer', async () => {
    const record = await seed();
    const [one, two] = await Promise.all([send(record.id, { key: 'twice' }), send(record.id, { key: 'twice' })]);
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(two.body).toEqual(one.body);
    expect(await store().reads(ActivationCode).countBy({ oneRecordId: record.id })).toBe(1);
  });

  it('sends nothing unless the record is approved and has a mobile', async () => {
    const unready: Partial<OneRecord>[] = [
      { state: 'DRAFT' },
      { state: 'PENDING_APPROVAL' },
      { state: 'ACTIVATED' },
      { state: 'REVOKED' },
      { phoneE164: null },
      { phoneE164: '+97092333333' },
    ];
    for (const changes of unready) {
      const { status, body } = await send((await seed(changes)).id);
      expect([status, body.code]).toEqual([409, 'citizens.activation-not-ready']);
    }
    expect((await send(999_999_999)).status).toBe(404);
  });

  it('is for counter staff, and asks for an idempotency key', async () => {
    const { id } = await seed();
    for (const as of ['cashier', 'auditor', 'administrator', 'integration']) {
      expect((await send(id, { as })).status).toBe(403);
    }
    const { body } = await app.request('POST', `/one-records/${id}/activation`, { as: 'clerk' });
    expect(body.code).toBe('http.idempotency-key-required');
    expect((await app.request('POST', '/activation/verify', { body: { recordNumber: 5 } })).body.code).toBe(
      'http.invalid',
    );
  });
});
