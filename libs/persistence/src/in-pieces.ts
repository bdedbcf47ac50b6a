import { In, type FindOptionsWhere, type ObjectType } from 'typeorm';
import type { Store } from './store';
import type { UnitOfWork } from './unit-of-work';

/** Of 5,000 locks in a statement SQL Server makes one of the whole table, for which everybody waits. */
const AT_ONCE = 1000;

/** Takes away what `next` names, a unit of work a time, until it names nothing more. @returns the rows removed */
export async function inPieces<I>(
  uow: UnitOfWork,
  next: () => Promise<I[]>,
  remove: (ids: I[]) => Promise<number>,
): Promise<number> {
  for (let removed = 0; ;) {
    const ids = await next();
    if (ids.length === 0) return removed;
    removed += await uow.run(() => remove(ids));
  }
}

/** As {@link Store.remove}, of however many rows, outside a unit of work: in units of a thousand. @returns the rows removed */
export function removeInPieces<E extends { id: number | string }>(
  store: Store,
  uow: UnitOfWork,
  entity: ObjectType<E>,
  where: FindOptionsWhere<E>,
): Promise<number> {
  const page = { select: { id: true } as never, where, take: AT_ONCE, order: { id: 'ASC' } as never };
  return inPieces(
    uow,
    async () => (await store.reads(entity).find(page)).map(({ id }) => id),
    (ids) => store.remove(entity, { ...where, id: In(ids) } as never),
  );
}
