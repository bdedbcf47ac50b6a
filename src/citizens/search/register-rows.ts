import { Injectable } from '@nestjs/common';
import { isValidNationalId } from '@libs/national-id';
import { Store } from '@libs/persistence';
import { LegacyMirror, type CitizenLabel } from '../../legacy';
import type { PartyType, RecordState } from '../one-records/one-record.entity';
import { isApproved } from '../one-records/state.rules';
import { partiesOf } from './name-keys';

/** A row of the old systems, and what was decided of it. */
export interface RegisterRow extends CitizenLabel {
  /** Of the record that holds the row, before what the row itself says. */
  documentKey: string | null;
  /** The approved record of a person that holds the row as that person. */
  holder: Holder | null;
  /** Rows that clerks found to be somebody else; the finding stands with one of the two rows, or with both. */
  notSame: ReadonlySet<number>;
}

export interface Holder {
  recordId: number;
  /** Words of the approved name. */
  name: string[];
}

/** What a record is asked for by. */
export type RecordNumber = 'claimed_document_key' | 'phone_e164' | 'number';

const MOST_HELD = 200;
const NATIONAL_ID = 'national-id:';
const NONE: ReadonlySet<number> = new Set();

/** The rows of the register as the search weighs them: what four eyes approved of a row stands before what is written on it. */
@Injectable()
export class RegisterRows {
  constructor(
    private readonly store: Store,
    private readonly mirror: LegacyMirror,
  ) {}

  /** In no order. */
  async read(ids: readonly number[]): Promise<RegisterRow[]> {
    return this.held(await this.mirror.labels(ids));
  }

  /** Rows under the documents and phones of these, but those that are known. */
  async tiedTo(rows: readonly RegisterRow[], known: ReadonlyMap<number, unknown>): Promise<RegisterRow[]> {
    const documents = [...new Set(rows.flatMap(({ documentKey }) => documentKey ?? []))];
    const phones = [...new Set(rows.flatMap(({ phoneE164 }) => phoneE164 ?? []))];
    const ofRecords = await this.ofRecords('claimed_document_key', documents);
    const tied = [
      ...(await this.mirror.labelsBy('document_key', documents)),
      ...(await this.mirror.labelsBy('phone_e164', phones)),
      ...(await this.mirror.labels(ofRecords.filter((id) => !known.has(id)))),
    ];
    return this.held([...new Map(tied.filter(({ id }) => !known.has(id)).map((row) => [row.id, row])).values()]);
  }

  /** Rows that the records of these numbers hold as the same person or body. */
  async ofRecords(number: RecordNumber, values: readonly string[]): Promise<number[]> {
    const rows = await this.store.selectIn<{ id: number | string }>((list) => {
      const sql = `SELECT l."same_person_citizen_id" AS "id" FROM "one_records" r
        JOIN "one_record_links" l ON l."one_record_id" = r."id" AND l."same_person_citizen_id" IS NOT NULL
        WHERE r."${number}" IN (${list})`;
      return this.store.page(sql, 'r."id", l."id"', 0, MOST_HELD);
    }, values);
    return rows.map(({ id }) => Number(id));
  }

  /** Of those rows that an approved record of a person holds as that person. */
  async approvedNames(ids: readonly number[]): Promise<Map<number, string>> {
    const holders = await this.holders(ids);
    return new Map(holders.map(({ citizen, approved_name }) => [Number(citizen), approved_name ?? '']));
  }

  private async held(labels: readonly CitizenLabel[]): Promise<RegisterRow[]> {
    const ids = labels.map(({ id }) => id);
    const holderOf = new Map((await this.holders(ids)).map((holder) => [Number(holder.citizen), holder]));
    const strangersOf = await this.strangers(ids);
    return labels.map((label) => {
      const by = holderOf.get(label.id);
      const notSame = strangersOf.get(label.id) ?? NONE;
      if (!by) return { ...label, holder: null, notSame };
      const holder = { recordId: Number(by.id), name: partiesOf(by.approved_name ?? '').flat() };
      return { ...label, documentKey: by.document_key ?? label.documentKey, holder, notSame };
    });
  }

  /** By row: rows found to be somebody else than it, and than the record that holds it. */
  private async strangers(ids: readonly number[]): Promise<Map<number, Set<number>>> {
    const pairs = await this.store.selectIn<{ a: number | string; b: number | string }>(
      (list) => `WITH "rows" AS (SELECT "id" FROM "legacy_citizens" WHERE "id" IN (${list}))
        SELECT x."active_citizen_id" AS "a", x."other_citizen_id" AS "b" FROM "rows" c
        JOIN "rows_apart" x ON x."active_citizen_id" = c."id" AND x."active_citizen_id" IS NOT NULL
        UNION ALL SELECT l."same_person_citizen_id", n."active_citizen_id" FROM "rows" c
        JOIN "one_record_links" l ON l."same_person_citizen_id" = c."id" AND l."same_person_citizen_id" IS NOT NULL
        JOIN "not_same_persons" n ON n."one_record_id" = l."one_record_id" AND n."active_citizen_id" IS NOT NULL`,
      ids,
    );
    const strangers = new Map<number, Set<number>>();
    for (const { a, b } of pairs) {
      const known = strangers.get(Number(a));
      if (known) known.add(Number(b));
      else strangers.set(Number(a), new Set([Number(b)]));
    }
    return strangers;
  }

  private async holders(citizenIds: readonly number[]): Promise<RawHolder[]> {
    const records = await this.store.selectIn<RawHolder>(
      (list) => `SELECT l."same_person_citizen_id" AS "citizen", r."id", r."party_type", r."state", r."approved_name",
        r."document_key" FROM "one_record_links" l JOIN "one_records" r ON r."id" = l."one_record_id"
        WHERE l."same_person_citizen_id" IN (${list})`,
      citizenIds,
    );
    // Not in the query: the embedded database would walk through all approved records for some dozens of rows.
    return records.filter((record) => record.party_type === 'INDIVIDUAL' && isApproved(record));
  }
}

interface RawHolder {
  citizen: number | string;
  id: number | string;
  party_type: PartyType;
  state: RecordState;
  approved_name: string | null;
  document_key: string | null;
}

/** The national ID by which a row is one person's, if it has one that passes its check. */
export function validIdOf({ documentKey }: Pick<RegisterRow, 'documentKey'>): string | null {
  const id = documentKey?.startsWith(NATIONAL_ID) ? documentKey.slice(NATIONAL_ID.length) : '';
  return isValidNationalId(id) ? id : null;
}
