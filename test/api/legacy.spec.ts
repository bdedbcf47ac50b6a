import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Store } from '@libs/persistence';
import { ControlDifference, LegacyCitizen, LegacyMeter, LegacyMovement, LegacyService } from '../../src/legacy';
import { LegacyReject, LegacyRun } from '../../src/legacy/runs/run.entities';
import type { TestApp } from '../support/app';
import { dataOf, editControl, editLines, mirrorRows } from '../support/extract';
import { legacyApp, SEED_CITIZENS } from '../support/legacy-app';

const legacy = legacyApp();
const { take, anotherExtract } = legacy;
let app: TestApp;
let store: Store;
let directory: string;
beforeEach(() => ({ app, store, directory } = legacy));

describe('an import', () => {
  it('takes in an extract as its control.json says, and counts', async () => {
    const { rows, refused } = JSON.parse(readFileSync(join(directory, 'control.json'), 'utf8'));
    const outcome = await take();
    expect(outcome.refused).toEqual(refused);
    for (const [name, counts] of Object.entries(outcome.files)) {
      const sum = Object.values((refused[name] ?? {}) as Record<string, number>).reduce((a, b) => a + b, 0);
      const accepted = rows[name] - sum;
      expect(counts).toEqual({ read: rows[name], accepted, unchanged: 0, changed: 0, refused: sum, vanished: 0 });
    }
    expect(await store.reads(LegacyMovement).countBy({})).toBe(outcome.files.movements.accepted);
  });

  it('changes nothing when the same extract comes again, gzipped or not', async () => {
    await take();
    const before = dataOf(await mirrorRows(store));
    const again = await take();
    for (const { accepted, unchanged, changed, vanished } of Object.values(again.files)) {
      expect({ unchanged, changed, vanished }).toEqual({ unchanged: accepted, changed: 0, vanished: 0 });
    }
    const path = join(directory, 'readings.csv');
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
    rmSync(path);
    const third = await take();
    expect({ ...third, seconds: 0, run: 0 }).toEqual({ ...again, seconds: 0, run: 0 });
    expect(dataOf(await mirrorRows(store))).toEqual(before);
  });

  it('sees changed, new, vanished and returning rows', async () => {
    const original = anotherExtract();
    await take();
    const citizen = (await store.reads(LegacyCitizen).find({ order: { id: 'ASC' }, take: 1 }))[0]!;
    rmSync(join(directory, 'control.json'));
    const gone: string[] = [];
    editLines(directory, 'citizens', (lines) =>
      lines.map((line) => (line.startsWith(`${citizen.citNo},`) ? `${citizen.citNo},سلمى جديدة,,,,,1/1/2001` : line)),
    );
    editLines(directory, 'movements', (lines) => {
      gone.push(...lines.splice(5, 3).map((line) => line.split(',').at(-1)!));
      return [...lines, lines[1]!.replace(/[^,]+$/, 'NEW1')];
    });
    const second = await take();
    expect(second.files.citizens).toMatchObject({ changed: 1, vanished: 0 });
    expect(second.files.movements).toMatchObject({
      changed: 0,
      vanished: 3,
      unchanged: second.files.movements.accepted - 1,
    });
    expect(await store.reads(LegacyCitizen).findOneBy({ id: citizen.id })).toMatchObject({
      ...{ rawName: 'سلمى جديدة', documentKey: null, phoneE164: null, enteredOn: '2001-01-01' },
      ...{ firstRunId: citizen.firstRunId, changedRunId: second.run, vanishedRunId: null },
    });
    for (const doc of gone) {
      expect(await store.reads(LegacyMovement).findOneBy({ doc })).toMatchObject({ vanishedRunId: second.run });
    }

    const third = await take();
    expect(third.files.movements).toMatchObject({ changed: 0, vanished: 0, unchanged: third.files.movements.accepted });
    const fourth = await take(original);
    expect(fourth.files.movements).toMatchObject({ changed: 3, vanished: 1 });
    for (const doc of gone) {
      const row = await store.reads(LegacyMovement).findOneBy({ doc });
      expect(row).toMatchObject({ changedRunId: fourth.run, vanishedRunId: null });
    }
  });

  it('knows the citizens and services of this extract only', async () => {
    await take();
    const service = (await store.reads(LegacyService).find({ order: { id: 'ASC' }, take: 1 }))[0]!;
    const meter = await store.reads(LegacyMeter).findOneBy({ serviceId: service.id });
    rmSync(join(directory, 'control.json'));
    editLines(directory, 'services', (lines) => lines.filter((line) => !line.startsWith(`${service.srvNo};`)));
    const { refused, files } = await take();
    expect(refused.movements!['service unknown']).toBeGreaterThan(3);
    expect(files.movements.vanished).toBe(refused.movements!['service unknown']! - 3);
    expect(await store.reads(LegacyService).findOneBy({ id: service.id })).toMatchObject({ vanishedRunId: files && 2 });
    if (meter) expect(await store.reads(LegacyMeter).findOneBy({ id: meter.id })).toMatchObject({ serviceId: null });
  });

  it('keeps every one of equal lines', async () => {
    rmSync(join(directory, 'control.json'));
    editLines(directory, 'meters', (lines) => [...lines, lines[1]!, lines[1]!]);
    const first = await take();
    const again = await take();
    expect(again.files.meters).toMatchObject({ unchanged: first.files.meters.accepted, changed: 0, vanished: 0 });
    const most = await store.reads(LegacyMeter).find({ order: { occurrence: 'DESC', id: 'DESC' }, take: 1 });
    expect(most[0]!.occurrence).toBe(3);
    editLines(directory, 'meters', (lines) => lines.slice(0, -1));
    expect((await take()).files.meters).toMatchObject({ changed: 0, vanished: 1 });
  });

  it('takes in what is ugly as it is, and finds what it says', async () => {
    rmSync(join(directory, 'control.json'));
    const name = 'ع'.repeat(10_000);
    const bidi = '\u202bمحمد \u200fعلي\u202c';
    editLines(directory, 'citizens', (lines) => [
      ...lines,
      `A1,${name},هوية,٤٣٩٤٩٠٠٤٦,٠٥٩٩١٢٣٤٥٦,"${name}",31/02/2010`,
      `A2,${bidi},,,,,`,
      `${'9'.repeat(101)},سلمى,,,,,`,
      'A3, ,,,,,',
      'A3,سلمى,,,,,',
    ]);
    const { refused } = await take();
    expect(refused.citizens).toMatchObject({ 'no name': 4, 'number longer than 100 characters': 1 });
    const found = (citNo: string) => store.reads(LegacyCitizen).findOneBy({ citNo });
    expect(await found('A1')).toMatchObject({ rawName: name, rawAddress: name, documentKey: 'national-id:439490046' });
    expect(await found('A1')).toMatchObject({ phoneE164: '+970599123456', rawDocNo: '٤٣٩٤٩٠٠٤٦', enteredOn: null });
    expect(await found('A2')).toMatchObject({ rawName: bidi });
    expect(await found('A3')).toMatchObject({ rawName: 'سلمى' });
  });

  it('is one at a time', async () => {
    const results = await Promise.allSettled([take(), take(), take()]);
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused.map((each) => (each as PromiseRejectedResult).reason.code)).toEqual(
      Array(refused.length).fill('legacy.import-running'),
    );
    expect(refused).toHaveLength(2);
    expect(await store.reads(LegacyRun).countBy({ state: 'DONE' })).toBe(1);
  });

  it('fails loudly when it differs from control.json, and its rows stay', async () => {
    editControl(directory, (control) => {
      control.refused.citizens['no name'] = 2;
      control.movements_minor_units.ILS.debit += 1;
    });
    const error = await take().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ControlDifference);
    expect((error as Error).message).toMatch(/citizens refused: no name: expected 2, found 3/);
    expect((error as ControlDifference).differences).toHaveLength(2);
    const { body } = await app.request('GET', '/legacy/runs/1', { as: 'auditor' });
    expect(body).toMatchObject({ state: 'FAILED', control: 'DIFFERENT', progress: 100, fault: null });
    expect(body.differences[0]).toEqual({ what: 'citizens refused: no name', expected: '2', actual: '3' });
    expect(await store.reads(LegacyCitizen).countBy({})).toBe(SEED_CITIZENS);
  });
});

const DEMO = resolve(__dirname, '../../demo/extract');

it('the demo extract is refused where it should be and sums up as it should', async () => {
  expect(existsSync(DEMO)).toBe(true);
  const outcome = await take(DEMO);
  const control = JSON.parse(readFileSync(join(DEMO, 'control.json'), 'utf8'));
  expect(outcome.refused).toEqual(control.refused);
  const hundredths = (currency: string, minor: string) => Number(minor) / (currency === 'JOD' ? 10 : 1);
  for (const [currency, { debit, credit }] of Object.entries(outcome.totals)) {
    const sums = { debit: hundredths(currency, debit), credit: hundredths(currency, credit) };
    expect(sums).toEqual(control.movements_minor_units[currency]);
  }
  const rejects = await store.reads(LegacyReject).find({ order: { id: 'ASC' } });
  const lines = rejects.map(({ fileName, sourceKey, reason }) => `${fileName}\t${sourceKey}\t${reason}`).sort();
  const expected = readFileSync(join(__dirname, '../fixtures/bad_rows.tsv'), 'utf8').trim().split(/\r?\n/).sort();
  expect(lines).toEqual(expected);
});
