import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';

/** What an account was paid in advance by one credit. */
export interface Advance {
  creditId: number;
  accountId: number;
  origin: string;
  /** Minor units. */
  remaining: number;
  /** Rests on no cheque that may still come back: only such is carried to another. */
  firm: boolean;
}

@Injectable()
export class Advances {
  constructor(private readonly store: Store) {}

  /** The newest first. */
  async of(accountIds: readonly number[]): Promise<Advance[]> {
    const rows = await this.store.selectIn<
      Record<'id' | 'account_id' | 'remaining' | 'uncleared', number | string> & { origin: string }
    >(
      (list) =>
        `SELECT k."id", k."account_id", k."origin", k."remaining",
           (SELECT COUNT(*) FROM "cheque_lines" l JOIN "cheques" c ON c."id" = l."cheque_id"
            WHERE l."credit_id" = k."id" AND l."account_id" = k."account_id" AND c."state" <> 'CLEARED') AS "uncleared"
         FROM "credits" k WHERE k."account_id" IN (${list}) AND k."remaining" > 0
         ORDER BY k."credited_on" DESC, k."id" DESC`,
      accountIds,
    );
    return rows.map(({ id, account_id, origin, remaining, uncleared }) => ({
      creditId: Number(id),
      accountId: Number(account_id),
      origin,
      remaining: Number(remaining),
      firm: Number(uncleared) === 0,
    }));
  }
}
