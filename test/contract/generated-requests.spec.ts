import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Store } from '@libs/persistence';
import { permissionsOf } from '../../src/identity';
import { LegacyImporter } from '../../src/legacy';
import { openApiDocument } from '../../src/openapi';
import { startTestApp, type TestApp } from '../support/app';
import { seedCitizen } from '../support/citizens';
import { operations, random, RequestMaker } from '../support/requests';

const ROLES = ['clerk', 'cashier', 'officer', 'supervisor', 'auditor', 'administrator', 'integration'];
const REQUESTS = Number(process.env.GENERATED_REQUESTS ?? 3000);
const SEED = Number(process.env.GENERATED_SEED ?? 20261124);

/** Would lock out or change the callers whose tokens the other requests carry. */
const LEFT_OUT = /auth\/(password|logout)$|\/users(\/|$)|\/me\/sessions/;

describe(`${REQUESTS} requests generated from the OpenAPI document`, () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ PAYMENT_GATEWAY: 'sandbox', CITIZEN_TRIES_PER_ADDRESS: '1000000' });
    await app.app.get(LegacyImporter).import(join(__dirname, '../../demo/extract'), { trigger: 'CLI' });
  }, 120_000);
  afterAll(() => app.close());

  it('meet no server error, no stack trace and no open door', async () => {
    const document = openApiDocument(app.app);
    const next = random(SEED);
    const known: unknown[] = [1, 2, 3];
    const maker = new RequestMaker(document, next, known);
    const all = operations(document).filter(({ path }) => !LEFT_OUT.test(path));
    const tokens = new Map<string, string>();
    for (const role of ROLES) tokens.set(role, await app.tokenOf(role));
    tokens.set('citizen', (await seedCitizen(app)).token);
    const statuses = new Map<number, number>();
    const wrong: unknown[] = [];
    for (let made = 0; made < REQUESTS; made++) {
      const operation = all[made % all.length]!;
      const request = maker.make(operation);
      const may = operation.forCitizens
        ? ['citizen']
        : ROLES.filter((each) => operation.permissions?.some((wanted) => permissionsOf(each).has(wanted)));
      // Half of them by somebody who may, so that they come further than the door.
      const among = may.length > 0 && next() < 0.5 ? may : ROLES;
      const role = next() < 0.1 ? undefined : among[Math.floor(next() * among.length)]!;
      const answer = await app.app.inject({
        ...request,
        method: request.method as 'GET',
        headers: { ...request.headers, ...(role && { authorization: `Bearer ${tokens.get(role)}` }) },
      });
      const { statusCode: status, body } = answer;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status < 300) learn(answer.body, known);
      const problem = String(answer.headers['content-type']).includes('problem+json');
      const open =
        request.method === operation.method &&
        (operation.permissions || operation.forCitizens) &&
        !role &&
        status !== 401 &&
        status !== 400 &&
        status !== 415 &&
        status !== 413;
      const asHtml = /^\/((verify|pay|phone-undo|s|unsubscribe)\/|supply$)/.test(operation.path) || status < 400;
      if (status >= 500 || open || /\bat .*\.(ts|js):\d+/.test(body) || (status >= 400 && !problem && !asHtml)) {
        wrong.push({ made, role, request, status, body: body.slice(0, 300) });
      }
    }
    expect(wrong).toEqual([]);
    expect(await tooLong(app)).toEqual([]);
    // Proof that the requests reach the use cases, not only the validation.
    expect([...statuses.keys()].sort()).toEqual(expect.arrayContaining([200, 401, 403, 404, 422]));
  }, 600_000);
});

const SCHEMA = readFileSync(join(__dirname, '../../migrations/schema.mssql.sql'), 'utf8');

/** Columns with texts that SQL Server would refuse; the embedded database keeps them at any length. */
async function tooLong({ app }: TestApp): Promise<string[]> {
  // In their last shape, and without those that were dropped or stand in while others are given a new one.
  const created = [...SCHEMA.matchAll(/^CREATE TABLE "(\w+)" \((.*)\);$/gm)].filter(
    (each, _, all) =>
      each === all.findLast(([, table]) => table === each[1]) &&
      SCHEMA.lastIndexOf(`DROP TABLE "${each[1]}"`) < each.index,
  );
  const columns = created.flatMap(([, table, body]) =>
    [...body!.matchAll(/"(\w+)" (?:nvarchar|char)\((\d+)\)/g)].map(([, column, length]) => ({ table, column, length })),
  );
  expect(columns.length).toBeGreaterThan(50);
  const found: string[] = [];
  for (const { table, column, length } of columns) {
    const rows = await app
      .get(Store)
      .sql<{ value: string | null }>(`SELECT DISTINCT "${column}" AS "value" FROM "${table}"`);
    const longest = rows.reduce((most, { value }) => Math.max(most, value?.length ?? 0), 0);
    if (longest > Number(length)) found.push(`${table}.${column}: ${longest} > ${length}`);
  }
  return found;
}

/** Ids and serials of an answer, so that later requests meet what exists. */
function learn(body: string, known: unknown[]): void {
  const found = [...body.matchAll(/"(?:id|\w+Id|citizenId|serial|number)":("[^"]{1,40}"|\d{1,16})/g)].slice(0, 20);
  for (const [, value] of found) {
    const parsed: unknown = JSON.parse(value!);
    if (known.length < 400 && !known.includes(parsed)) known.push(parsed);
  }
}
