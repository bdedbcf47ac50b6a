import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Link, type Relation } from '../../src/citizens/one-records/link.entity';
import { OneRecord } from '../../src/citizens/one-records/one-record.entity';
import { LegacyCitizen, LegacyMovement, LegacyService } from '../../src/legacy';
import { LegacyRun } from '../../src/legacy/runs/run.entities';
import type { TestApp } from './app';

export interface RowSeed {
  name?: string;
  docNo?: string;
  relation?: Relation;
  shareHundredths?: number;
  services?: ServiceSeed[];
}

export interface ServiceSeed {
  type?: string;
  address?: string;
  status?: string;
  startedOn?: string;
  /** Currency, debit, credit in minor units, and the day; no day at all as null. */
  movements?: [currency: string, debit: number, credit: number, datedOn?: string | null][];
}

const NAME = { given: 'محمد', father: 'أحمد', grandfather: 'خليل', family: 'النابلسي' };

/** A record in any state with its legacy rows, written as the import and the clerk would have left them. */
export async function seedRecord(app: TestApp, rows: RowSeed[], changes: Partial<OneRecord> = {}) {
  const [store, uow, ids] = [app.app.get(Store), app.app.get(UnitOfWork), app.app.get(IdAllocator)];
  const now = app.clock.now();
  const clerk = (await store.sql<{ id: number }>('SELECT "id" FROM "users" WHERE "username" = ?', ['clerk']))[0]!;
  const makerId = Number(clerk.id);
  return uow.run(async () => {
    const [runId, id] = [await ids.one(), await ids.one()];
    const mirrored = { firstRunId: runId, changedRunId: null, vanishedRunId: null };
    await store.insert(LegacyRun, {
      id: runId,
      state: 'DONE',
      startedVia: 'CLI',
      startedBy: null,
      directory: '/extract',
      contentHash: null,
      startedAt: now,
      finishedAt: now,
      control: null,
      totals: null,
      fault: null,
      differences: null,
    });
    const nameParts = changes.nameParts ?? NAME;
    await store.insert(OneRecord, {
      id,
      number: `2026-${String(id).padStart(6, '0')}`,
      partyType: 'INDIVIDUAL',
      state: 'APPROVED',
      resumesAs: null,
      nameParts,
      latinNameParts: null,
      approvedName: Object.values(nameParts).join(' '),
      approvedLatinName: null,
      documentType: 'NATIONAL_ID',
      documentNumber: '123456782',
      documentKey: 'national-id:123456782',
      claimedDocumentKey: null,
      idOverrideReason: null,
      idOverriddenBy: null,
      phoneE164: '+970599000111',
      phoneVerifiedAt: null,
      email: null,
      bornOn: null,
      diedOn: null,
      mergedIntoId: null,
      makerId,
      submittedBy: null,
      submittedAt: null,
      approvedBy: null,
      approvedAt: null,
      activatedAt: null,
      createdAt: now,
      version: 3,
      ...changes,
    });
    const serviceIds: number[] = [];
    for (const [index, row] of rows.entries()) {
      const citizenId = await ids.one();
      const relation = row.relation ?? 'SAME_PERSON';
      await store.insert(LegacyCitizen, {
        id: citizenId,
        ...mirrored,
        citNo: String(citizenId),
        rawName: row.name ?? 'محمد احمد النابلسي',
        rawDocType: 'هوية',
        rawDocNo: row.docNo ?? '123456782',
        rawPhone: '0599000111',
        rawAddress: 'رفيديا',
        rawEntryDate: '01/01/2015',
        documentKey: null,
        phoneE164: null,
        enteredOn: '2015-01-01',
      });
      await store.insert(Link, {
        id: await ids.one(),
        oneRecordId: id,
        legacyCitizenId: citizenId,
        relation,
        shareHundredths: row.shareHundredths ?? null,
        joint: relation !== 'SAME_PERSON',
        activeCitizenId: citizenId,
        samePersonCitizenId: relation === 'SAME_PERSON' ? citizenId : null,
        approvedOfId: index === 0 && relation === 'SAME_PERSON' ? id : null,
        linkedBy: makerId,
        linkedAt: now,
        endedBy: null,
        endedAt: null,
      });
      const seeds = row.services ?? [];
      const own = await ids.many(seeds.length);
      const services = seeds.map(({ type, address, status, startedOn }, at) => ({
        id: own[at]!,
        ...mirrored,
        srvNo: String(own[at]),
        citizenId,
        rawType: type ?? 'مياه',
        rawAddress: address ?? 'رفيديا - قرب المسجد',
        rawStatus: status ?? 'فعال',
        rawStart: '01/01/2015',
        startedOn: startedOn ?? '2015-01-01',
      }));
      await store.insert(LegacyService, services);
      const movements = seeds.flatMap((seed, at) => (seed.movements ?? []).map((each) => [own[at]!, each] as const));
      const movementIds = await ids.many(movements.length);
      await store.insert(
        LegacyMovement,
        movements.map(([serviceId, [currency, debit, credit, datedOn = '2024-03-01']], at) => ({
          id: movementIds[at]!,
          ...mirrored,
          doc: `D${movementIds[at]}`,
          serviceId,
          rawDate: datedOn ?? '؟',
          datedOn,
          kind: 'فاتورة',
          debit,
          credit,
          currency,
        })),
      );
      serviceIds.push(...own);
    }
    return { id, runId, serviceIds };
  });
}
