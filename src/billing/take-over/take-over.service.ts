import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { Leases } from '@libs/outbox';
import { CURRENCIES } from '@libs/money';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { Account } from '../accounts/account.entity';
import { TakeOver, type TakeOverException } from './take-over.entity';
import { OpeningPosting, type Work } from './opening-posting';
import { TAKE_OVER } from './take-over.problems';
import { takeOverTotals } from './take-over.totals';
import {
  byTenure,
  corrections,
  isKnownCurrency,
  serviceTypeOf,
  type MirrorMovement,
  type TakenEntry,
} from './take-over.rules';

export const TAKE_OVER_LEASE = 'billing-take-over';
const LEASE_SECONDS = 60;
/** Services a unit of work. */
const BATCH = 500;
const MOST_EXCEPTIONS = 1000;
const DEFAULT_CURRENCY = 'ILS';

interface ServiceRow {
  id: number;
  srv_no: string;
  citizen_id: number;
  raw_type: string;
  started_on: string;
  vanished: boolean;
}

interface MovementRow {
  id: number | string;
  service_id: number | string;
  dated_on: string | null;
  kind: string;
  debit: number | string;
  credit: number | string;
  currency: string;
}

interface TakenRow {
  account_id: number | string;
  legacy_movement_id: number | string;
  posted_on: string;
  amount: number | string;
}

type Taken = TakenEntry & { accountId: number };

/**
 * Takes the accounts of the old systems and their movements over into the books, and keeps them up to date while the old
 * systems still run: only what differs from what was taken before is posted. Runs again from where it was cut off.
 */
