import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';

/** What a posting was made for, as the books name it. */
export interface PostedDocument {
  type: string | null;
  id: string | null;
}

/** The serials of documents that have one, by the type that postings name them with; the last parameter is an instant. */
const SERIALS: Readonly<Record<string, (list: string) => string>> = {
  payment: (list) =>
    `SELECT "payment_id" AS "id", "serial" FROM "receipts" WHERE "payment_id" IN (${list}) AND "issued_at" <= ?`,
  adjustment: (list) =>
    `SELECT "id", "serial" FROM "adjustments" WHERE "id" IN (${list}) AND "serial" IS NOT NULL AND "decided_at" <= ?`,
  bill: (list) =>
    `SELECT b."id", b."serial" FROM "bills" b JOIN "bill_runs" r ON r."id" = b."run_id"
     WHERE b."id" IN (${list}) AND b."serial" IS NOT NULL AND r."issued_at" <= ?`,
};

/** An id of ours says nothing to people; any other is the number on the paper itself. */
const OWN_ID = /^\d+$/;

/** Names the documents of postings as they are printed: receipts, bills and notes by their serials. */
@Injectable()
export class DocumentSerials {
  constructor(private readonly store: Store) {}

  /**
   * One query a type of document. What had no serial at `knownAt` is null, such as a bill before its issue.
   * @returns the number of each, in their order
   */
  async of(documents: readonly PostedDocument[], knownAt: string): Promise<(string | null)[]> {
    const serials = new Map<string, string>();
    for (const [type, sql] of Object.entries(SERIALS)) {
      const ids = documents.flatMap((each) => (each.type === type && OWN_ID.test(each.id!) ? [Number(each.id)] : []));
      if (ids.length === 0) continue;
      const rows = await this.store.selectIn<{ id: number | string; serial: string }>(
        sql,
        [...new Set(ids)],
        [knownAt],
      );
      for (const { id, serial } of rows) serials.set(`${type} ${id}`, serial);
    }
    return documents.map(({ type, id }) => {
      if (id === null) return null;
      return OWN_ID.test(id) ? (serials.get(`${type} ${id}`) ?? null) : id;
    });
  }
}
