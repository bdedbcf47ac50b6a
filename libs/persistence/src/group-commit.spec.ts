import Sqlite from 'better-sqlite3';
import * as fc from 'fast-check';
import type { QueryRunner } from 'typeorm';
import { GroupCommit } from './group-commit';

const pause = () => new Promise((resolve) => setImmediate(resolve));

function opened() {
  const db = new Sqlite(':memory:');
  db.exec('CREATE TABLE parents (id INTEGER PRIMARY KEY)');
  db.exec('CREATE TABLE kept (n INTEGER, parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)');
  db.pragma('foreign_keys = ON');
  const said: string[] = [];
  const query = async (sql: string) => {
    if (!sql.startsWith('PRAGMA')) said.push(sql.split(' ')[0]!);
    await pause();
    db.exec(sql);
  };
  const group = new GroupCommit(() => ({ query }) as unknown as QueryRunner);
  const told: number[] = [];
  const insert = db.prepare('INSERT INTO kept VALUES (?, ?)');
  const part = (n: number, fails = false, parent: number | null = null) =>
    group.run(
      async () => {
        insert.run(n, parent);
        await pause();
        if (fails) throw new Error(`part ${n}`);
        return n;
      },
      () => told.push(n),
    );
  const kept = () => db.prepare('SELECT n FROM kept ORDER BY n').pluck().all();
  return { part, kept, told, said };
}

describe('group commit', () => {
  it('commits what waits together, and answers after that', async () => {
    const { part, kept, said } = opened();
    expect(await Promise.all([1, 2, 3].map((n) => part(n)))).toEqual([1, 2, 3]);
    expect(said).toEqual(['BEGIN', 'SAVEPOINT', 'SAVEPOINT', 'COMMIT']);
    expect(await part(4)).toBe(4);
    expect(said.slice(4)).toEqual(['BEGIN', 'COMMIT']);
    expect(kept()).toEqual([1, 2, 3, 4]);
  });

  it('keeps exactly the parts that did not fail, wherever they stand', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 40 }), async (failing) => {
        const { part, kept, told } = opened();
        const ends = await Promise.allSettled(failing.map((fails, n) => part(n, fails)));
        expect(ends.map(({ status }) => status === 'rejected')).toEqual(failing);
        expect(kept()).toEqual(failing.flatMap((fails, n) => (fails ? [] : [n])));
        expect(told).toEqual(failing.flatMap((fails, n) => (fails ? [n] : [])));
      }),
      { numRuns: 50 },
    ));

  it('takes all of a group back when its commit fails, and goes on', async () => {
    const { part, kept, told } = opened();
    const ends = await Promise.allSettled([part(1), part(2, false, 99), part(3, true)]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(ends.map((end) => (end as PromiseRejectedResult).reason.message)).toEqual([
      'FOREIGN KEY constraint failed',
      'FOREIGN KEY constraint failed',
      'part 3',
    ]);
    expect(told.sort()).toEqual([1, 2, 3]);
    expect(await part(4)).toBe(4);
    expect(kept()).toEqual([4]);
  });

  it.each(['SQLITE_BUSY', 'SQLITE_BUSY_RECOVERY'])('waits for another process that has the file: %s', async (code) => {
    let busy = 2;
    const query = (sql: string) =>
      sql.startsWith('BEGIN') && busy-- > 0
        ? Promise.reject(Object.assign(new Error(code), { code }))
        : Promise.resolve();
    const group = new GroupCommit(() => ({ query }) as unknown as QueryRunner);
    const done = () => Promise.resolve('done');
    expect(await group.run(done, () => undefined)).toBe('done');
  });
});
