import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Problem } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { OneRecords, type LinkedCitizen } from '../../citizens';
import { LegacyMirror, type ServiceBalance } from '../../legacy';
import { Account } from './account.entity';

export interface AccountBalance {
  account: Account;
  /** Minor units of the account's currency; positive is owed, negative is an advance. */
  balance: number;
}

/** Of a OneRecord: how its holder stands to the account. */
export interface Holding {
  account: Account;
  relation: LinkedCitizen['relation'];
}

export type HeldAccount = Holding & AccountBalance;

/** Who holds it: a OneRecord, or a row of the old systems. */
export type NewAccount = Pick<Account, 'number' | 'currency' | 'serviceType' | 'openedOn'> &
  Partial<Pick<Account, 'oneRecordId' | 'legacyServiceId' | 'legacyCitizenId'>>;

/** Accounts and what is owed on them. */
@Injectable()
export class Accounts implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly records: OneRecords,
    private readonly mirror: LegacyMirror,
  ) {}

  onModuleInit(): void {
    this.mirror.balancesFrom((serviceIds, asOf) => this.balancesOfServices(serviceIds, asOf));
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<Account> {
    const account = await this.store.reads(Account).findOneBy({ id });
    if (!account) throw new Problem('http.not-found');
    return account;
  }

  /**
   * The first tenure of a number in a currency.
   * @returns its id. A number that is taken in that currency breaks a unique key: 409
   */
  open(account: NewAccount): Promise<number> {
    return this.uow.run(async () => {
      const id = await this.ids.one();
      const nobody = { legacyServiceId: null, legacyCitizenId: null, oneRecordId: null };
      const fresh = { id, tenure: 1, state: 'OPEN' as const, closedOn: null, version: 1 };
      await this.store.insert(Account, { ...nobody, ...account, ...fresh });
      return id;
    });
  }

  /** Sum of the entries of each account up to a day, inclusive; 0 for accounts without. */
  async balances(accountIds: readonly number[], asOf?: string): Promise<Map<number, number>> {
    const until = asOf === undefined ? '' : ' AND "posted_on" <= ?';
    const rows = await this.store.selectIn<{ account_id: number | string; balance: number | string }>(
      (list) =>
        `SELECT "account_id", SUM("amount") AS "balance" FROM "ledger_entries"
         WHERE "account_id" IN (${list})${until} GROUP BY "account_id"`,
      accountIds,
      asOf === undefined ? [] : [asOf],
    );
    const balances = new Map(accountIds.map((id) => [id, 0]));
    for (const { account_id, balance } of rows) balances.set(Number(account_id), Number(balance));
    return balances;
  }

  /**
   * The accounts of a OneRecord, by number and currency: of its rows, and those opened for the record itself or for one
   * that was merged into it.
   * @throws {Problem} http.not-found
   */
  async ofRecord(oneRecordId: number, asOf?: string): Promise<HeldAccount[]> {
    const holdings = await this.holdings(oneRecordId);
    const balances = await this.balances(
      holdings.map(({ account }) => account.id),
      asOf,
    );
    return holdings.map((each) => ({ ...each, balance: balances.get(each.account.id)! }));
  }

  /** As {@link ofRecord}, without a sum over what was ever posted on them. @throws {Problem} http.not-found */
  async holdings(oneRecordId: number): Promise<Holding[]> {
    const selves = await this.records.selves(oneRecordId);
    const links = await this.records.linkedCitizens(oneRecordId);
    const relations = new Map(links.map(({ legacyCitizenId, relation }) => [legacyCitizenId, relation]));
    const accounts = [
      ...(await this.store.findIn(Account, 'oneRecordId', selves)),
      ...(await this.store.findIn(Account, 'legacyCitizenId', [...relations.keys()])).filter(
        ({ oneRecordId: id }) => id === null || !selves.includes(id),
      ),
    ];
    return accounts.sort(inOrder).map((account) => ({
      account,
      relation: (account.legacyCitizenId && relations.get(account.legacyCitizenId)) || 'SAME_PERSON',
    }));
  }

  /** With what is owed on each now, by number and currency; ids that nothing has are absent. */
  async byIds(ids: readonly number[]): Promise<AccountBalance[]> {
    const accounts = (await this.store.findIn(Account, 'id', ids)).sort(inOrder);
    const balances = await this.balances(accounts.map(({ id }) => id));
    return accounts.map((account) => ({ account, balance: balances.get(account.id)! }));
  }

  /** As {@link ofRecord} gives it. @throws {Problem} http.not-found, for another's as for none */
  async held(oneRecordId: number, accountId: number): Promise<HeldAccount> {
    const found = (await this.holdings(oneRecordId)).find(({ account }) => account.id === accountId);
    if (!found) throw new Problem('http.not-found');
    return { ...found, balance: (await this.balances([accountId])).get(accountId)! };
  }

  /**
   * As the mirror is asked: of the payer rows of the old systems, not of the holders whom an account was transferred to
   * here. Services whose accounts were not taken over yet are absent.
   */
  private async balancesOfServices(serviceIds: readonly number[], asOf?: string): Promise<ServiceBalance[]> {
    const until = asOf === undefined ? '' : ' AND e."posted_on" <= ?';
    const rows = await this.store.selectIn<{ service_id: number | string; currency: string; balance: number | string }>(
      (list) =>
        `SELECT a."legacy_service_id" AS "service_id", a."currency", SUM(e."amount") AS "balance"
         FROM "billing_accounts" a JOIN "ledger_entries" e ON e."account_id" = a."id"
         WHERE a."legacy_service_id" IN (${list}) AND a."one_record_id" IS NULL${until} GROUP BY a."legacy_service_id", a."currency"`,
      serviceIds,
      asOf === undefined ? [] : [asOf],
    );
    return rows.map(({ service_id, currency, balance }) => ({
      serviceId: Number(service_id),
      currency,
      balance: Number(balance),
    }));
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (a: Account, b: Account): number =>
  byText(a.number, b.number) || byText(a.currency, b.currency) || a.tenure - b.tenure;

/**
 * SQL of the ids of the accounts that {@link Accounts.ofRecord} gives, for queries that page over what is on them: a record
 * may hold more of them than a server takes parameters. With `:oneRecordId` and its `:...selves`.
 */
export const ACCOUNTS_OF_RECORD = `SELECT held."id" FROM "billing_accounts" held WHERE held."one_record_id" IN (:...selves)
  OR held."legacy_citizen_id" IN (SELECT link."legacy_citizen_id" FROM "one_record_links" link
    WHERE link."one_record_id" = :oneRecordId AND link."active_citizen_id" IS NOT NULL)`;
