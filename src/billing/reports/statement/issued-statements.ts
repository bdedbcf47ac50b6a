import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { officeCode, readSerial, serialOf } from '@libs/serial';
import { In, MoreThan, MoreThanOrEqual } from 'typeorm';
import { holderOf, OneRecords, wrongState } from '../../../citizens';
import { Audit, Staff } from '../../../identity';
import { contentHash, isGenuine, maskName, Prints, Verifications, type VerificationView } from '../../../documents';
import { REPORTS } from '../reports.problems';
import { AccountStatements, type StatementRange } from './account-statements';
import { recordStatementView } from './account-statements.dto';
import { IssuedAccountStatement } from './issued-statement.entity';

const KIND = 'SA';

export type IssuedSummary = Pick<
  IssuedAccountStatement,
  'serial' | 'oneRecordId' | 'issuedAt' | 'firstDay' | 'lastDay' | 'prints'
>;

/** Statements of account under a serial: issued once as a snapshot, read, printed and verified from it ever after. */
@Injectable()
export class IssuedStatements implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly records: OneRecords,
    private readonly statements: AccountStatements,
    private readonly prints: Prints,
    private readonly verifications: Verifications,
    private readonly staff: Staff,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.verifications.register(KIND, (serial) => this.verify(serial));
  }

  /**
   * @throws {Problem} http.not-found, http.invalid, billing.statement-too-long; citizens.wrong-state unless the record
   * is APPROVED or ACTIVATED
   */
  issue(
    oneRecordId: number,
    { purpose, ...range }: Omit<StatementRange, 'knownAt'> & { purpose?: string },
    caller: Principal,
  ): Promise<IssuedAccountStatement> {
    return this.uow.run(async () => {
      // Held, so that its accounts are those of the version that is stated.
      const record = await this.records.hold(oneRecordId);
      if (record.state !== 'APPROVED' && record.state !== 'ACTIVATED') throw wrongState(record);
      const statement = recordStatementView(await this.statements.ofRecord(oneRecordId, range));
      const issuedAt = this.clock.now();
      const issuedBy = (await this.staff.names([caller.userId])).get(caller.userId) ?? caller.username;
      const office = officeCode(await this.staff.departmentCode(caller.departmentId));
      const year = Number(localDateOf(issuedAt).slice(0, 4));
      const id = await this.ids.one();
      // Last, because the next one of this office waits for the sequence from here on.
      const number = await this.ids.reserve(`account-statements-${office}-${year}`, 1);
      const serial = serialOf({ kind: KIND, office, year, number });
      const holder = holderOf(record);
      const content = { serial, issuedAt, issuedBy, purpose: purpose || null, holder, statement };
      const issued: IssuedAccountStatement = {
        id,
        serial,
        office,
        year,
        number,
        oneRecordId,
        issuedAt,
        firstDay: statement.from,
        lastDay: statement.to,
        issuedBy: caller.userId,
        content,
        contentHash: contentHash(content),
        prints: 0,
      };
      await this.store.insert(IssuedAccountStatement, issued);
      await this.audit.record({ action: 'billing.account-statement-issued', detail: { oneRecordId, serial } });
      return issued;
    });
  }

  /** Newest first, also of the records that were merged into it. @throws {Problem} http.not-found */
  async list(oneRecordId: number, query: PageQuery): Promise<Page<IssuedSummary>> {
    const oneRecordIds = await this.records.selves(oneRecordId);
    const [rows, total] = await this.store.reads(IssuedAccountStatement).findAndCount({
      select: {
        id: true,
        serial: true,
        oneRecordId: true,
        issuedAt: true,
        firstDay: true,
        lastDay: true,
        prints: true,
      },
      where: { oneRecordId: In(oneRecordIds) },
      order: { issuedAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /** @param typed a serial as people type it @throws {Problem} billing.statement-unknown, statement-altered */
  async get(typed: string): Promise<IssuedAccountStatement> {
    const read = readSerial(typed);
    const found = read.ok ? await this.store.reads(IssuedAccountStatement).findOneBy({ serial: read.serial }) : null;
    if (!found) throw new Problem(REPORTS['billing.statement-unknown']);
    if (!isGenuine(found)) throw new Problem(REPORTS['billing.statement-altered']);
    return found;
  }

  /** As {@link Prints.count}. */
  countPrint(issued: IssuedAccountStatement): Promise<number> {
    return this.prints.count(IssuedAccountStatement, issued, 'billing.account-statement-printed');
  }

  private async verify(serial: string): Promise<VerificationView | null> {
    const found = await this.store.reads(IssuedAccountStatement).findOneBy({ serial });
    if (!found) return null;
    const { oneRecordId, issuedAt, lastDay, content } = found;
    const genuine = isGenuine(found);
    const where = { oneRecordId, issuedAt: MoreThan(issuedAt), lastDay: MoreThanOrEqual(lastDay) };
    const newer = genuine && (await this.store.reads(IssuedAccountStatement).existsBy(where));
    const { given, father, grandfather, family, body } = content.holder.nameParts;
    return {
      kind: 'STATEMENT_OF_ACCOUNT',
      status: !genuine ? 'ALTERED' : newer ? 'SUPERSEDED' : 'VALID',
      serial,
      issuedOn: localDateOf(issuedAt),
      asOf: lastDay,
      validUntil: null,
      holder: genuine ? maskName([given ?? body, father, grandfather, family]) : null,
      totals: genuine ? content.statement.closing.map(({ closing: balance, ...rest }) => ({ ...rest, balance })) : [],
    };
  }
}
