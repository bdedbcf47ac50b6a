import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryDatabase, type TemporaryDatabase } from '@libs/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/bootstrap';
import { loadDemo } from '../../src/demo';
import { migrate } from '../../src/migrate';
import { testConfig } from '../support/config';

const scriptOf = (page: string): string =>
  /```bash\n([\s\S]*?)```/.exec(readFileSync(join(__dirname, '../..', page), 'utf8'))![1]!;

describe('the main job as the README shows it', () => {
  let database: TemporaryDatabase;
  let app: NestFastifyApplication;
  const folder = mkdtempSync(join(tmpdir(), 'baladiya-readme-'));

  beforeAll(async () => {
    database = await temporaryDatabase();
    await migrate(database.url);
    app = await createApp(testConfig(database.url, { ROLE: 'all', PAYMENT_GATEWAY: 'sandbox' }));
    await app.init();
    await loadDemo(app);
    await app.listen(0, '127.0.0.1');
  }, 600_000);

  afterAll(async () => {
    await app.close();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  let number: string;

  /** @returns what it printed, line by line */
  async function run(page: string, env: Record<string, string> = {}): Promise<string[]> {
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', scriptOf(page)], {
      cwd: folder,
      env: { ...process.env, ...env, API: `${await app.getUrl()}/api/v1` },
    });
    return stdout.trim().split('\n');
  }

  it('finds three rows, joins and approves them, activates, and prints a statement that verifies', async () => {
    const lines = await run('README.md');
    number = lines.find((line) => line.startsWith('record '))!.slice('record '.length);
    expect(lines[0]).toMatch(/^1406 فاطمه قاسم هشام الخياط/);
    expect(lines).toEqual(expect.arrayContaining(['APPROVED', 'ACTIVATED', '247.70 ILS, 475.440 JOD', 'VALID']));
    expect(lines.slice(-6).map((line) => line.split(' ')[1] ?? line)).toEqual([
      'ACTIVATE',
      'APPROVE',
      'SUBMIT',
      'IDENTIFY',
      'CREATE',
      'true',
    ]);
    expect(readFileSync(join(folder, 'statement.pdf'), 'latin1')).toMatch(/^%PDF-/);
  }, 120_000);

  it('lets the citizen pay and take a paper, as the README of the portal shows', async () => {
    const [record, owed, closes, state, looked] = await run('src/portal/README.md', {
      NUMBER: number,
      PHONE: '0591095969',
    });
    expect([record, owed, state, looked]).toEqual([number, '247.70 ILS, 475.440 JOD', 'SUCCESS', 'true']);
    expect(closes).toMatch(/^\d+\.\d\d$/);
    expect(readFileSync(join(folder, 'my-statement.pdf'), 'latin1')).toMatch(/^%PDF-/);
  }, 120_000);
});
