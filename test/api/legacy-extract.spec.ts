import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Store } from '@libs/persistence';
import { ExtractError } from '../../src/legacy';
import { LegacyRun } from '../../src/legacy/runs/run.entities';
import type { TestApp } from '../support/app';
import { dataOf, editControl, editLines, mirrorRows } from '../support/extract';
import { legacyApp } from '../support/legacy-app';

const legacy = legacyApp();
const { take } = legacy;
let app: TestApp;
let store: Store;
let directory: string;
beforeEach(() => ({ app, store, directory } = legacy));

describe('an extract that is not right', () => {
  const overwrite = (name: string, content: string | Buffer) => writeFileSync(join(directory, name), content);
  const bytes = (name: string) => readFileSync(join(directory, name));

  it.each<[string, () => void, RegExp]>([
    ['a missing file', () => rmSync(join(directory, 'meters.csv')), /^meters\.csv: the file is missing/],
    [
      'a missing column',
      () => editLines(directory, 'services', ([, ...rows]) => ['SRV_NO;SRV_TYPE;CIT_NO;ADDRESS;STATUS', ...rows]),
      /^services\.csv, line 1: the columns are not SRV_NO;SRV_TYPE;CIT_NO;ADDRESS;STATUS;START_DATE/,
    ],
    [
      'a cut file',
      () => overwrite('movements.csv', bytes('movements.csv').subarray(0, -30)),
      /^movements\.csv, line \d+: .*truncated/,
    ],
    [
      'a cut file at a line end',
      () => editLines(directory, 'movements', (lines) => lines.slice(0, -1)),
      /^movements\.csv: \d+ records, control\.json says \d+/,
    ],
    ['an empty file', () => overwrite('licences.csv', ''), /^licences\.csv, line 1: the columns/],
    [
      'a field too few',
      () => editLines(directory, 'parcels', (lines) => [...lines, '1;2;3']),
      /^parcels\.csv, line \d+: 3 fields instead of 7/,
    ],
    [
      'Windows-1256 for UTF-8',
      () => overwrite('citizens.csv', Buffer.concat([bytes('citizens.csv'), bytes('services.csv')])),
      /^citizens\.csv, line \d+: the text is not UTF-8/,
    ],
    [
      'UTF-8 for Windows-1256',
      () =>
        overwrite(
          'licences.csv',
          'SRV_NO;TRADE;GRADE;FEE;EXPIRES\r\n1;x;x;1.00;1/1/2018\r\n1;بقالة;أ;1.00;1/1/2018\r\n',
        ),
      /^licences\.csv, line 3: the text is UTF-8/,
    ],
    [
      'UTF-16',
      () => overwrite('meters.csv', Buffer.from('\ufeffSRV_NO', 'utf16le')),
      /^meters\.csv, line 1: a zero byte/,
    ],
    ['a broken control.json', () => overwrite('control.json', '{"rows": '), /^control\.json: .*not what it should be/],
    [
      'a broken gzip',
      () => (rmSync(join(directory, 'meters.csv')), overwrite('meters.csv.gz', 'nothing')),
      /^meters\.csv\.gz: .*Z_DATA_ERROR/,
    ],
    [
      'a cut gzip',
      () => (
        overwrite('meters.csv.gz', gzipSync(bytes('meters.csv')).subarray(0, -9)),
        rmSync(join(directory, 'meters.csv'))
      ),
      /^meters\.csv\.gz: the gzip file is cut off/,
    ],
    [
      'a file that lost all its records, without a control.json',
      () => (rmSync(join(directory, 'control.json')), editLines(directory, 'movements', ([header]) => [header!])),
      /^movements\.csv: no record, and rows of earlier extracts are there/,
    ],
    [
      'a control.json without its parts',
      () => overwrite('control.json', '{}'),
      /^control\.json: not what it should be: rows: expected an object/,
    ],
  ])('is refused for %s, and nothing changes', async (_, damage, message) => {
    await take();
    const before = dataOf(await mirrorRows(store));
    damage();
    const error = await take().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExtractError);
    expect((error as ExtractError).message).toMatch(message);
    expect(dataOf(await mirrorRows(store))).toEqual(before);
    const { body } = await app.request('GET', '/legacy/runs/2', { as: 'officer' });
    expect(body).toMatchObject({ state: 'FAILED', fault: (error as ExtractError).fault, files: [], totals: [] });
    expect(body.fault.reasonAr).toMatch(/[\u0600-\u06ff]/);
  });

  it('is taken in when control.json says that a file has no records any more', async () => {
    await take();
    const { rows } = JSON.parse(readFileSync(join(directory, 'control.json'), 'utf8'));
    editLines(directory, 'licences', ([header]) => [header!]);
    editControl(directory, (control) => (control.rows.licences = 0));
    expect((await take()).files.licences).toMatchObject({ read: 0, vanished: rows.licences });
  });

  it('is refused when there is no folder, or nothing in it', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'baladiya-empty-'));
    await expect(take(join(empty, 'none'))).rejects.toThrow('there is no such folder');
    await expect(take(empty)).rejects.toThrow('the folder holds no file of an extract');
    expect(await store.reads(LegacyRun).countBy({ state: 'FAILED' })).toBe(2);
    rmSync(empty, { recursive: true });
  });
});