@Injectable()
export class TakeOvers {
  private readonly logger = new Logger(TakeOvers.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly leases: Leases,
    private readonly opening: OpeningPosting,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the run, DONE or FAILED; it fails when afterwards the books do not say what the mirror says
   * @throws {Problem} billing.take-over-running
   */
  async run(onProgress?: (done: number, total: number) => void): Promise<TakeOver> {
    const held = await this.leases.once(TAKE_OVER_LEASE, LEASE_SECONDS, () => this.all(onProgress));
    if (!held) throw new Problem(TAKE_OVER['billing.take-over-running']);
    return held.result;
  }

  private async all(onProgress?: (done: number, total: number) => void): Promise<TakeOver> {
    const run: TakeOver = {
      id: 0,
      state: 'RUNNING',
      startedAt: this.clock.now(),
      finishedAt: null,
      accounts: 0,
      movements: 0,
      totals: null,
      exceptions: null,
      failure: null,
    };
    await this.uow.run(async () => {
      const unfinished = { state: 'FAILED' as const, failure: 'cut off', finishedAt: run.startedAt };
      await this.store.update(TakeOver, { state: 'RUNNING' }, unfinished);
      run.id = await this.ids.one();
      await this.store.insert(TakeOver, run);
    });
    try {
      const exceptions = new Map<string, TakeOverException>();
      const [{ n: total } = { n: 0 }] = await this.store.sql<{ n: number }>(
        'SELECT COUNT(*) AS "n" FROM "legacy_services"',
      );
      let done = 0;
      for (let after = 0; ;) {
        const services = await this.servicesAfter(after);
        if (services.length === 0) break;
        const { accounts, movements, found } = await this.uow.run(() => this.batch(services));
        for (const each of found.values()) note(exceptions, each.serviceNumber, each.reason, each.movements);
        run.accounts += accounts;
        run.movements += movements;
        after = services.at(-1)!.id;
        onProgress?.((done += services.length), Number(total));
      }
      run.totals = await takeOverTotals(this.store);
      run.exceptions = [...exceptions.values()].slice(0, MOST_EXCEPTIONS);
      const wrong = run.totals.filter(({ debit, credit, taken }) => BigInt(debit) - BigInt(credit) !== BigInt(taken));
      run.state = wrong.length === 0 ? 'DONE' : 'FAILED';
      if (wrong.length > 0)
        run.failure = `the books differ from the mirror in ${wrong.map((w) => w.currency).join(', ')}`;
    } catch (error) {
      this.logger.error(error);
      run.state = 'FAILED';
      run.failure = String((error as Error).message ?? error).slice(0, 1000);
    }
    const { id, ...outcome } = { ...run, finishedAt: this.clock.now() };
    await this.uow.run(() => this.store.update(TakeOver, { id }, outcome));
    return { id, ...outcome };
  }

  private async servicesAfter(id: number): Promise<ServiceRow[]> {
    const rows = await this.store.sql<ServiceRow & { vanished_run_id: number | string | null }>(
      this.store.page(
        `SELECT "id", "srv_no", "citizen_id", "raw_type", "started_on", "vanished_run_id"
         FROM "legacy_services" WHERE "id" > ?`,
        '"id"',
        0,
        BATCH,
      ),
      [id],
    );
    return rows.map((row) => ({
      id: Number(row.id),
      srv_no: row.srv_no,
      citizen_id: Number(row.citizen_id),
      raw_type: row.raw_type,
      started_on: row.started_on,
      vanished: row.vanished_run_id !== null,
    }));
  }

  /** Keeps nothing outside itself, because a server may have it run again. */
  private async batch(services: readonly ServiceRow[]) {
    const found = new Map<string, TakeOverException>();
    const ids = services.map(({ id }) => id);
    const all = async () => [...(await this.accountsOf(ids)).values()].flat().map(({ id }) => id);
    await this.store.hold(Account, await all());
    // Read once they are held: a transfer before that has opened an account more.
    const known = await this.accountsOf(ids);
    const movements = await this.movementsOf(ids);
    const taken = await this.takenOf(known);
    const opened: Account[] = [];
    const work: Work[] = [];
    for (const service of services) {
      const byCurrency = new Map<string, MirrorMovement[]>(
        CURRENCIES.filter((currency) => known.has(key(service.id, currency))).map((currency) => [currency, []]),
      );
      for (const movement of movements.get(service.id) ?? []) {
        if (isKnownCurrency(movement.currency)) push(byCurrency, movement.currency, movement);
        else note(found, service.srv_no, `currency ${movement.currency}`);
      }
      if (byCurrency.size === 0 && !service.vanished) byCurrency.set(DEFAULT_CURRENCY, []);
      for (const [currency, list] of byCurrency) {
        const tenures = known.get(key(service.id, currency)) ?? [await this.open(service, currency, opened)];
        for (const { account, ...part } of byTenure(tenures, list, taken.get(key(service.id, currency)) ?? [])) {
          const missing = corrections(part.movements, part.taken);
          if (missing.length === 0) continue;
          work.push({ account, corrections: missing });
          if (account.closedOn === null) continue;
          // The sale shared what was known then: somebody is to look at what the old system says of it afterwards.
          note(found, service.srv_no, `changed since the transfer of ${account.closedOn}`, missing.length);
        }
      }
    }
    await this.store.bulkInsert(
      Account,
      ACCOUNT,
      opened.map((account) => ACCOUNT.map((name) => account[name])),
    );
    await this.opening.post(work, new Set(opened));
    return { accounts: opened.length, movements: work.reduce((sum, each) => sum + each.corrections.length, 0), found };
  }

  private async open(service: ServiceRow, currency: string, opened: Account[]): Promise<Account> {
    const account: Account = {
      id: await this.ids.one(),
      number: service.srv_no,
      currency,
      tenure: 1,
      serviceType: serviceTypeOf(service.raw_type),
      state: 'OPEN',
      legacyServiceId: service.id,
      legacyCitizenId: service.citizen_id,
      oneRecordId: null,
      openedOn: service.started_on,
      closedOn: null,
      version: 1,
    };
    opened.push(account);
    return account;
  }

  /** The accounts of each service and currency, by tenure. */
  private async accountsOf(serviceIds: readonly number[]): Promise<Map<string, Account[]>> {
    const accounts = new Map<string, Account[]>();
    const rows = await this.store.reads(Account).find({
      where: { legacyServiceId: In([...serviceIds]) },
      order: { tenure: 'ASC' },
    });
    for (const account of rows) push(accounts, key(account.legacyServiceId!, account.currency), account);
    return accounts;
  }

  private async movementsOf(serviceIds: readonly number[]): Promise<Map<number, MirrorMovement[]>> {
    const rows = await this.store.selectIn<MovementRow>(
      (list) =>
        `SELECT "id", "service_id", "dated_on", "kind", "debit", "credit", "currency" FROM "legacy_movements"
         WHERE "service_id" IN (${list}) AND "vanished_run_id" IS NULL ORDER BY "id"`,
      serviceIds,
    );
    const movements = new Map<number, MirrorMovement[]>();
    for (const { id, service_id, dated_on, kind, debit, credit, currency } of rows) {
      push(movements, Number(service_id), {
        id: Number(id),
        datedOn: dated_on,
        kind,
        debit: Number(debit),
        credit: Number(credit),
        currency,
      });
    }
    return movements;
  }

  /** What was taken over before, by service and currency, whoever held the account then. */
  private async takenOf(known: ReadonlyMap<string, Account[]>): Promise<Map<string, Taken[]>> {
    const keyOf = new Map([...known].flatMap(([each, tenures]) => tenures.map(({ id }) => [id, each] as const)));
    const rows = await this.store.selectIn<TakenRow>(
      (list) =>
        `SELECT "account_id", "legacy_movement_id", "posted_on", SUM("amount") AS "amount" FROM "ledger_entries"
         WHERE "account_id" IN (${list}) AND "legacy_movement_id" IS NOT NULL
         GROUP BY "account_id", "legacy_movement_id", "posted_on"`,
      [...keyOf.keys()],
    );
    const taken = new Map<string, Taken[]>();
    for (const { account_id, legacy_movement_id, posted_on, amount } of rows) {
      push(taken, keyOf.get(Number(account_id))!, {
        accountId: Number(account_id),
        movementId: Number(legacy_movement_id),
        postedOn: posted_on,
        amount: Number(amount),
      });
    }
    return taken;
  }
}

const ACCOUNT = [
  'id',
  'number',
  'currency',
  'tenure',
  'serviceType',
  'state',
  'legacyServiceId',
  'legacyCitizenId',
  'oneRecordId',
  'openedOn',
  'closedOn',
  'version',
] as const;

const key = (serviceId: number, currency: string): string => `${serviceId} ${currency}`;

function push<K, V>(lists: Map<K, V[]>, at: K, value: V): void {
  const list = lists.get(at);
  if (list) list.push(value);
  else lists.set(at, [value]);
}

function note(exceptions: Map<string, TakeOverException>, serviceNumber: string, reason: string, movements = 1): void {
  const known = exceptions.get(`${serviceNumber} ${reason}`);
  if (known) known.movements += movements;
  else exceptions.set(`${serviceNumber} ${reason}`, { serviceNumber, reason, movements });
}
