import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import type { Language, Principal } from '@libs/http';
import { maskId } from '@libs/national-id';
import { Store, UnitOfWork } from '@libs/persistence';
import type {
  NameParts as PrintedName,
  OneRecordSheet,
  PrintedLegacyRow,
  PrintedService,
  PrintedTransaction,
} from '@libs/printing';
import { letterheadOf } from '../../documents';
import { Audit, Staff } from '../../identity';
import { type LegacyCitizen, LegacyMirror } from '../../legacy';
import type { NameParts, PartyType } from '../one-records/one-record.entity';
import { OneRecords, type LinkedCitizen } from '../one-records/one-records';
import { LinkTransaction } from '../transactions/transaction.entity';
import { actionLabel, documentLabel, partyLabel, relationWithShare, sharedAs, stateLabel } from './labels';

const CITIZEN = { ar: 'صاحب السجل', en: 'The holder' };

type Rows = ReadonlyMap<number, LegacyCitizen>;

/** The whole record on paper: related rows, services, and the history of its transactions. */
@Injectable()
export class RecordPrint {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly records: OneRecords,
    private readonly legacy: LegacyMirror,
    private readonly staff: Staff,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Reads the record as it stands and audits that it is being printed. @throws {Problem} http.not-found */
  sheet(id: number, lang: Language, caller: Principal): Promise<OneRecordSheet> {
    return this.uow.run(async () => {
      const record = await this.records.get(id);
      const links = await this.records.linkedCitizens(id);
      const rows = new Map(
        (await this.legacy.citizens(links.map(({ legacyCitizenId }) => legacyCitizenId))).map((row) => [row.id, row]),
      );
      const transactions = await this.transactions(id);
      const names = await this.staff.names([caller.userId, ...transactions.flatMap((each) => each.employeeId ?? [])]);
      await this.audit.record({
        action: 'citizens.one-record-printed',
        detail: { oneRecordId: id, number: record.number, version: record.version },
      });
      const { partyType, nameParts, latinNameParts, documentType, documentNumber } = record;
      return {
        letterhead: letterheadOf(this.config),
        lang,
        number: record.number,
        state: stateLabel(record.state, lang),
        party: partyLabel(partyType, lang),
        nameAr: printedName(partyType, nameParts ?? {}),
        nameLatin: latinNameParts && printedName(partyType, latinNameParts),
        document:
          documentType && documentNumber ? { label: documentLabel(documentType, lang), number: documentNumber } : null,
        phone: record.phoneE164,
        legacyRows: legacyRows(links, rows, lang),
        services: await this.services(links, rows, lang),
        transactions: transactions.map(printedTransaction(names, lang)),
        printedBy: names.get(caller.userId) ?? caller.username,
        printedAt: this.clock.now(),
      };
    });
  }

  private transactions(id: number): Promise<LinkTransaction[]> {
    return this.store
      .query(LinkTransaction, 't')
      .select(['t.id', 't.year', 't.number', 't.action', 't.employeeId', 't.reason', 't.at'])
      .where('t.oneRecordId = :id OR t.relatedRecordId = :id', { id })
      .orderBy('t.year')
      .addOrderBy('t.number')
      .getMany();
  }

  /** In the order of the rows they stand under. */
  private async services(links: LinkedCitizen[], rows: Rows, lang: Language): Promise<PrintedService[]> {
    const services = await this.legacy.servicesOf(links.map(({ legacyCitizenId }) => legacyCitizenId));
    const linkOf = new Map(links.map((link, place) => [link.legacyCitizenId, { ...link, place }]));
    services.sort((a, b) => linkOf.get(a.citizenId)!.place - linkOf.get(b.citizenId)!.place);
    return services.map(({ srvNo, citizenId, rawType, rawAddress, rawStatus }) => {
      const { relation, shareHundredths } = linkOf.get(citizenId)!;
      return {
        citizenNumber: rows.get(citizenId)!.citNo,
        number: srvNo,
        type: rawType,
        relation: sharedAs(relation, shareHundredths, lang),
        address: rawAddress,
        status: rawStatus,
      };
    });
  }
}

/** Documents of rows that are not the person are masked: they may be somebody else's. */
const legacyRows = (links: LinkedCitizen[], rows: Rows, lang: Language): PrintedLegacyRow[] =>
  links.flatMap(({ legacyCitizenId, relation, shareHundredths }) => {
    const row = rows.get(legacyCitizenId);
    if (!row) return [];
    const number = relation === 'SAME_PERSON' ? row.rawDocNo : maskId(row.rawDocNo);
    return {
      citizenNumber: row.citNo,
      rawName: row.rawName,
      document: number ? { type: row.rawDocType, number } : null,
      relation: relationWithShare(relation, shareHundredths, lang),
    };
  });

const printedName = (partyType: PartyType, parts: NameParts): PrintedName | string =>
  partyType === 'INDIVIDUAL' ? parts : (parts.body ?? '');

const printedTransaction =
  (names: Map<number, string>, lang: Language) =>
  ({ year, number, action, employeeId, reason, at }: LinkTransaction): PrintedTransaction => ({
    number: `${year}-${String(number).padStart(6, '0')}`,
    at,
    action: actionLabel(action, lang),
    employee: employeeId === null ? CITIZEN[lang] : (names.get(employeeId) ?? `#${employeeId}`),
    reason,
  });
