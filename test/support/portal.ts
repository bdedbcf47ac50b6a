import { randomUUID } from 'node:crypto';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { Link, type Relation } from '../../src/citizens/one-records/link.entity';
import type { OneRecord } from '../../src/citizens/one-records/one-record.entity';
import { LegacyCitizen, LegacyService } from '../../src/legacy';
import { defineTemplate, GENERAL, Notifications } from '../../src/notifications';
import type { TestApp } from './app';
import { seedCitizen, type TestCitizen } from './citizens';
import { tillDesk, type AccountSeed } from './till';

const NEWS = defineTemplate({
  ...{ code: 'portal.news', topic: GENERAL, lane: 'TRANSACTIONAL', placeholders: { what: 'text' } },
  texts: { INAPP: { ar: { subject: 'خبر', body: 'خبر: {{what}}' }, en: { subject: 'News', body: 'News: {{what}}' } } },
});

export type PortalDesk = ReturnType<typeof portalDesk>;

/** Citizens at their phones. */
export function portalDesk(app: TestApp) {
  const [store, uow, ids] = [app.app.get(Store), app.app.get(UnitOfWork), app.app.get(IdAllocator)];
  const till = tillDesk(app);

  return {
    store,
    till,

    get: (citizen: TestCitizen, path: string, headers: Record<string, string> = {}) =>
      app.request('GET', path, { token: citizen.token, headers }),

    /** Under a key of its own unless one is given. */
    post: (citizen: TestCitizen, path: string, body: unknown = {}, key: string = randomUUID()) =>
      app.request('POST', path, { token: citizen.token, body, headers: { 'idempotency-key': key } }),

    /** With a row of the old systems under the record. */
    citizen: (changes: Partial<OneRecord> = {}) => seedCitizen(app, [{ services: [{}] }], changes),

    /** On the row of the old systems that the citizen is, as what was taken over; with debts if wanted. */
    async account({ serviceIds }: TestCitizen, seed: Omit<AccountSeed, 'oneRecordId'> = {}) {
      const made = await till.account(seed);
      const { id: legacyServiceId, citizenId: legacyCitizenId } = await store
        .reads(LegacyService)
        .findOneByOrFail({ id: serviceIds[0]! });
      await uow.run(() => store.update(Account, { id: made.id }, { legacyServiceId, legacyCitizenId }));
      return made;
    },

    /** In the inbox. */
    async tell({ oneRecordId }: TestCitizen, what: string): Promise<void> {
      const message = { template: NEWS, to: { oneRecordId }, values: { what }, dedupeKey: `portal.news:${what}` };
      await uow.run(() => app.app.get(Notifications).send(message));
      await app.drain();
    },

    /** Where the citizen lives, and where the service is. */
    place: ({ serviceIds }: TestCitizen, rawAddress: string) =>
      uow.run(async () => {
        const { id, citizenId } = await store.reads(LegacyService).findOneByOrFail({ id: serviceIds[0]! });
        await store.update(LegacyService, { id }, { rawAddress });
        await store.update(LegacyCitizen, { id: citizenId }, { rawAddress });
      }),

    /** Puts the other beside the citizen on all that is the citizen's. */
    async share({ serviceIds }: TestCitizen, other: TestCitizen, relation: Relation = 'CO_OWNER'): Promise<void> {
      const { citizenId } = await store.reads(LegacyService).findOneByOrFail({ id: serviceIds[0]! });
      const [{ linkedBy }] = (await store.reads(Link).find({ take: 1 })) as [Link];
      await uow.run(async () =>
        store.insert(Link, {
          ...{ id: await ids.one(), oneRecordId: other.oneRecordId, legacyCitizenId: citizenId, relation },
          ...{ shareHundredths: 5000, joint: true, activeCitizenId: citizenId, samePersonCitizenId: null },
          ...{ approvedOfId: null, linkedBy, linkedAt: app.clock.now(), endedBy: null, endedAt: null },
        }),
      );
    },
  };
}
