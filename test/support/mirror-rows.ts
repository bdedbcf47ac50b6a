import { documentKey } from '@libs/national-id';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { parsePhone } from '@libs/phone';
import { LegacyCitizen, LegacyMirror } from '../../src/legacy';
import type { TestApp } from './app';

export type MirrorRow = [name: string, docType?: string, docNo?: string, phone?: string, address?: string];

/** Writes rows as an import does; the search index follows. @returns their ids */
export function mirrorRows<T extends string>(
  { app }: TestApp,
  runId: number,
  rows: Record<T, MirrorRow>,
): Promise<Record<T, number>> {
  const [store, uow, allocator] = [app.get(Store), app.get(UnitOfWork), app.get(IdAllocator)];
  return uow.run(async () => {
    const ids = {} as Record<T, number>;
    const written: LegacyCitizen[] = [];
    for (const [key, row] of Object.entries<MirrorRow>(rows)) {
      const [rawName, rawDocType = '', rawDocNo = '', rawPhone = '', rawAddress = 'المخفية'] = row;
      const id = (ids[key as T] = await allocator.one());
      written.push({
        id,
        firstRunId: runId,
        changedRunId: null,
        vanishedRunId: null,
        citNo: `C${id}`,
        rawName,
        rawDocType,
        rawDocNo,
        rawPhone,
        rawAddress,
        rawEntryDate: '12/08/2011',
        documentKey: documentKey(rawDocType, rawDocNo),
        phoneE164: parsePhone(rawPhone).e164 ?? null,
        enteredOn: '2011-08-12',
      });
    }
    await store.insert(LegacyCitizen, written);
    await app.get(LegacyMirror, { strict: false }).announce(written);
    return ids;
  });
}
