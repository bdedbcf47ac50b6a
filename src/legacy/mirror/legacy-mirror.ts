import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { LegacyCitizen, LegacyService } from './mirror.entities';

/** What an account owes in one currency: positive is owed by the citizen, negative is owed to them. */
export interface ServiceBalance {
  serviceId: number;
  currency: string;
  /** Minor units. */
  balance: number;
}

/** What a row calls itself. */
export type CitizenLabel = Pick<LegacyCitizen, 'id' | 'rawName' | 'documentKey' | 'phoneE164' | 'rawAddress'>;

const MOST_BEARERS = 200;
/** Of each number, where one of several has a crowd. */
const MOST_OF_ONE = 40;

/** Told, inside the import's unit of work, which citizen rows are new or changed; it must write in that unit only. */
export interface LegacyCitizenObserver {
  citizensWritten(citizens: readonly Pick<LegacyCitizen, 'id' | 'rawName'>[]): Promise<void>;
  /** Told outside a unit of work when all rows of an extract are taken in; again after an import that was cut off. */
  importEnded?(): Promise<void>;
}

/** Balances kept elsewhere than in the mirror; services that are not kept there are absent. */
export type BalanceSource = (serviceIds: readonly number[], asOf?: string) => Promise<ServiceBalance[]>;

/** The old systems as other modules may ask them. */
@Injectable()
export class LegacyMirror {
  private readonly observers: LegacyCitizenObserver[] = [];
  private taken: BalanceSource = () => Promise.resolve([]);

  constructor(private readonly store: Store) {}

  observe(observer: LegacyCitizenObserver): void {
    this.observers.push(observer);
  }

  /** From now on `source` knows the balances of the services that it has taken over. */
  balancesFrom(source: BalanceSource): void {
    this.taken = source;
  }

  async announce(citizens: readonly Pick<LegacyCitizen, 'id' | 'rawName'>[]): Promise<void> {
    for (const observer of this.observers) await observer.citizensWritten(citizens);
  }

  async announceEnd(): Promise<void> {
    for (const observer of this.observers) await observer.importEnded?.();
  }

  async citizens(ids: readonly number[]): Promise<LegacyCitizen[]> {
    return this.inChunks(ids, (part) =>
      this.store.query(LegacyCitizen, 'c').where('c.id IN (:...part)', { part }).orderBy('c.id').getMany(),
    );
  }

  /** Rows as a search compares them, lighter than {@link citizens}; in no order. */
  async labels(ids: readonly number[]): Promise<CitizenLabel[]> {
    const rows = await this.store.selectIn<RawLabel>(
      (list) => `SELECT ${LABEL} FROM "legacy_citizens" WHERE "id" IN (${list})`,
      ids,
    );
    return rows.map(labelOf);
  }

  /** The rows after `id` in the order of ids, to walk through all of them. */
  async labelsAfter(id: number, count: number): Promise<CitizenLabel[]> {
    const sql = `SELECT ${LABEL} FROM "legacy_citizens" WHERE "id" > ?`;
    return (await this.store.sql<RawLabel>(this.store.page(sql, '"id"', 0, count), [id])).map(labelOf);
  }

  /**
   * Rows that bear one of these documents or phones, some dozens at most; in no order. They are all there are, or some of
   * each, so that a number written for want of one (0599000000) takes no place from the others.
   */
  async labelsBy(column: 'document_key' | 'phone_e164', values: readonly string[]): Promise<CitizenLabel[]> {
    if (values.length === 0) return [];
    const bearers = `SELECT ${LABEL} FROM "legacy_citizens" WHERE "${column}"`;
    const list = values.map(() => '?').join(', ');
    const all = this.store.page(`${bearers} IN (${list})`, `"${column}", "id"`, 0, MOST_BEARERS);
    const rows = await this.store.sql<RawLabel>(all, values);
    if (rows.length < MOST_BEARERS) return rows.map(labelOf);
    const each = `SELECT ${LABEL} FROM (${this.store.page(`${bearers} = ?`, '"id"', 0, MOST_OF_ONE)}) n`;
    return (await this.store.sql<RawLabel>(values.map(() => each).join(' UNION ALL '), values)).map(labelOf);
  }

  async citizensByDocument(documentKey: string): Promise<LegacyCitizen[]> {
    return this.store.reads(LegacyCitizen).find({ where: { documentKey }, order: { id: 'ASC' }, take: 500 });
  }

  async citizensByPhone(phoneE164: string): Promise<LegacyCitizen[]> {
    return this.store.reads(LegacyCitizen).find({ where: { phoneE164 }, order: { id: 'ASC' }, take: 500 });
  }

  async citizenByNumber(citNo: string): Promise<LegacyCitizen | null> {
    return this.store.reads(LegacyCitizen).findOneBy({ citNo });
  }

  async serviceByNumber(srvNo: string): Promise<LegacyService | null> {
    return this.store.reads(LegacyService).findOneBy({ srvNo });
  }

  async servicesOf(citizenIds: readonly number[]): Promise<LegacyService[]> {
    return this.inChunks(citizenIds, (part) =>
      this.store.query(LegacyService, 's').where('s.citizenId IN (:...part)', { part }).orderBy('s.id').getMany(),
    );
  }

  /**
   * What is owed on each service in each currency, from the books where they have taken it over.
   * @param asOf inclusive; movements without a readable date always count
   */
  async balances(serviceIds: readonly number[], asOf?: string): Promise<ServiceBalance[]> {
    const taken = await this.taken(serviceIds, asOf);
    const known = new Set(taken.map(({ serviceId, currency }) => `${serviceId} ${currency}`));
    const mirrored = await this.mirroredBalances(serviceIds, asOf);
    return [...taken, ...mirrored.filter(({ serviceId, currency }) => !known.has(`${serviceId} ${currency}`))];
  }

  private async mirroredBalances(serviceIds: readonly number[], asOf?: string): Promise<ServiceBalance[]> {
    const until = asOf ? ' AND ("dated_on" IS NULL OR "dated_on" <= ?)' : '';
    const rows = await this.store.selectIn<{ service_id: number; currency: string; balance: number }>(
      (list) =>
        `SELECT "service_id", "currency", SUM("debit") - SUM("credit") AS "balance" FROM "legacy_movements"
         WHERE "service_id" IN (${list}) AND "vanished_run_id" IS NULL${until} GROUP BY "service_id", "currency"`,
      serviceIds,
      asOf ? [asOf] : [],
    );
    return rows.map(({ service_id, currency, balance }) => ({
      serviceId: Number(service_id),
      currency,
      balance: Number(balance),
    }));
  }

  private async inChunks<T>(ids: readonly number[], read: (part: number[]) => Promise<T[]>): Promise<T[]> {
    const rows: T[] = [];
    for (let start = 0; start < ids.length; start += 1000) rows.push(...(await read(ids.slice(start, start + 1000))));
    return rows;
  }
}

const LABEL = '"id", "raw_name", "document_key", "phone_e164", "raw_address"';

interface RawLabel {
  id: number | string;
  raw_name: string;
  document_key: string | null;
  phone_e164: string | null;
  raw_address: string;
}

const labelOf = ({ id, raw_name, document_key, phone_e164, raw_address }: RawLabel): CitizenLabel => ({
  id: Number(id),
  rawName: raw_name,
  documentKey: document_key,
  phoneE164: phone_e164,
  rawAddress: raw_address,
});
