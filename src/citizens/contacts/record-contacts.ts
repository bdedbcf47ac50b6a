import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { Contacts, type Contact, type ContactBook } from '../../notifications';

/** Records that the municipality writes to; one that is drafted or revoked has said nothing that counts. */
const REACHED = `r."state" IN ('APPROVED', 'ACTIVATED', 'SUSPENDED')`;
/** Mergers that are followed before somebody has made a circle of them. */
const MOST_MERGERS = 20;

interface Row {
  id: number | string;
  name: string | null;
  phone: string | null;
  email: string | null;
  merged_into: number | string | null;
  state: string;
}

/** Where the persons behind OneRecords can be reached. */
@Injectable()
export class RecordContacts implements ContactBook, OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly contacts: Contacts,
  ) {}

  onModuleInit(): void {
    this.contacts.register(this);
  }

  async of(oneRecordIds: readonly number[]): Promise<Map<number, Contact>> {
    const survivors = await this.survivors(oneRecordIds);
    const shared = await this.shared([...survivors.values()].flatMap(({ phone }) => (phone === null ? [] : [phone])));
    return new Map(
      [...survivors].map(([id, { id: oneRecordId, name, phone, email }]) => [
        id,
        {
          ...{ oneRecordId: Number(oneRecordId), name: name ?? '', phone, email, language: 'ar' as const },
          phoneShared: phone !== null && shared.has(phone),
        },
      ]),
    );
  }

  private async survivors(ids: readonly number[]): Promise<Map<number, Row>> {
    const found = new Map<number, Row>();
    let asked = new Map(ids.map((id) => [id, [id]]));
    for (let round = 0; asked.size > 0 && round < MOST_MERGERS; round++) {
      const rows = await this.store.selectIn<Row>(
        (list) =>
          `SELECT r."id", r."approved_name" AS "name", r."phone_e164" AS "phone", r."email",
             r."merged_into_id" AS "merged_into", r."state"
           FROM "one_records" r WHERE r."id" IN (${list}) AND (${REACHED} OR r."merged_into_id" IS NOT NULL)`,
        [...asked.keys()],
      );
      const next = new Map<number, number[]>();
      for (const row of rows) {
        const origins = asked.get(Number(row.id))!;
        if (row.merged_into === null) for (const origin of origins) found.set(origin, row);
        else next.set(Number(row.merged_into), [...(next.get(Number(row.merged_into)) ?? []), ...origins]);
      }
      asked = next;
    }
    return found;
  }

  private async shared(phones: readonly string[]): Promise<Set<string>> {
    const rows = await this.store.selectIn<{ phone: string }>(
      (list) =>
        `SELECT r."phone_e164" AS "phone" FROM "one_records" r WHERE r."phone_e164" IN (${list})
         GROUP BY r."phone_e164" HAVING SUM(CASE WHEN ${REACHED} THEN 1 ELSE 0 END) > 1`,
      [...new Set(phones)],
    );
    return new Set(rows.map(({ phone }) => phone));
  }
}
