import { IdAllocator, UnitOfWork } from '@libs/persistence';
import type { TestApp } from './app';

/**
 * Sets ids aside now. Once what it returns is called, rows get those: as when another process, which took its block
 * earlier, writes later.
 */
export async function olderIds({ app }: TestApp): Promise<() => void> {
  const allocator = app.get(IdAllocator, { strict: false });
  const ids = await app.get(UnitOfWork, { strict: false }).run(() => allocator.many(200));
  return () => Object.assign(allocator, { next: ids[0], end: ids.at(-1)! + 1 });
}
