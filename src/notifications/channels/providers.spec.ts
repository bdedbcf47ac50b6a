import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { OutgoingMessage } from './channel-provider';
import { emailPage } from './email-page';
import { EmailProvider, failureOf } from './email.provider';
import { isOfService } from './push-subscriptions';
import { pushFailureOf } from './push.provider';

const MAIL: OutgoingMessage = {
  messageId: 1,
  reference: 'test:1:EMAIL',
  channel: 'EMAIL',
  to: 'sami@nablus.test',
  oneRecordId: null,
  topic: 'general',
  subject: 'فاتورة المياه',
  body: 'الفاتورة <b>42</b>\n\nhttps://nablus.test/s/1?a=1&b=2',
  link: null,
  lane: 'TRANSACTIONAL',
  language: 'ar',
  segments: 1,
  provider: null,
};

describe('mail', () => {
  const taken: { to: string[]; source: string }[] = [];
  let connections = 0;
  const server = new SMTPServer({
    onConnect: (_, done) => {
      connections++;
      done();
    },
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) => {
      if (address.startsWith('gone')) return done(Object.assign(new Error('no such user'), { responseCode: 550 }));
      if (address.startsWith('full')) return done(Object.assign(new Error('full'), { responseCode: 452 }));
      done();
    },
    onData: (stream, session, done) => {
      let source = '';
      stream.on('data', (part) => (source += String(part)));
      stream.on('end', () => {
        taken.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
        done();
      });
    },
  });
  let provider: EmailProvider;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const { port } = server.server.address() as AddressInfo;
    provider = new EmailProvider(`smtp://127.0.0.1:${port}`, 'Nablus <no-reply@nablus.test>');
  });
  afterAll(async () => {
    provider.close();
    await new Promise<void>((done) => server.close(done));
  });

  it('leaves with one recipient, and the same Message-ID for the same reference', async () => {
    const [first, again] = await provider.send([MAIL, MAIL]);
    expect(first).toMatchObject({ state: 'SENT' });
    expect(again).toEqual(first);
    expect(taken.map(({ to }) => to)).toEqual([['sami@nablus.test'], ['sami@nablus.test']]);
    const ids = taken.map(({ source }) => /^Message-ID: (.*)$/im.exec(source)![1]);
    expect(ids[0]).toMatch(/@nablus\.test>/);
    expect(ids[1]).toBe(ids[0]);
  });

  it('tells an address that is gone from a mailbox that is full', async () => {
    const to = (address: string) => ({ ...MAIL, to: address });
    expect(await provider.send([to('gone@nablus.test'), to('full@nablus.test')])).toEqual([
      { state: 'PERMANENT_FAILURE', code: 'smtp-550' },
      { state: 'TEMPORARY_FAILURE', code: 'smtp-452' },
    ]);
  });

  it('is a technical failure where no server answers', async () => {
    const nobody = new EmailProvider('smtp://127.0.0.1:1', 'a@nablus.test');
    expect(await nobody.send([MAIL])).toMatchObject([{ state: 'TECHNICAL_FAILURE', outage: true }]);
    nobody.close();
    expect(failureOf({ responseCode: 535, command: 'AUTH PLAIN' })).toMatchObject({
      state: 'TECHNICAL_FAILURE',
      outage: true,
    });
    expect(failureOf({ responseCode: 554, command: 'DATA' })).toEqual({ state: 'TECHNICAL_FAILURE', code: 'smtp-554' });
    const denied = { responseCode: 550, command: 'RCPT TO', response: '550 5.7.1 Relaying denied' };
    expect(failureOf(denied).state).toBe('TECHNICAL_FAILURE');
    expect(failureOf({ ...denied, response: '550 5.1.1 No such user' }).state).toBe('PERMANENT_FAILURE');
  });

  it('goes one after the other through a connection that is kept', async () => {
    const before = connections;
    await provider.send([1, 2, 3].map((n) => ({ ...MAIL, reference: `test:kept:${n}` })));
    expect(connections - before).toBeLessThanOrEqual(1);
  });

  it('is a page in which nothing is markup', () => {
    const page = emailPage(MAIL.body, 'ar');
    expect(page).toContain('dir="rtl"');
    expect(page).toContain('<p>الفاتورة &lt;b&gt;42&lt;/b&gt;</p>');
    expect(page).toContain('<a href="https://nablus.test/s/1?a=1&amp;b=2">');
  });
});

describe('web push', () => {
  it.each([
    ['https://fcm.googleapis.com/fcm/send/x', true],
    ['https://web.push.apple.com/x', true],
    ['https://push.apple.com.evil.test/x', false],
    ['https://evilpush.apple.com.test/x', false],
    ['http://fcm.googleapis.com/x', false],
    ['https://fcm.googleapis.com:8443/x', false],
    ['https://user@fcm.googleapis.com/x', false],
    ['https://169.254.169.254/latest', false],
    ['not an address', false],
    // As the library reads them, these lead to what stands before the odd character.
    ['https://10.0.0.1;.push.apple.com/x', false],
    ["https://10.0.0.1'.push.apple.com/x", false],
    ['https://10.0.0.1{.push.apple.com/x', false],
    ['https://10.0.0.1\t.push.apple.com/x', false],
    ['https://evil.test\\.push.apple.com/x', false],
    ['https://evil.test%2f.push.apple.com/x', false],
    [' https://web.push.apple.com/x', false],
  ])('%s is a service that we know: %s', (endpoint, expected) => {
    expect(isOfService(endpoint, ['fcm.googleapis.com', '*.push.apple.com'])).toBe(expected);
  });

  it.each([
    [410, 'PERMANENT_FAILURE'],
    [404, 'PERMANENT_FAILURE'],
    [429, 'TEMPORARY_FAILURE'],
    [502, 'TEMPORARY_FAILURE'],
    [403, 'TECHNICAL_FAILURE'],
    [undefined, 'TEMPORARY_FAILURE'],
  ])('%s is a %s', (statusCode, state) => {
    expect(pushFailureOf(statusCode === undefined ? {} : { statusCode })).toMatchObject({ state });
  });
});
