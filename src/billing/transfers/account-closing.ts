import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { Leases, Schedules } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { Account, type AccountState } from '../accounts/account.entity';

const LEASE = 'billing-account-closing';
const LEASE_SECONDS = 120;
const BATCH = 200;

const OPEN_ITEMS = `(EXISTS (SELECT 1 FROM "charges" c WHERE c."account_id" = a."id" AND c."outstanding" > 0)
  OR EXISTS (SELECT 1 FROM "credits" r WHERE r."account_id" = a."id" AND r."remaining" > 0)
  OR EXISTS (SELECT 1 FROM "cheque_lines" l JOIN "cheques" c ON c."id" = l."cheque_id"
    WHERE l."account_id" = a."id" AND l."credit_id" IS NULL
      AND c."state" IN ('RECEIVED', 'HELD', 'DUE', 'DEPOSITED', 'REDEPOSITED')))`;

/** Accounts that a seller has left, in the other state than what is open on them asks for. */
const CANDIDATES = `SELECT a."id", a."state" FROM "billing_accounts" a
  JOIN "transferred_accounts" l ON l."seller_account_id" = a."id" JOIN "account_transfers" t ON t."id" = l."transfer_id"
  WHERE t."state" = 'POSTED' AND a."closed_on" IS NOT NULL AND a."id" > ?
    AND ((a."state" = 'OPEN' AND NOT ${OPEN_ITEMS}) OR (a."state" = 'CLOSED' AND ${OPEN_ITEMS}))`;

/**
 * Every night: what a seller left is closed once nothing is owed or held on it and no cheque for it is under way, and
 * opened again when a payment fell through.
 */
@Injectable()
export class AccountClosing implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly leases: Leases,
    private readonly schedules: Schedules,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.schedules.every('account-closing', this.config.accountClosingCron, () => this.run());
  }

  /** @returns how many accounts came into which state; undefined while another process does it */
  async run(): Promise<Record<AccountState, number> | undefined> {
    return (await this.leases.once(LEASE, LEASE_SECONDS, () => this.all()))?.result;
  }

  private async all(): Promise<Record<AccountState, number>> {
    const changed = { OPEN: 0, CLOSED: 0 };
    for (let after = 0; ;) {
      const { last, states } = await this.uow.run(async () => {
        const states: AccountState[] = [];
        const found = await this.after(after);
        // Held, and asked again: no payment or reversal comes between the look and the change.
        await this.store.hold(
          Account,
          found.map(({ id }) => id),
        );
        const still = new Set((await this.after(after)).map(({ id }) => id));
        for (const { id, state } of found.filter((each) => still.has(each.id))) {
          const to = state === 'OPEN' ? ('CLOSED' as const) : ('OPEN' as const);
          if ((await this.store.update(Account, { id, state }, { state: to })) === 1) states.push(to);
        }
        return { last: found.at(-1)?.id, states };
      });
      for (const state of states) changed[state]++;
      if (last === undefined) return changed;
      after = last;
    }
  }

  private async after(id: number): Promise<{ id: number; state: AccountState }[]> {
    const sql = this.store.page(CANDIDATES, 'a."id"', 0, BATCH);
    const rows = await this.store.sql<{ id: number | string; state: AccountState }>(sql, [id]);
    return rows.map((row) => ({ id: Number(row.id), state: row.state }));
  }
}
