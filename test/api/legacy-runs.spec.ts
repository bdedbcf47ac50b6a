import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Store } from '@libs/persistence';
import { SchedulerRegistry } from '@nestjs/schedule';
import { LegacyImporter, LegacyMirror } from '../../src/legacy';
import { LegacyRun } from '../../src/legacy/runs/run.entities';
import { startTestApp, type TestApp } from '../support/app';
import { editLines, mirrorRows } from '../support/extract';
import { legacyApp, SEED_CITIZENS } from '../support/legacy-app';

const legacy = legacyApp();
const { take, anotherExtract } = legacy;
let app: TestApp;
let store: Store;
let directory: string;
beforeEach(() => ({ app, store, directory } = legacy));

describe('an import that was cut off', () => {
  const undisturbed = async (from: string[]) => {
    const other = await startTestApp();
    try {
      for (const each of from) await other.app.get(LegacyImporter).import(each, { trigger: 'CLI' });
      return await mirrorRows(other.app.get(Store));
    } finally {
      await other.close();
    }
  };

  it('is continued under its number and ends as if nothing had happened', async () => {
    const large = anotherExtract(2500);
    let calls = 0;
    app.app.get(LegacyMirror).observe({
      citizensWritten: () => (++calls === 2 ? Promise.reject(new Error('power cut')) : Promise.resolve()),
    });
    await expect(take(large)).rejects.toThrow('power cut');
    const fall = (at: number) => ({
      trigger: 'CLI' as const,
      onProgress: ({ file, done }: { file: string; done: number }) => {
        if (file === 'movements' && done > at) throw new Error('power cut');
      },
    });
    await expect(app.app.get(LegacyImporter).import(large, fall(20_000))).rejects.toThrow('power cut');
    await expect(app.app.get(LegacyImporter).import(large, fall(0))).rejects.toThrow('power cut');
    const { body } = await app.request('GET', '/legacy/runs/1', { as: 'officer' });
    expect(body).toMatchObject({ state: 'RUNNING', control: 'NOT_YET', finishedAt: null });
    expect(body.progress).toBeGreaterThan(0);
    expect((await take(large)).run).toBe(1);
    expect(await mirrorRows(store)).toEqual(await undisturbed([large]));
  }, 120_000);

  it('counts what it had changed and marked before', async () => {
    const large = anotherExtract(300);
    await take(large);
    const second = anotherExtract(300);
    rmSync(join(second, 'control.json'));
    editLines(second, 'movements', (lines) =>
      lines.filter((_, at) => at % 50 !== 9).map((line) => line.replace('دفع نقدي', 'دفع بطاقة')),
    );
    const fall = {
      trigger: 'CLI' as const,
      onProgress: ({ done }: { done: number }) => {
        if (done === 4000) throw new Error('power cut');
      },
    };
    await expect(app.app.get(LegacyImporter).import(second, fall)).rejects.toThrow('power cut');
    const outcome = await take(second);
    expect(outcome.run).toBe(2);
    expect(outcome.files.movements.changed).toBeGreaterThan(1000);
    expect(await mirrorRows(store)).toEqual(await undisturbed([large, second]));
  });

  it('is abandoned when another extract comes', async () => {
    const fall = {
      trigger: 'CLI' as const,
      onProgress: () => {
        throw new Error('power cut');
      },
    };
    await expect(app.app.get(LegacyImporter).import(directory, fall)).rejects.toThrow('power cut');
    const other = anotherExtract(SEED_CITIZENS, 2);
    expect((await take(other)).run).toBe(2);
    const states = (await store.reads(LegacyRun).find({ order: { id: 'ASC' } })).map(({ state }) => state);
    expect(states).toEqual(['ABANDONED', 'DONE']);
  });
});

