import { defineEvent, Webhooks } from '../../src/notifications';
import { startTestApp, type TestApp } from '../support/app';
import { notifyDesk } from '../support/notify';
import { olderIds } from '../support/older-ids';

const HAPPENED = defineEvent<{ n: number }>('test.newest-first', { ar: 'حدث', en: 'It happened' });

/** Lists of what several processes write, each with ids of its own block. */
let app: TestApp;
let older: () => void;
beforeEach(async () => {
  app = await startTestApp();
  for (const role of ['clerk', 'integration', 'auditor', 'administrator']) await app.tokenOf(role);
  older = await olderIds(app);
});
afterEach(() => app.close());

/** Does it once, and a minute later again in the process that took its ids earlier. @returns the ids of a list */
async function twice(act: (n: number) => Promise<unknown>, path: string, as: string): Promise<number[]> {
  await act(1);
  app.clock.advance({ minutes: 1 });
  older();
  await act(2);
  const { body } = await app.request('GET', path, { as });
  return (body.items as { id: number }[]).map(({ id }) => id);
}
const lastIsFirst = ([first, second, ...rest]: number[]) => {
  expect(rest).toEqual([]);
  expect(first).toBeLessThan(second!);
};

it('deliveries of webhooks are listed with the newest first, whoever wrote them', async () => {
  const body = { description: 'x', url: 'https://erp.example.org/hook', eventTypes: [HAPPENED.name] };
  await app.request('POST', '/webhooks', { as: 'integration', body });
  const happen = (n: number) => app.app.get(Webhooks, { strict: false }).publish(HAPPENED, `test/${n}`, { n });
  lastIsFirst(await twice(happen, '/webhook-deliveries', 'integration'));
});

it('the log of searches is', async () => {
  const body = { text: 'سامر', purpose: 'COMPLAINT', limit: 20 };
  const search = () => app.request('POST', '/citizens/search', { as: 'clerk', body });
  lastIsFirst(await twice(search, '/citizens/search-log', 'auditor'));
});

it('messages of the outbox are', async () => {
  const desk = notifyDesk(app);
  lastIsFirst(await twice(() => desk.send(), '/operations/messages?state=PENDING', 'administrator'));
});
