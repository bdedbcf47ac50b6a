import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutgoingMessage } from './channel-provider';
import { HttpSmsProvider } from './http-sms.provider';
import { readSmsProfiles } from './sms-profile';

const MESSAGE: OutgoingMessage = {
  messageId: 1,
  reference: 'test:1:SMS',
  channel: 'SMS',
  to: '+970599000001',
  oneRecordId: null,
  topic: 'general',
  subject: null,
  body: 'قال: "{{to}}" \u2028',
  link: null,
  lane: 'BULK',
  language: 'ar',
  segments: 1,
  provider: null,
};

describe('text messages over HTTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
  const file = join(folder, 'profiles.json');
  let server: Server;
  let url: string;
  let answer: { status: number; body: string };
  let asked: { headers: IncomingMessage['headers']; body: string }[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        asked.push({ headers: request.headers, body });
        if (answer.status === 0) return request.socket.destroy();
        response.writeHead(answer.status, { location: 'http://127.0.0.1:9/' }).end(answer.body);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`;
  });
  beforeEach(() => {
    asked = [];
    answer = { status: 200, body: '{"messages":[{"id":77,"code":"0"}]}' };
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  const PROFILE = {
    headers: { Authorization: 'Bearer key' },
    body: { to: '{{to}}', messages: [{ text: '{{text}}', ref: '{{reference}}' }], sender: 'NABLUS' },
    numbers: 'plain',
    reference: '/messages/0/id',
    answers: [
      { pointer: '/messages/0/code', equals: '21', as: 'PERMANENT_FAILURE' },
      { pointer: '/messages/0/code', equals: '5', as: 'TEMPORARY_FAILURE' },
    ],
  };
  const provider = (changes: object = {}) => {
    writeFileSync(file, JSON.stringify({ jawwal: { url, ...PROFILE, ...changes } }));
    return new HttpSmsProvider('jawwal', readSmsProfiles(file).get('jawwal')!, 3000);
  };

  it('fills the body of the profile, values as they are, and reads the number of the operator', async () => {
    expect(await provider().send([MESSAGE])).toEqual([{ state: 'SENT', reference: '77' }]);
    expect(asked[0]!.headers.authorization).toBe('Bearer key');
    expect(JSON.parse(asked[0]!.body)).toEqual({
      to: '970599000001',
      messages: [{ text: MESSAGE.body, ref: 'test:1:SMS' }],
      sender: 'NABLUS',
    });
  });

  it('sends a form where the profile says so', async () => {
    const body = { to: '{{to}}', text: '{{text}}' };
    await provider({ form: true, numbers: 'national', body, unsure: 'again' }).send([MESSAGE]);
    expect(Object.fromEntries(new URLSearchParams(asked[0]!.body))).toEqual({ to: '0599000001', text: MESSAGE.body });
  });

  it.each([
    [200, '{"messages":[{"code":"21"}]}', { state: 'PERMANENT_FAILURE', code: '21' }],
    [200, '{"messages":[{"code":"5"}]}', { state: 'TEMPORARY_FAILURE', code: '5' }],
    [200, 'OK', { state: 'SENT' }],
    [429, '', { state: 'TECHNICAL_FAILURE', code: 'http-429', outage: true }],
    [401, '', { state: 'TECHNICAL_FAILURE', code: 'http-401', outage: true }],
    [500, '', { state: 'TEMPORARY_FAILURE', code: 'http-500', outage: true }],
    [502, '<h1>Bad Gateway</h1>', { state: 'TEMPORARY_FAILURE', code: 'http-502', outage: true }],
    [501, '', { state: 'TECHNICAL_FAILURE', code: 'http-501', outage: true }],
    [503, '', { state: 'TECHNICAL_FAILURE', code: 'http-503', outage: true }],
    [524, '', { state: 'TEMPORARY_FAILURE', code: 'http-524', outage: true }],
    [504, '', { state: 'TEMPORARY_FAILURE', code: 'http-504', outage: true }],
    [400, '{}', { state: 'TECHNICAL_FAILURE', code: 'http-400' }],
    // A redirect is not followed, and a connection that breaks may have brought the message.
    [302, '', { state: 'TEMPORARY_FAILURE', code: 'no-answer', outage: true }],
    [0, '', { state: 'TEMPORARY_FAILURE', code: 'no-answer', outage: true }],
  ])('takes %i %s for %j', async (status, body, outcome) => {
    answer = { status, body };
    expect(await provider().send([MESSAGE])).toEqual([outcome]);
    expect(asked).toHaveLength(1);
  });

  it('is a technical failure where nothing was reached', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const outcome = await provider({ url: `http://127.0.0.1:${port}/` }).send([MESSAGE]);
    expect(outcome).toEqual([{ state: 'TECHNICAL_FAILURE', code: 'econnrefused', outage: true }]);
  });

  it('is a technical failure where nobody was trusted with it', async () => {
    const [outcome] = await provider({ url: url.replace('http:', 'https:') }).send([MESSAGE]);
    expect(outcome).toMatchObject({
      state: 'TECHNICAL_FAILURE',
      code: expect.stringMatching(/^err_ssl_/),
      outage: true,
    });
    expect(asked).toEqual([]);
  });

  it('believes the profile where that says that a 502 took nothing', async () => {
    answer = { status: 502, body: '' };
    const answers = [{ status: 502, as: 'TECHNICAL_FAILURE' }];
    const [outcome] = await provider({ answers }).send([MESSAGE]);
    expect(outcome).toEqual({ state: 'TECHNICAL_FAILURE', code: 'http-502', outage: true });
  });

  it('is told what becomes of what it may have taken, unless it gets references', () => {
    const body = { to: '{{to}}', text: '{{text}}' };
    expect(provider().leavesUnsure).toBe(false);
    expect(provider({ unsure: 'leave' }).leavesUnsure).toBe(true);
    expect(provider({ body, unsure: 'leave' }).leavesUnsure).toBe(true);
    expect(provider({ body, unsure: 'again' }).leavesUnsure).toBe(false);
  });

  it('asks for many at once, answers in order', async () => {
    const many = Array.from({ length: 25 }, (_, at) => ({ ...MESSAGE, reference: `test:${at}` }));
    expect(await provider({ concurrency: 4 }).send(many)).toHaveLength(25);
    expect(new Set(asked.map(({ body }) => JSON.parse(body).messages[0].ref)).size).toBe(25);
  });

  it.each([
    [{ url: 'http://operator.test/' }, 'url'],
    [{ url: 'file:///etc/passwd' }, 'url'],
    [{ body: { to: '{{to}}' } }, 'body'],
    [{ body: { to: '{{to}}', text: '{{text}}' } }, 'unsure'],
    [{ unsure: 'maybe' }, 'unsure'],
    [{ numbers: 'local' }, 'numbers'],
    [{ answers: [{ status: 200, as: 'DELIVERED' }] }, 'answers'],
    [{ timeoutSeconds: 0 }, 'timeoutSeconds'],
    [{ reports: { secret: 'short', status: '/s', states: {} } }, 'secret'],
  ])('refuses the profile %j', (changes, what) => {
    expect(() => provider(changes)).toThrow(what);
  });

  it('refuses a file that is not there', () => {
    expect(() => readSmsProfiles('/nowhere.json')).toThrow('SMS_PROFILES');
  });
});
