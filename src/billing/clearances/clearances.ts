import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { addDuration, localDateOf, type Clock, type Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery, type Principal } from '@libs/http';
import { formatAmount, type Currency } from '@libs/money';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { officeCode, readSerial, serialOf } from '@libs/serial';
import { In, IsNull, MoreThanOrEqual } from 'typeorm';
import { OneRecords } from '../../citizens';
import { Audit, Staff } from '../../identity';
import { contentHash, isGenuine, maskName, Prints, Verifications, type VerificationView } from '../../documents';
import { Account, type ServiceType } from '../accounts/account.entity';
import { Accounts } from '../accounts/accounts';
import { Clearance, type ClearanceContent } from './clearance.entity';
import { CLEARANCE } from './clearance.problems';

const KIND = 'CL';

export interface ClearanceRequest {
  /** Default all services. */
  serviceTypes?: ServiceType[];
  purpose?: string;
}

/** What a clearance waits for: a debt that is due. */
interface Overdue {
  accountId: number;
  number: string;
  currency: string;
  overdue: string;
  formatted: string;
}

/** Clearance certificates: issued where nothing is overdue, verified by serial, revoked when what they say fell through. */
@Injectable()
export class Clearances implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly records: OneRecords,
    private readonly accounts: Accounts,
    private readonly staff: Staff,
    private readonly audit: Audit,
    private readonly prints: Prints,
    private readonly verifications: Verifications,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.verifications.register(KIND, (serial) => this.verify(serial));
  }

  /**
   * Over the record's own accounts of the services named. Debts that fall due later do not stand in the way.
   * @throws {Problem} http.not-found; billing.record-not-approved, no-accounts, debts-overdue (with the accounts)
   */
  issue(oneRecordId: number, request: ClearanceRequest, caller: Principal): Promise<Clearance> {
    const issuedAt = this.clock.now();
    const today = localDateOf(issuedAt);
    return this.uow.run(async () => {
      const record = await this.records.hold(oneRecordId);
      if (record.state !== 'APPROVED' && record.state !== 'ACTIVATED') {
        throw new Problem(CLEARANCE['billing.record-not-approved'], { extra: { state: record.state } });
      }
      const wanted = request.serviceTypes && new Set(request.serviceTypes);
      const accounts = (await this.accounts.holdings(oneRecordId))
        .filter(({ relation, account }) => relation === 'SAME_PERSON' && (!wanted || wanted.has(account.serviceType)))
        .map(({ account }) => account);
      if (accounts.length === 0) throw new Problem(CLEARANCE['billing.no-accounts']);
      // Held, so that no charge falls on them between the look and the certificate.
      await this.store.hold(
        Account,
        accounts.map(({ id }) => id),
      );
      const debts = await this.overdue(accounts, today);
      if (debts.length > 0) throw new Problem(CLEARANCE['billing.debts-overdue'], { extra: { accounts: debts } });
      const issuedBy = (await this.staff.names([caller.userId])).get(caller.userId) ?? caller.username;
      const office = officeCode(await this.staff.departmentCode(caller.departmentId));
      const year = Number(today.slice(0, 4));
      const validUntil = localDateOf(addDuration(issuedAt, { days: this.config.clearanceDays }));
      // Last, because the next one of this office waits for the sequence from here on.
      const number = await this.ids.reserve(`clearances-${office}-${year}`, 1);
      const serial = serialOf({ kind: KIND, office, year, number });
      const content: ClearanceContent = {
        serial,
        issuedAt,
        issuedBy,
        validUntil,
        purpose: request.purpose || null,
        holder: {
          oneRecordNumber: record.number,
          approvedName: record.approvedName ?? '',
          nameParts: { ...record.nameParts },
        },
        serviceTypes: [...new Set(accounts.map(({ serviceType }) => serviceType))].sort(),
        accounts: accounts.map(({ number, serviceType, currency }) => ({ number, serviceType, currency })),
      };
      const clearance: Clearance = {
        id: await this.ids.one(),
        serial,
        office,
        year,
        number,
        oneRecordId,
        issuedAt,
        issuedBy: caller.userId,
        validUntil,
        content,
        contentHash: contentHash(content),
        prints: 0,
        revokedBy: null,
        revokedAt: null,
        revokedReason: null,
      };
      await this.store.insert(Clearance, clearance);
      await this.audit.record({ action: 'billing.clearance-issued', detail: { oneRecordId, serial } });
      return clearance;
    });
  }

  /** @throws {Problem} as {@link get}; billing.clearance-revoked */
  revoke(typed: string, reason: string, by: number): Promise<Clearance> {
    return this.uow.run(async () => {
      const clearance = await this.get(typed);
      const changes = await this.withdraw(clearance, reason, by);
      if (!changes) throw new Problem(CLEARANCE['billing.clearance-revoked']);
      return { ...clearance, ...changes };
    });
  }

  /** Those of the records that still stand, in the active unit: what they rest on fell through. */
  async revokeIssuedSince(oneRecordIds: readonly number[], since: Instant, reason: string, by: number): Promise<void> {
    const issued = { oneRecordId: In([...oneRecordIds]), issuedAt: MoreThanOrEqual(since), revokedAt: IsNull() };
    const fallen = await this.store.reads(Clearance).find({ where: issued, order: { id: 'ASC' } });
    for (const clearance of fallen) await this.withdraw(clearance, reason, by);
  }

  private async withdraw({ id, serial }: Clearance, reason: string, by: number) {
    const changes = { revokedBy: by, revokedAt: this.clock.now(), revokedReason: reason };
    if ((await this.store.update(Clearance, { id, revokedAt: IsNull() }, changes)) === 0) return null;
    await this.audit.record({ action: 'billing.clearance-revoked', detail: { serial, reason } });
    return changes;
  }

  /** @param typed a serial as people type it @throws {Problem} http.not-found; billing.clearance-altered */
  async get(typed: string): Promise<Clearance> {
    const read = readSerial(typed);
    const clearance = read.ok ? await this.store.reads(Clearance).findOneBy({ serial: read.serial }) : null;
    if (!clearance) throw new Problem('http.not-found');
    if (!isGenuine(clearance)) throw new Problem(CLEARANCE['billing.clearance-altered']);
    return clearance;
  }

  /** As {@link Prints.count}. */
  countPrint(clearance: Clearance): Promise<number> {
    return this.prints.count(Clearance, clearance, 'billing.clearance-printed');
  }

  /** Newest first, also of the records that were merged into it. @throws {Problem} http.not-found */
  async list(oneRecordId: number, query: PageQuery): Promise<Page<Clearance>> {
    const oneRecordIds = await this.records.selves(oneRecordId);
    const [rows, total] = await this.store.reads(Clearance).findAndCount({
      where: { oneRecordId: In(oneRecordIds) },
      order: { issuedAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  private async overdue(accounts: readonly Account[], today: string): Promise<Overdue[]> {
    const rows = await this.store.selectIn<{ account_id: number | string; overdue: number | string }>(
      (list) =>
        `SELECT "account_id", SUM("outstanding") AS "overdue" FROM "charges"
         WHERE "account_id" IN (${list}) AND "outstanding" > 0 AND "due_on" <= ? GROUP BY "account_id"`,
      accounts.map(({ id }) => id),
      [today],
    );
    const byId = new Map(accounts.map((account) => [account.id, account]));
    return rows
      .map(({ account_id, overdue }) => {
        const { id: accountId, number, currency } = byId.get(Number(account_id))!;
        const formatted = formatAmount(Number(overdue), currency as Currency);
        return { accountId, number, currency, overdue: String(overdue), formatted };
      })
      .sort((a, b) => a.accountId - b.accountId);
  }

  private async verify(serial: string): Promise<VerificationView | null> {
    const clearance = await this.store.reads(Clearance).findOneBy({ serial });
    if (!clearance) return null;
    const { content, issuedAt, validUntil, revokedAt } = clearance;
    const altered = !isGenuine(clearance);
    const expired = validUntil < localDateOf(this.clock.now());
    const { given, father, grandfather, family, body } = content.holder.nameParts;
    return {
      kind: 'CLEARANCE_CERTIFICATE',
      status: altered ? 'ALTERED' : revokedAt ? 'REVOKED' : expired ? 'EXPIRED' : 'VALID',
      serial,
      issuedOn: localDateOf(issuedAt),
      asOf: null,
      validUntil,
      holder: altered ? null : maskName([given ?? body, father, grandfather, family]),
      totals: [],
    };
  }
}
