import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import type { RegisterPart } from './matcher';

const PAGE = 1000;

export interface RegisterPage extends RegisterPart {
  ids: number[];
}

interface Raw {
  id: number | string;
  raw_name: string;
  raw_doc_type: string;
  raw_doc_no: string;
  raw_phone: string;
  raw_address: string;
  record: number | string | null;
  document: string | null;
  cluster: number | string | null;
}

/** The mirror as the batch reads it, and what clerks have decided about its rows. */
@Injectable()
export class RegisterPages {
  constructor(private readonly store: Store) {}

  /** 0 where there is none. */
  async highestId(): Promise<number> {
    const [row] = await this.store.sql<{ id: number | string | null }>(
      'SELECT MAX("id") AS "id" FROM "legacy_citizens"',
    );
    return Number(row!.id);
  }

  /**
   * The next rows in the order of ids: those of the newest extract, and vanished ones that a record holds. A row that a
   * person's record holds bears the ID that was approved there.
   */
  async after(id: number): Promise<RegisterPage> {
    const sql = `SELECT c."id", c."raw_name", c."raw_doc_type", c."raw_doc_no", c."raw_phone", c."raw_address",
        l."one_record_id" AS "record", r."document_number" AS "document", m."cluster_id" AS "cluster" ${ROWS} AND c."id" > ?`;
    const rows = await this.store.sql<Raw>(this.store.page(sql, 'c."id"', 0, PAGE), [id]);
    return {
      ids: rows.map((row) => Number(row.id)),
      rows: rows.map((row) => ({
        name: row.raw_name,
        ...(row.document === null
          ? { docType: row.raw_doc_type, docNo: row.raw_doc_no }
          : { docType: 'national-id', docNo: row.document }),
        phone: row.raw_phone,
        address: row.raw_address,
      })),
      records: rows.map(({ record }) => Number(record ?? 0)),
      clusters: rows.map(({ cluster }) => Number(cluster ?? 0)),
    };
  }

  /** Pairs of citizens that clerks have found to be two persons. */
  async apart(): Promise<[number, number][]> {
    const pairs = await this.store.sql<{ a: number | string; b: number | string }>(
      `SELECT "active_citizen_id" AS "a", "other_citizen_id" AS "b" FROM "rows_apart"
       WHERE "active_citizen_id" IS NOT NULL
       UNION SELECT n."active_citizen_id", l."same_person_citizen_id" FROM "not_same_persons" n
       JOIN "one_record_links" l ON l."one_record_id" = n."one_record_id" AND l."same_person_citizen_id" IS NOT NULL
       WHERE n."active_citizen_id" IS NOT NULL`,
    );
    return pairs.map(({ a, b }) => [Number(a), Number(b)]);
  }
}

const ROWS = `FROM "legacy_citizens" c
  LEFT JOIN "one_record_links" l ON l."same_person_citizen_id" = c."id"
  LEFT JOIN "one_records" r ON r."id" = l."one_record_id" AND r."party_type" = 'INDIVIDUAL' AND r."document_type" = 'NATIONAL_ID'
  LEFT JOIN "match_members" m ON m."citizen_id" = c."id" AND m."role" = 'OWNER'
  WHERE (c."vanished_run_id" IS NULL OR l."id" IS NOT NULL)`;
