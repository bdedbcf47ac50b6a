import { Injectable } from '@nestjs/common';
import { jointMarker, normalizeName, stripBidiControls } from '@libs/arabic';
import { Problem, type Principal } from '@libs/http';
import { maskId } from '@libs/national-id';
import { Store } from '@libs/persistence';
import { maskPhone } from '@libs/phone';
import { Audit } from '../../identity';
import { LegacyMirror, type LegacyCitizen } from '../../legacy';
import type { Relation } from '../one-records/link.entity';
import type { RecordState } from '../one-records/one-record.entity';
import { CitizenSearch, type SearchHit } from './citizen-search';
import { partiesOf } from './name-keys';
import { RegisterRows, validIdOf } from './register-rows';
import { MOST_NAME_KEYS } from './search-text';
import type { CitizenRowView, FoundRowView, RowRecordView, RowServiceView } from './rows.dto';

const MOST_RELATED = 50;
const SEES_DOCUMENTS = 'citizens.one-record.read-document';
const SAME_PHONE_OTHER_PERSON: Omit<SearchHit, 'citizenId'> = {
  score: 0.1,
  otherGivenName: false,
  why: [{ ar: 'رقم الهاتف مطابق؛ رقم هوية آخر: شخص آخر', en: 'phone number same; another valid ID: another person' }],
};

/** Legacy rows as people read them. */
@Injectable()
export class CitizenRows {
  constructor(
    private readonly store: Store,
    private readonly mirror: LegacyMirror,
    private readonly register: RegisterRows,
    private readonly search: CitizenSearch,
    private readonly audit: Audit,
  ) {}

  /** What a list shows of each row, beside what is known of it already. */
  async found<T extends { citizenId: number }>(
    hits: readonly T[],
  ): Promise<(T & Omit<FoundRowView, keyof SearchHit>)[]> {
    const ids = hits.map(({ citizenId }) => citizenId);
    const rows = new Map((await this.mirror.citizens(ids)).map((row) => [row.id, row]));
    const services = countBy((await this.mirror.servicesOf(ids)).map(({ citizenId }) => citizenId));
    const records = await this.recordsOf(ids);
    return hits.map((hit) => {
      const row = rows.get(hit.citizenId)!;
      return {
        ...hit,
        citNo: row.citNo,
        name: stripBidiControls(row.rawName),
        docType: stripBidiControls(row.rawDocType),
        docNo: maskId(documentNumber(row)),
        phone: phoneOf(row),
        address: stripBidiControls(row.rawAddress),
        joint: jointMarker(row.rawName) !== null,
        vanished: row.vanishedRunId !== null,
        services: services.get(row.id) ?? 0,
        oneRecord: records.get(row.id) ?? null,
      };
    });
  }

  /** As it was taken in, so the audit notes who looked. @throws {Problem} http.not-found */
  async full(id: number, by: Principal): Promise<CitizenRowView> {
    const row = await this.get(id);
    const seesDocuments = by.permissions.has(SEES_DOCUMENTS);
    await this.audit.record({ action: 'citizens.row.viewed', detail: { citizenId: id } });
    return {
      citizenId: row.id,
      citNo: row.citNo,
      rawName: row.rawName,
      rawDocType: row.rawDocType,
      rawDocNo: seesDocuments ? row.rawDocNo : maskId(documentNumber(row)),
      rawPhone: seesDocuments ? row.rawPhone : phoneOf(row),
      rawAddress: row.rawAddress,
      rawEntryDate: row.rawEntryDate,
      normalizedName: normalizeName(row.rawName),
      documentKey: seesDocuments ? row.documentKey : null,
      validId: validIdOf(row) !== null,
      phoneE164: seesDocuments ? row.phoneE164 : null,
      enteredOn: row.enteredOn,
      joint: jointMarker(row.rawName) !== null,
      vanished: row.vanishedRunId !== null,
      oneRecord: (await this.recordsOf([id])).get(id) ?? null,
      services: await this.servicesOf(id),
    };
  }

  /**
   * Rows that share this one's document or phone or have a similar name, best first.
   * @throws {Problem} http.not-found
   */
  async related(id: number): Promise<FoundRowView[]> {
    const [row] = await this.register.read([id]);
    if (!row) throw new Problem('http.not-found');
    const { documentKey, phoneE164 } = row;
    const validId = validIdOf(row);
    const asked = {
      numbers: [{ documents: documentKey ? [documentKey] : [], ...(phoneE164 && { phone: phoneE164 }) }],
      ids: new Set(validId ? [validId] : []),
    };
    const best = new Map<number, SearchHit>();
    const add = (hit: SearchHit) => {
      const known = best.get(hit.citizenId);
      if (hit.citizenId !== id && (!known || known.score < hit.score)) best.set(hit.citizenId, hit);
    };
    for (const name of partiesOf(row.rawName)) {
      const hits = await this.search.answer({ ...asked, name: name.slice(0, MOST_NAME_KEYS) }, MOST_RELATED);
      hits.forEach(add);
    }
    const samePhone = phoneE164 ? await this.mirror.citizensByPhone(phoneE164) : [];
    for (const other of samePhone) if (!best.has(other.id)) add({ citizenId: other.id, ...SAME_PHONE_OTHER_PERSON });
    const sorted = [...best.values()].sort((a, b) => b.score - a.score || a.citizenId - b.citizenId);
    return this.found(sorted.slice(0, MOST_RELATED));
  }

  private async get(id: number): Promise<LegacyCitizen> {
    const [row] = await this.mirror.citizens([id]);
    if (!row) throw new Problem('http.not-found');
    return row;
  }

  private async servicesOf(id: number): Promise<RowServiceView[]> {
    const services = await this.mirror.servicesOf([id]);
    const balances = await this.mirror.balances(services.map((service) => service.id));
    return services.map((service) => ({
      id: service.id,
      srvNo: service.srvNo,
      type: service.rawType,
      status: service.rawStatus,
      address: service.rawAddress,
      startedOn: service.startedOn,
      vanished: service.vanishedRunId !== null,
      balances: balances
        .filter(({ serviceId }) => serviceId === service.id)
        .map(({ currency, balance }) => ({ currency, balance: String(balance) }))
        .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    }));
  }

  /** The OneRecord of each row: the one that holds it as the same person before one that only relates it. */
  private async recordsOf(citizenIds: readonly number[]): Promise<Map<number, RowRecordView>> {
    const links = await this.store.selectIn<LinkRow>(
      (list) =>
        `SELECT l."active_citizen_id" AS "citizen", l."relation", r."id", r."number", r."state"
         FROM "one_record_links" l JOIN "one_records" r ON r."id" = l."one_record_id"
         WHERE l."legacy_citizen_id" IN (${list}) AND l."active_citizen_id" IS NOT NULL
         ORDER BY l."linked_at", l."id"`,
      citizenIds,
    );
    const records = new Map<number, RowRecordView>();
    for (const { citizen, relation, id, number, state } of links) {
      if (relation !== 'SAME_PERSON' && records.has(Number(citizen))) continue;
      records.set(Number(citizen), { id: Number(id), number, state, relation });
    }
    return records;
  }
}

interface LinkRow {
  citizen: number | string;
  relation: Relation;
  id: number | string;
  number: string;
  state: RecordState;
}

const documentNumber = ({ documentKey, rawDocNo }: LegacyCitizen): string =>
  documentKey?.slice(documentKey.indexOf(':') + 1) ?? stripBidiControls(rawDocNo);

const phoneOf = ({ phoneE164, rawPhone }: LegacyCitizen): string => maskPhone(phoneE164 ?? stripBidiControls(rawPhone));

function countBy(keys: number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
