import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock, type Instant } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { OneRecords } from '../../citizens';
import { Account } from '../accounts/account.entity';
import { Clearances } from './clearances';

/** Clearance certificates that rest on money which was taken back. */
@Injectable()
export class FallenClearances {
  constructor(
    private readonly store: Store,
    private readonly records: OneRecords,
    private readonly clearances: Clearances,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Those of the records of accounts that owe what is due again, issued since the money was taken. In the active unit,
   * which holds the accounts, so that none is issued meanwhile.
   */
  async revoke(accountIds: readonly number[], since: Instant, reason: string, by: number): Promise<void> {
    const owing = await this.store.selectIn<{ account_id: number | string }>(
      (list) =>
        `SELECT DISTINCT "account_id" FROM "charges"
         WHERE "account_id" IN (${list}) AND "outstanding" > 0 AND "due_on" <= ?`,
      [...new Set(accountIds)],
      [localDateOf(this.clock.now())],
    );
    if (owing.length === 0) return;
    const accounts = await this.store.findIn(Account, 'id', owing.map(({ account_id }) => Number(account_id))); // prettier-ignore
    const holders = await this.records.holderOf(accounts.flatMap(({ legacyCitizenId }) => legacyCitizenId ?? []));
    const own = accounts.flatMap(({ oneRecordId }) => oneRecordId ?? []);
    const recordIds = new Set([...own, ...[...holders.values()].map(({ oneRecordId }) => oneRecordId)]);
    await this.clearances.revokeIssuedSince([...recordIds], since, reason, by);
  }
}