describe('over HTTP', () => {
  const start = (as: string) => app.request('POST', '/legacy/runs', { as });

  it('an import is asked for, done by a worker, followed and read', async () => {
    const asked = await start('administrator');
    expect(asked.status).toBe(202);
    expect((await start('administrator')).body.code).toBe('legacy.import-running');
    await app.drain();
    const list = await app.request('GET', '/legacy/runs', { as: 'auditor' });
    expect(list.body).toMatchObject({ total: 1, items: [{ id: 1, state: 'DONE', startedVia: 'REST' }] });
    const { body } = await app.request('GET', '/legacy/runs/1', { as: 'integration' });
    expect(body).toMatchObject({ control: 'EQUAL', progress: 100, differences: [] });
    expect(body.files.map(({ name, state }: any) => `${name} ${state}`)[1]).toBe('services DONE');
    expect(body.files[1].reasons).toEqual([
      { reason: 'citizen unknown', lines: 3 },
      { reason: 'date impossible', lines: 3 },
    ]);
    expect(body.totals.map(({ currency }: any) => currency)).toEqual(['ILS', 'JOD']);
    const all = await app.request('GET', '/legacy/runs/1/rejects?pageSize=5', { as: 'officer' });
    expect(all.body).toMatchObject({ total: 24, page: 1 });
    expect(all.body.items).toHaveLength(5);
    const services = await app.request('GET', '/legacy/runs/1/rejects?file=services', { as: 'officer' });
    expect(services.body.items[0]).toMatchObject({ file: 'services', reason: 'citizen unknown' });
    expect(services.body.items[0].raw).toMatch(/^\d+;مياه;90000000;/);
  });

  it('rejects come as CSV that no spreadsheet executes', async () => {
    rmSync(join(directory, 'control.json'));
    editLines(directory, 'citizens', (lines) => [...lines, '=1+1,..,,,,,']);
    await take();
    const { status, headers, raw } = await app.request('GET', '/legacy/runs/1/rejects.csv', { as: 'auditor' });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const text = raw.toString('utf8');
    expect(text.startsWith('\ufefffile,line,key,reason,raw\r\n')).toBe(true);
    expect(text).toContain(`citizens,${SEED_CITIZENS + 8},'=1+1,no name,"'=1+1,..,,,,,"\r\n`);
    expect(text.trimEnd().split('\r\n')).toHaveLength(1 + 25);
  });

  it('is refused without a folder, a permission, or a run', async () => {
    expect((await start('clerk')).status).toBe(403);
    expect((await app.request('POST', '/legacy/runs')).status).toBe(401);
    for (const path of ['/legacy/runs/9', '/legacy/runs/9/rejects', '/legacy/runs/9/rejects.csv']) {
      expect((await app.request('GET', path, { as: 'officer' })).body.code).toBe('http.not-found');
    }
    const bare = await startTestApp();
    const { status, body } = await bare.request('POST', '/legacy/runs', { as: 'administrator' });
    await bare.close();
    expect([status, body.code]).toEqual([409, 'legacy.no-extract-folder']);
  });

  it('a refused extract is told once and not tried again', async () => {
    rmSync(join(directory, 'meters.csv'));
    await start('integration');
    await app.drain();
    const { body } = await app.request('GET', '/legacy/runs/1', { as: 'officer' });
    expect(body).toMatchObject({ state: 'FAILED', fault: { file: 'meters.csv', line: 0 } });
    expect((await start('integration')).status).toBe(202);
  });
});

describe('at night', () => {
  it('a worker imports LEGACY_EXTRACT_DIR at the hour that is set, by the clocks of Hebron', async () => {
    const settings = { LEGACY_EXTRACT_DIR: directory, LEGACY_IMPORT_CRON: '30 1 * * *', ROLE: 'worker' };
    const worker = await startTestApp(settings);
    try {
      const job = worker.app.get(SchedulerRegistry).getCronJob('legacy-import');
      expect([job.cronTime.source, job.cronTime.timeZone, job.isActive]).toEqual(['30 1 * * *', 'Asia/Hebron', true]);
      await job.fireOnTick();
      const run = await worker.app.get(Store).reads(LegacyRun).findOneBy({ id: 1 });
      expect(run).toMatchObject({ state: 'DONE', startedVia: 'NIGHTLY' });
    } finally {
      await worker.close();
    }
  });

  it('nothing is planned where HTTP is served, or without a folder', async () => {
    const idle = await startTestApp({ ROLE: 'worker' });
    expect(idle.app.get(SchedulerRegistry).getCronJobs().has('legacy-import')).toBe(false);
    await idle.close();
    expect(app.app.get(SchedulerRegistry).getCronJobs().has('legacy-import')).toBe(false);
  });
});
