import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LocalMatcher, type Matcher, type RegisterPart } from './matcher';
import { ThreadedMatcher } from './threaded-matcher';

const REGISTER = resolve(__dirname, '../../../../test/support/register.cjs');
const threaded = (file = join(__dirname, 'worker.ts')) =>
  new ThreadedMatcher(new Worker(file, { execArgv: ['-r', REGISTER] }));

const row = (name: string, docNo = '') => ({ name, docType: 'هوية', docNo, phone: '0561234567', address: '' });
const PARTS: RegisterPart[] = [
  { rows: [row('سفيان غسان مروان السكري', '400000006'), row('وجيه نائل العسلي')], records: [0, 3], clusters: [8, 0] },
  { rows: [row('سفيان غسان السكري', '40000000'), row('عدنان الصباغ')], records: [0, 3], clusters: [0, 0] },
];

async function match(matcher: Matcher) {
  try {
    for (const part of PARTS) await matcher.add(part);
    const stages: string[] = [];
    const found = await matcher.finish({ threads: 1, apart: [] }, ({ stage }) => stages.push(stage));
    return { found, stages: [...new Set(stages)] };
  } finally {
    await matcher.close();
  }
}

describe('ThreadedMatcher', () => {
  it('finds in its thread what the matcher finds in this one, and tells the stages', async () => {
    const { found, stages } = await match(threaded());
    expect(found).toEqual((await match(new LocalMatcher())).found);
    expect(stages).toEqual(['learn', 'block', 'score', 'cluster']);
    expect(Array.from(found.row)).toEqual([0, 2, 1, 3]);
    expect(Array.from(found.former)).toEqual([8, 0]);
  });

  it('fails what is asked of a thread that died', async () => {
    await expect(match(threaded(join(__dirname, 'absent.ts')))).rejects.toThrow(/absent/);
    const closed = threaded();
    await closed.close();
    await expect(match(closed)).rejects.toThrow('the matching thread ended');
  });
});
