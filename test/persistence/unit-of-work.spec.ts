import {
  IdAllocator,
  IdBlock,
  isUniqueViolation,
  openDatabase,
  Store,
  UnitOfWork,
  type Database,
} from '@libs/persistence';
import { temporaryDatabase, type TemporaryDatabase } from '@libs/testing';
import { Lease } from '@libs/outbox';
import { migrate } from '../../src/migrate';
import { SCHEMA } from '../../src/schema';

/** Resolves when told to, so that a test decides how units overlap. */
function gate() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('unit of work', () => {
  let temporary: TemporaryDatabase;
  let database: Database;
  let uow: UnitOfWork;
  let store: Store;
  let ids: IdAllocator;

  beforeAll(async () => {
    temporary = await temporaryDatabase();
    await migrate(temporary.url);
    database = await openDatabase(temporary.url, SCHEMA);
    uow = new UnitOfWork(database);
    store = new Store(database);
    ids = new IdAllocator(database, uow, new Store(database));
  });

  afterAll(async () => {
    await database.onApplicationShutdown();
    await temporary.drop();
  });

  const block = (name: string, nextId = 1) => ({ name, nextId });
  const add = (name: string, nextId = 1) => store.insert(IdBlock, block(name, nextId));
  const find = (name: string) => store.reads(IdBlock).findOneBy({ name });

  it('keeps overlapping units apart: one rolls back, the other stays', async () => {
    const { open, opened } = gate();
    const doomed = uow.run(async () => {
      await add('doomed');
      await opened;
      throw new Error('changed my mind');
    });
    const kept = uow.run(() => add('kept'));
    open();
    await expect(doomed).rejects.toThrow('changed my mind');
    await kept;
    expect(await find('doomed')).toBeNull();
    expect(await find('kept')).toMatchObject({ nextId: 1 });
  });

  it('shows a reader outside only what has been committed', async () => {
    let seen: unknown = 'nothing yet';
    await uow.run(async () => {
      await add('half-done');
      seen = await database.apart(() => find('half-done'));
    });
    expect(seen).toBeNull();
    expect(await find('half-done')).not.toBeNull();
  });

  it('takes 200 at once without losing one', async () => {
    await uow.run(() => add('counter', 0));
    const increment = async () => {
      for (;;) {
        const done = await uow.run(async () => {
          const row = (await find('counter'))!;
          return store.update(IdBlock, { name: 'counter', nextId: row.nextId }, { nextId: row.nextId + 1 });
        });
        if (done === 1) return;
      }
    };
    await Promise.all(Array.from({ length: 200 }, increment));
    expect(await find('counter')).toMatchObject({ nextId: 200 });
  });

  it('joins an active unit, and a failing part dooms the whole even when its error is swallowed', async () => {
    const outer = uow.run(async () => {
      await add('outer');
      await uow.run(() => Promise.reject(new Error('inner'))).catch(() => undefined);
    });
    await expect(outer).rejects.toThrow('inner');
    expect(await find('outer')).toBeNull();
  });

  it('runs hooks after the commit, outside the unit, and not after a rollback', async () => {
    const seen: string[] = [];
    await uow.run(async () => {
      await add('hooked');
      uow.afterCommit(async () => {
        seen.push((await find('hooked')) ? 'committed' : 'too early');
        expect(database.unit).toBeUndefined();
      });
    });
    await uow
      .run(() => {
        uow.afterCommit(() => seen.push('never'));
        return Promise.reject(new Error('no'));
      })
      .catch(() => undefined);
    expect(seen).toEqual(['committed']);
  });

  it('refuses writes outside a unit, by the store and by the connection', async () => {
    await expect(add('stray')).rejects.toThrow('outside a unit');
    await expect(database.outside.query(`DELETE FROM "id_blocks"`)).rejects.toThrow();
    expect(await find('kept')).not.toBeNull();
  });

  it('names a unique violation alike on both databases', async () => {
    const twice = uow.run(() => add('kept'));
    await expect(twice).rejects.toThrow();
    expect(isUniqueViolation(await twice.catch((error: unknown) => error))).toBe(true);
  });

  it('gives the first number of a sequence to the first of two, and the second number to the other', async () => {
    const take = () => uow.run(() => ids.reserve('two-at-once', 1));
    expect((await Promise.all([take(), take()])).sort()).toEqual([1, 2]);
    // As a server does it, where both have found no row: the second waits at the key, then finds the first's.
    let row: { next_id: string } | undefined;
    const manager = {
      query: (sql: string, [by]: [number]) => {
        if (!sql.startsWith('UPDATE')) return Promise.resolve(row ? [row] : []);
        if (row) row = { next_id: String(Number(row.next_id) + by) };
        return Promise.resolve([]);
      },
      insert: () => {
        row = { next_id: '2' };
        return Promise.reject(Object.assign(new Error('duplicate key'), { number: 2627 }));
      },
    };
    const server = { embedded: false, manager } as unknown as Database;
    expect(await new IdAllocator(server, uow, new Store(server)).reserve('receipts-OSS-2027', 1)).toBe(2);
  });

  it('gives every id once, also when a unit in between is rolled back', async () => {
    const taken: number[] = [];
    const take = (count: number, fail = false) =>
      uow
        .run(async () => {
          const mine = await ids.many(count);
          if (fail) throw new Error('rolled back');
          return mine;
        })
        .then((mine) => taken.push(...mine))
        .catch(() => undefined);
    await Promise.all(Array.from({ length: 30 }, (_, each) => take(97, each % 3 === 0)));
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken).toHaveLength(20 * 97);
  });

  it('reserves consecutive ids without a gap after a rollback', async () => {
    const reserve = (count: number) => ids.reserve('gapless', count);
    expect(await uow.run(() => reserve(5))).toBe(1);
    await uow
      .run(async () => {
        await reserve(100);
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    expect(await uow.run(() => reserve(5))).toBe(6);
    expect(await uow.run(() => reserve(1))).toBe(11);
  });

  it('round-trips instants and Arabic text, and compares instants in conditions', async () => {
    const lease = { id: 'عقد-١', owner: 'مالك «أول»', heldUntil: '2026-11-24T08:00:00.123Z' };
    await uow.run(() => store.insert(Lease, lease));
    expect(await store.reads(Lease).findOneBy({ id: 'عقد-١' })).toEqual(lease);
    const later = await store
      .query(Lease, 'l')
      .where('l.heldUntil > :at AND l.id = :id', { at: '2026-11-24T08:00:00.122Z', id: lease.id })
      .getCount();
    expect(later).toBe(1);
    const before = await store
      .query(Lease, 'l')
      .where('l.heldUntil > :at', { at: '2026-11-24T08:00:00.123Z' })
      .getCount();
    expect(before).toBe(0);
  });

  it('inserts in bulk what it would insert one by one', async () => {
    const rows = Array.from({ length: 3001 }, (_, at) => [`bulk-${at}`, at]);
    await uow.run(() => store.bulkInsert(IdBlock, ['name', 'nextId'], rows));
    expect(await store.reads(IdBlock).findOneBy({ name: 'bulk-3000' })).toEqual(block('bulk-3000', 3000));
    const found = await store.selectIn<{ name: string }>(
      (list) => `SELECT "name" FROM "id_blocks" WHERE "name" IN (${list})`,
      rows.map(([name]) => name),
    );
    expect(found).toHaveLength(3001);
  });
});
