import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import type { AudiencePage } from '../../notifications';

/** Which accounts are meant: SQL about `a`, a row of `billing_accounts`, and its parameters. */
export interface AccountCondition {
  sql: string;
  parameters: readonly unknown[];
}

/** The active links by which a record holds accounts of the old systems that nobody was transferred here. */
export const LINKED = `"one_record_links" l JOIN "billing_accounts" a
  ON a."legacy_citizen_id" = l."same_person_citizen_id" AND a."one_record_id" IS NULL`;
/** Records `r` that are written to. */
export const WRITTEN_TO = `r."state" IN ('APPROVED', 'ACTIVATED')`;

/** That the record `r` holds an account that is meant; takes the parameters of the condition twice. */
const holds = (sql: string): string => `(
  EXISTS (SELECT 1 FROM "billing_accounts" a WHERE a."one_record_id" = r."id" AND ${sql})
  OR EXISTS (SELECT 1 FROM ${LINKED} WHERE l."one_record_id" = r."id" AND ${sql}))`;

/**
 * The people behind accounts, each once however many accounts they have: first those with a record, in the order of the
 * records, then, where that is asked for, phones of payers who have none and that are no phone of these records.
 */
@Injectable()
export class AccountAudience {
  constructor(private readonly store: Store) {}

  async page(
    condition: AccountCondition,
    after: string | null,
    limit: number,
    { withUnlinked = false } = {},
  ): Promise<AudiencePage> {
    if (after?.startsWith('+')) return this.phones(condition, after, limit);
    const ids = await this.records(condition, Number(after ?? 0), limit);
    const members = ids.map((oneRecordId) => ({ oneRecordId }));
    if (ids.length === limit) return { members, next: String(ids.at(-1)) };
    // A plus sorts before every phone.
    return { members, next: withUnlinked ? '+' : null };
  }

  private async records({ sql, parameters }: AccountCondition, after: number, limit: number): Promise<number[]> {
    const rows = await this.store.sql<{ id: number | string }>(
      this.store.page(
        `SELECT r."id" FROM "one_records" r WHERE r."id" > ? AND ${WRITTEN_TO} AND ${holds(sql)}`,
        'r."id"',
        0,
        limit,
      ),
      [after, ...parameters, ...parameters],
    );
    return rows.map(({ id }) => Number(id));
  }

  private async phones({ sql, parameters }: AccountCondition, after: string, limit: number): Promise<AudiencePage> {
    const rows = await this.store.sql<{ phone: string }>(
      this.store.page(
        `SELECT c."phone_e164" AS "phone" FROM "legacy_citizens" c
         WHERE c."phone_e164" > ?
           AND NOT EXISTS (SELECT 1 FROM "one_record_links" l JOIN "one_records" r ON r."id" = l."one_record_id"
             WHERE l."same_person_citizen_id" = c."id" AND ${WRITTEN_TO})
           AND NOT EXISTS (SELECT 1 FROM "one_records" r
             WHERE r."phone_e164" = c."phone_e164" AND ${WRITTEN_TO} AND ${holds(sql)})
           AND EXISTS (SELECT 1 FROM "billing_accounts" a
             WHERE a."legacy_citizen_id" = c."id" AND a."one_record_id" IS NULL AND ${sql})
         GROUP BY c."phone_e164"`,
        'c."phone_e164"',
        0,
        limit,
      ),
      [after, ...parameters, ...parameters, ...parameters],
    );
    return {
      members: rows.map(({ phone }) => ({ phone })),
      next: rows.length < limit ? null : rows.at(-1)!.phone,
    };
  }
}
