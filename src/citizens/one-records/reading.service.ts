import { Injectable } from '@nestjs/common';
import { stripBidiControls } from '@libs/arabic';
import { pageOf, Problem, skipped, type Page, type Principal } from '@libs/http';
import { maskId } from '@libs/national-id';
import { Store } from '@libs/persistence';
import { maskPhone } from '@libs/phone';
import { Like } from 'typeorm';
import { Audit } from '../../identity';
import { LegacyMirror } from '../../legacy';
import { Evidence } from './evidence.entity';
import { NotSamePerson } from './link.entity';
import { OneRecord } from './one-record.entity';
import { OneRecords, type LinkedCitizen } from './one-records';
import type { OneRecordsQuery } from './one-records.dto';
import type {
  EvidenceContentView,
  EvidenceView,
  LinkedRowDetailView,
  LinkedRowView,
  OneRecordListItem,
  OneRecordView,
} from './one-records.views';
import { isActive } from './snapshot';

const SEES_DOCUMENTS = 'citizens.one-record.read-document';

/** Records as people see them. Each look at a whole record is audited. */
@Injectable()
export class ReadingService {
  constructor(
    private readonly store: Store,
    private readonly records: OneRecords,
    private readonly mirror: LegacyMirror,
    private readonly audit: Audit,
  ) {}

  /** Newest first. */
  async list(query: OneRecordsQuery): Promise<Page<OneRecordListItem>> {
    const where = {
      ...(query.state && { state: query.state }),
      ...(query.partyType && { partyType: query.partyType }),
      ...(query.number && { number: Like(`${query.number}%`) }),
    };
    const page = { skip: skipped(query), take: query.pageSize };
    const [rows, total] = await this.store.reads(OneRecord).findAndCount({ where, order: { number: 'DESC' }, ...page });
    return pageOf(query, rows.map(listItem), total);
  }

  async view(record: OneRecord, by: Principal): Promise<OneRecordView> {
    const { id } = record;
    const links = await this.records.linkedCitizens(id);
    const strangers = await this.store.reads(NotSamePerson).findBy({ oneRecordId: id, ...isActive });
    const notSame = await this.mirror.citizens(strangers.map(({ legacyCitizenId }) => legacyCitizenId));
    const full = by.permissions.has(SEES_DOCUMENTS);
    const { nameParts, latinNameParts, documentNumber, phoneE164 } = record;
    const { approvedLatinName, idOverrideReason, phoneVerifiedAt, email, bornOn, diedOn, mergedIntoId } = record;
    const { makerId, submittedBy, submittedAt, approvedBy, approvedAt, activatedAt } = record;
    return {
      ...listItem(record),
      name: nameParts,
      latinName: latinNameParts,
      approvedLatinName,
      documentNumber: full ? documentNumber : null,
      idOverrideReason,
      phone: full ? phoneE164 : phoneE164 && maskPhone(phoneE164),
      phoneVerifiedAt,
      email: full ? email : null,
      bornOn,
      diedOn,
      mergedIntoId,
      makerId,
      submittedBy,
      submittedAt,
      approvedBy,
      approvedAt,
      activatedAt,
      links: await this.linkedRows(links),
      notSame: notSame.map(({ citNo }) => citNo),
      evidence: (await this.evidenceOf(id)).map(evidenceView),
    };
  }

  /** The record, or the survivor where it was merged and `follow` is wanted; null leads there. */
  async open(record: OneRecord, follow: boolean, by: Principal): Promise<OneRecordView | { survivorId: number }> {
    if (follow && record.mergedIntoId !== null) {
      return { survivorId: (await this.records.getSurvivor(record.id)).id };
    }
    await this.audit.record({ action: 'citizens.one-record.viewed', detail: { id: record.id, number: record.number } });
    return this.view(record, by);
  }

