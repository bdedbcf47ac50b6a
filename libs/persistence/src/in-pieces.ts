import { In, type FindOptionsWhere, type ObjectType } from 'typeorm';
import type { Store } from './store';
import type { UnitOfWork } from './unit-of-work';

/** Of 5,000 locks in a statement SQL Server makes one of the whole table, for which everybody waits. */
const AT_ONCE = 1000;

/**
 * Takes away what `next` names, a unit of work a time, until it names nothing more or `most` are gone: the next run goes
 * on from there. @returns the rows removed
 */
export async function inPieces<I>(
  uow: UnitOfWork,
  next: () => Promise<I[]>,
  remove: (ids: I[]) => Promise<number>,
  most = Infinity,
): Promise<number> {
  let removed = 0;
  while (removed < most) {
    const ids = await next();
    if (ids.length === 0) return removed;
    removed += await uow.run(() => remove(ids));
  }
  return removed;
}

/**
 * As {@link Store.remove}, of however many rows, outside a unit of work: in units of a thousand.
 * @param by an instant with an index that `where` is about: the oldest first
 * @param most see {@link inPieces}
 * @returns the rows removed
 */
export function removeInPieces<E extends { id: number | string }>(
  store: Store,
  uow: UnitOfWork,
  entity: ObjectType<E>,
  where: FindOptionsWhere<E>,
  { by, most }: { by?: keyof E & string; most?: number } = {},
): Promise<number> {
  const order = { ...(by && { [by]: 'ASC' }), id: 'ASC' } as never;
  const page = { select: { id: true } as never, where, take: AT_ONCE, order };
  return inPieces(
    uow,
    async () => (await store.reads(entity).find(page)).map(({ id }) => id),
    (ids) => store.remove(entity, { ...where, id: In(ids) } as never),
    most,
  );
}
