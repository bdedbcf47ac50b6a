import { setTimeout as pause } from 'node:timers/promises';
import { Store } from '@libs/persistence';
import { createApp } from '../../../src/bootstrap';
import { DEMO_PASSWORD } from '../../../src/identity';
import { testConfig } from '../../../test/support/config';
import { random } from '../../../test/support/requests';
import { prepare } from '../accounts';
import { Client, Ledger, login, type Desk } from './clients';
import { KillableServer } from './server';
import { wrongs } from './verify';

export interface Blows {
  /** A migrated or empty database that is only for this. */
  url: string;
  clients: number;
  operations: number;
  /** SIGKILLs of the server, spread over the operations. */
  kills: number;
  seed: number;
}

export interface Aftermath {
  wrong: string[];
  told: Ledger;
  kills: number;
  seconds: number;
}

const ACCOUNTS = 40;
/** Clients at one till: they share its shift. */
const AT_A_TILL = 8;

/** Many clients at once at the same accounts and tills while the server is killed; then the books are read. */
export async function hammer({ url, clients, operations, kills, seed }: Blows): Promise<Aftermath> {
  const charged = await prepare(url, { accounts: ACCOUNTS, amount: 100_000 });
  const server = new KillableServer(url);
  const told = new Ledger();
  const next = random(seed);
  let seconds: number;
  try {
    await server.start();
    const desks = await openDesks(server, Math.ceil(clients / AT_A_TILL));
    const accounts = await accountIds(url);
    let left = operations;
    const start = performance.now();
    const work = Array.from({ length: clients }, async (_, at) => {
      const client = new Client(server, `c${at}`, desks[at % desks.length]!, accounts, told, random(seed + at + 1));
      while (left-- > 0) await client.act();
    });
    for (let kill = 1; kill <= kills; kill++) {
      const due = operations * (1 - (kill - 0.5 * next()) / (kills + 1));
      while (left > due) await pause(5);
      await server.kill();
    }
    await Promise.all(work);
    seconds = (performance.now() - start) / 1000;
  } finally {
    await server.stop();
  }
  const app = await createApp(testConfig(url));
  await app.init();
  try {
    return { wrong: await wrongs(app, told, charged), told, kills: server.kills, seconds };
  } finally {
    await app.close();
  }
}

async function openDesks(server: KillableServer, count: number): Promise<Desk[]> {
  const [administrator, supervisor] = [await login(server, 'administrator'), await login(server, 'supervisor')];
  const made = async (token: string, path: string, body: object, key?: string): Promise<{ id: number }> => {
    const answer = await server.request('POST', path, token, body, key);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as { id: number };
  };
  const desks: Desk[] = [];
  for (let at = 0; at < count; at++) {
    const username = `cashier.${at + 1}`;
    const user = { username, displayName: username, role: 'cashier', password: DEMO_PASSWORD };
    await made(administrator, '/users', user);
    const till = await made(supervisor, '/tills', {
      code: `H-${at}`,
      office: at % 2 ? 'OSS' : 'WATER',
      name: `صندوق ${at}`,
    });
    const floats = [{ currency: 'ILS', amount: '100' }];
    const shift = await made(await login(server, username), '/shifts', { tillId: till.id, floats }, `open-${at}`);
    desks.push({ username, tillId: till.id, shiftId: shift.id });
  }
  return desks;
}

async function accountIds(url: string): Promise<number[]> {
  const app = await createApp(testConfig(url));
  await app.init();
  try {
    const rows = await app.get(Store).sql<{ id: number | string }>('SELECT "id" FROM "billing_accounts" ORDER BY "id"');
    return rows.map(({ id }) => Number(id));
  } finally {
    await app.close();
  }
}