  async byNumber(number: string): Promise<OneRecord> {
    const record = await this.records.findByNumber(number);
    if (!record) throw new Problem('http.not-found');
    return record;
  }

  /** The rows under a record with their services, and what is owed on each in each currency. */
  async rows(id: number): Promise<LinkedRowDetailView[]> {
    const { number } = await this.records.get(id);
    await this.audit.record({ action: 'citizens.one-record.rows-viewed', detail: { id, number } });
    const links = await this.records.linkedCitizens(id);
    const citizenIds = links.map(({ legacyCitizenId }) => legacyCitizenId);
    const rows = await this.linkedRows(links);
    const phones = new Map((await this.mirror.citizens(citizenIds)).map((citizen) => [citizen.id, citizen.phoneE164]));
    const services = await this.mirror.servicesOf(citizenIds);
    const balances = await this.mirror.balances(services.map((service) => service.id));
    return rows.map((row) => {
      const phone = phones.get(row.legacyCitizenId) ?? null;
      const own = services.filter(({ citizenId }) => citizenId === row.legacyCitizenId);
      return {
        ...row,
        maskedPhone: phone && maskPhone(phone),
        services: own.map((service) => ({
          serviceId: service.id,
          srvNo: service.srvNo,
          type: service.rawType,
          status: service.rawStatus,
          address: stripBidiControls(service.rawAddress),
          startedOn: service.startedOn,
          balances: balances
            .filter(({ serviceId }) => serviceId === service.id)
            .map(({ currency, balance }) => ({ currency, balance: String(balance) }))
            .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
        })),
      };
    });
  }

  async evidence(oneRecordId: number, id: number): Promise<EvidenceContentView> {
    const found = await this.store.reads(Evidence).findOneBy({ id, oneRecordId });
    if (!found) throw new Problem('http.not-found');
    await this.audit.record({ action: 'citizens.evidence.viewed', detail: { oneRecordId, id } });
    return { ...evidenceView(found), base64: found.base64 };
  }

  private evidenceOf(oneRecordId: number): Promise<Omit<Evidence, 'base64'>[]> {
    const select = {
      id: true,
      fileName: true,
      contentType: true,
      sha256: true,
      sizeBytes: true,
      uploadedBy: true,
      uploadedAt: true,
    };
    return this.store.reads(Evidence).find({ select, where: { oneRecordId }, order: { uploadedAt: 'ASC', id: 'ASC' } });
  }

  private async linkedRows(links: readonly LinkedCitizen[]): Promise<LinkedRowView[]> {
    const citizens = await this.mirror.citizens(links.map(({ legacyCitizenId }) => legacyCitizenId));
    const byId = new Map(citizens.map((citizen) => [citizen.id, citizen]));
    return links.map(({ legacyCitizenId, relation, shareHundredths, approved, joint }) => {
      const { citNo, rawName, documentKey, vanishedRunId } = byId.get(legacyCitizenId)!;
      const vanished = vanishedRunId !== null;
      const maskedDocument = documentKey && maskId(documentKey.slice(documentKey.indexOf(':') + 1));
      return { legacyCitizenId, citNo, rawName, maskedDocument, relation, shareHundredths, approved, joint, vanished };
    });
  }
}

const listItem = (record: OneRecord): OneRecordListItem => ({
  id: record.id,
  number: record.number,
  partyType: record.partyType,
  state: record.state,
  approvedName: record.approvedName,
  documentType: record.documentType,
  maskedDocument: record.documentNumber && maskId(record.documentNumber),
  createdAt: record.createdAt,
  version: record.version,
});

const evidenceView = (evidence: Omit<Evidence, 'base64'>): EvidenceView => ({
  id: evidence.id,
  fileName: evidence.fileName,
  contentType: evidence.contentType,
  sizeBytes: evidence.sizeBytes,
  sha256: evidence.sha256,
  uploadedBy: evidence.uploadedBy,
  uploadedAt: evidence.uploadedAt,
});
