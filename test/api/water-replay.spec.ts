import { replay } from '../../bench/water/replaying';
import { permissionsOf } from '../../src/identity';
import { legacyApp } from '../support/legacy-app';

describe('a year of the old systems', () => {
  const legacy = legacyApp();

  it('is read, estimated and billed again month by month, and nothing is left that no rule explains', async () => {
    await legacy.take();
    const [user] = await legacy.store.sql<{ id: number }>(`SELECT "id" FROM "users" WHERE "username" = 'supervisor'`);
    const by = { userId: Number(user!.id), username: 'supervisor', role: 'supervisor', departmentId: null };
    const { months, unexplained } = await replay(legacy.app.app, { ...by, permissions: permissionsOf('supervisor') });
    expect(unexplained).toEqual([]);
    expect(months).toHaveLength(11);
    expect(months.every(({ lines, accepted, refused }) => lines === accepted + refused && accepted > 0)).toBe(true);
    expect(months.every(({ bills }) => bills > 0)).toBe(true);
  });
});
