import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, skipped, type Page, type PageQuery, pageOf, type Principal, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { officeCode, readSerial, serialOf } from '@libs/serial';
import { In, MoreThan, MoreThanOrEqual } from 'typeorm';
import { Audit, Staff } from '../../identity';
import { LegacyMirror } from '../../legacy';
import { contentHash, isGenuine, Prints, Verifications, type VerificationView } from '../../documents';
import { OneRecords, wrongState } from '../one-records/one-records';
import { accountsOf, holderOf, type StatedAccount, type StatementContent } from './content';
import { Statement } from './statement.entity';
import { verificationView, type IssueStatement, type StatementSummary } from './statements.dto';
import { CODES } from './statements.problems';

/** Accounts that no old system knows, of the record itself, as they stood at the end of a day. */
export type HeldSource = (oneRecordId: number, asOf: string) => Promise<StatedAccount[]>;

/** Statements of balances (كشف أرصدة): issued once as a snapshot, read and printed from it ever after. */
@Injectable()
export class Statements implements OnModuleInit {
  private held: HeldSource = () => Promise.resolve([]);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly records: OneRecords,
    private readonly legacy: LegacyMirror,
    private readonly staff: Staff,
    private readonly audit: Audit,
    private readonly prints: Prints,
    private readonly verifications: Verifications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.verifications.register('ST', (serial) => this.verify(serial));
  }

  /** From now on `source` knows the accounts that a record holds itself. */
  heldFrom(source: HeldSource): void {
    this.held = source;
  }

  /**
   * States the balances of all active linked accounts at the end of `asOf` (default today), under the next serial of
   * the caller's office and the year.
   * @throws {Problem} http.not-found; http.invalid for a day to come; citizens.wrong-state unless APPROVED or ACTIVATED
   */
  issue(oneRecordId: number, { asOf, purpose }: IssueStatement, caller: Principal): Promise<Statement> {
    const issuedAt = this.clock.now();
    const today = localDateOf(issuedAt);
    const day = asOf ?? today;
    if (day > today) throw invalidField('/asOf', 'notAfterToday');
    return this.uow.run(async () => {
      // Held, so that its accounts are those of the version that is stated.
      const record = await this.records.hold(oneRecordId);
      if (record.state !== 'APPROVED' && record.state !== 'ACTIVATED') throw wrongState(record);
      const accounts = await this.accounts(oneRecordId, day);
      const issuedBy = (await this.staff.names([caller.userId])).get(caller.userId) ?? caller.username;
      const office = officeCode(await this.staff.departmentCode(caller.departmentId));
      const year = Number(today.slice(0, 4));
      // Last, because the next one of this office waits for the sequence from here on.
      const number = await this.ids.reserve(`statements-${office}-${year}`, 1);
      const serial = serialOf({ kind: 'ST', office, year, number });
      const holder = holderOf(record);
      const content = { serial, issuedAt, asOf: day, purpose: purpose || null, issuedBy, holder, ...accounts };
      const statement: Statement = {
        id: await this.ids.one(),
        serial,
        office,
        year,
        number,
        oneRecordId,
        recordVersion: record.version,
        issuedAt,
        asOf: day,
        issuedBy: caller.userId,
        content,
        contentHash: contentHash(content),
        prints: 0,
      };
      await this.store.insert(Statement, statement);
      await this.audit.record({ action: 'citizens.statement-issued', detail: { oneRecordId, serial } });
      return statement;
    });
  }

  /** What a statement of today would say, without issuing one. */
  balancesNow(oneRecordId: number): Promise<Pick<StatementContent, 'own' | 'related'>> {
    return this.uow.run(() => this.accounts(oneRecordId, localDateOf(this.clock.now())));
  }

  /** Newest first, also of the records that were merged into it. @throws {Problem} http.not-found */
  async list(oneRecordId: number, query: PageQuery): Promise<Page<StatementSummary>> {
    const oneRecordIds = await this.records.selves(oneRecordId);
    const [rows, total] = await this.store.reads(Statement).findAndCount({
      select: { id: true, serial: true, oneRecordId: true, issuedAt: true, asOf: true, prints: true },
      where: { oneRecordId: In(oneRecordIds) },
      order: { issuedAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /**
   * @param typed a serial as people type it
   * @throws {Problem} citizens.statement-unknown, citizens.serial-mistyped, citizens.statement-altered
   */
  async get(typed: string): Promise<Statement> {
    const statement = await this.find(typed);
    if (!isGenuine(statement)) throw new Problem(CODES['citizens.statement-altered']);
    return statement;
  }

  private async find(typed: string): Promise<Statement> {
    const read = readSerial(typed);
    if (!read.ok && read.reason === 'mistyped') throw new Problem(CODES['citizens.serial-mistyped']);
    const statement = read.ok ? await this.store.reads(Statement).findOneBy({ serial: read.serial }) : null;
    if (!statement) throw new Problem(CODES['citizens.statement-unknown']);
    return statement;
  }

  /** What strangers may know of a statement: it is superseded once a later one of the record covers its day. */
  async verify(serial: string): Promise<VerificationView | null> {
    const statement = await this.store.reads(Statement).findOneBy({ serial });
    if (!statement) return null;
    if (!isGenuine(statement)) return verificationView(statement, 'ALTERED');
    const { oneRecordId, issuedAt, asOf } = statement;
    const where = { oneRecordId, issuedAt: MoreThan(issuedAt), asOf: MoreThanOrEqual(asOf) };
    const superseded = await this.store.reads(Statement).existsBy(where);
    return verificationView(statement, superseded ? 'SUPERSEDED' : 'VALID');
  }

  /** As {@link Prints.count}. */
  countPrint(statement: Statement): Promise<number> {
    return this.prints.count(Statement, statement, 'citizens.statement-printed');
  }

  private async accounts(oneRecordId: number, asOf: string): Promise<Pick<StatementContent, 'own' | 'related'>> {
    const links = await this.records.linkedCitizens(oneRecordId);
    const services = await this.legacy.servicesOf(links.map(({ legacyCitizenId }) => legacyCitizenId));
    const balances = await this.legacy.balances(
      services.map(({ id }) => id),
      asOf,
    );
    return accountsOf(links, services, balances, asOf, await this.held(oneRecordId, asOf));
  }
}
