import { Inject, Injectable } from '@nestjs/common';
import { daysBetween, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, skipped, type Page, invalidField } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { Audit, Staff } from '../../identity';
import { BankLine } from './bank.entity';
import { BankLines, OPEN_LINES } from './bank-lines';
import type { LinesQuery } from './lines.dto';
import { suspenseByAge, type SuspenseRow } from './suspense.rules';

export interface LineInSuspense {
  line: BankLine;
  /** Minor units, in the sign of the line; zero when it is resolved. */
  open: number;
  /** Days since the bank booked it. */
  days: number;
  owner: string | null;
}

/** Money at the bank of which nobody has said what it is: lists, owners and ages. */
@Injectable()
export class Suspense {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly lines: BankLines,
    private readonly staff: Staff,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The oldest first. */
  async list(query: LinesQuery): Promise<Page<LineInSuspense>> {
    const conditions: string[] = ['1 = 1'];
    const values: unknown[] = [];
    const where = (sql: string, value: unknown) => {
      if (value === undefined) return;
      conditions.push(sql);
      values.push(value);
    };
    where('l."bank_account_id" = ?', query.bankAccountId);
    where('l."statement_id" = ?', query.statementId);
    where('l."owner_id" = ?', query.ownerId);
    where('l."booked_on" >= ?', query.from);
    where('l."booked_on" <= ?', query.to);
    if (query.unassigned) conditions.push('l."owner_id" IS NULL');
    const join = query.all ? '' : `JOIN ${OPEN_LINES} ON o."dimension" = l."dimension"`;
    const from = `FROM "bank_lines" l ${join} WHERE ${conditions.join(' AND ')}`;
    const [count] = await this.store.sql<{ n: number | string }>(`SELECT COUNT(*) AS "n" ${from}`, values);
    const page = this.store.page(
      `SELECT l."id" ${from}`,
      'l."booked_on", l."statement_id", l."position", l."id"',
      skipped(query),
      query.pageSize,
    );
    const ids = (await this.store.sql<{ id: number | string }>(page, values)).map(({ id }) => Number(id));
    const lines = await this.store.reads(BankLine).findBy({ id: In(ids) });
    const byId = new Map((await this.said(lines)).map((each) => [each.line.id, each]));
    return pageOf(
      query,
      ids.map((id) => byId.get(id)!),
      Number(count!.n),
    );
  }

  async said(lines: readonly BankLine[]): Promise<LineInSuspense[]> {
    const open = await this.lines.open(lines.map(({ id }) => id));
    const names = await this.staff.names(lines.flatMap(({ ownerId }) => ownerId ?? []));
    const today = localDateOf(this.clock.now());
    return lines.map((line) => ({
      line,
      open: open.get(line.id)!,
      days: daysBetween(line.bookedOn, today),
      owner: line.ownerId === null ? null : (names.get(line.ownerId) ?? null),
    }));
  }

  /** @throws {Problem} http.not-found; http.invalid for an owner who is no employee */
  assign(
    id: number,
    version: number,
    { ownerId, note }: { ownerId?: number | null; note?: string | null },
  ): Promise<BankLine> {
    return this.uow.run(async () => {
      const line = await this.lines.get(id);
      const changes = {
        ownerId: ownerId === undefined ? line.ownerId : ownerId,
        note: note === undefined ? line.note : note || null,
      };
      if (changes.ownerId !== null && (await this.staff.names([changes.ownerId])).size === 0) {
        throw invalidField('/ownerId', 'unknown');
      }
      const next = await this.store.updateVersioned(BankLine, { id, version }, changes);
      await this.audit.record({
        action: 'billing.bank-line-assigned',
        detail: { lineId: id, ownerId: changes.ownerId },
      });
      return { ...line, ...changes, version: next };
    });
  }

  /** What is open now of lines, cheques and online payments, by owner, currency and age. */
  async byAge(): Promise<{ asOf: string; rows: (SuspenseRow & { owner: string | null })[] }> {
    const asOf = localDateOf(this.clock.now());
    const open = await this.store.sql<Record<string, string | number | null>>(
      `SELECT l."owner_id", l."currency", l."booked_on", o."sum" FROM "bank_lines" l
       JOIN ${OPEN_LINES} ON o."dimension" = l."dimension"`,
    );
    const rows = suspenseByAge(
      [...open, ...(await this.besidesLines())].map(({ owner_id, currency, booked_on, sum }) => ({
        ownerId: owner_id === null ? null : Number(owner_id),
        currency: String(currency),
        bookedOn: String(booked_on),
        open: -Number(sum),
      })),
      asOf,
    );
    const names = await this.staff.names(rows.flatMap(({ ownerId }) => ownerId ?? []));
    const owned = rows.map((row) => ({
      ...row,
      owner: row.ownerId === null ? null : (names.get(row.ownerId) ?? null),
    }));
    return { asOf, rows: owned };
  }

  /** Cheques and online payments whose account was closed, which are nobody's: since the day on which the money came. */
  private besidesLines(): Promise<Record<string, string | number | null>[]> {
    return this.store.sql(
      `SELECT NULL AS "owner_id", e."currency", MIN(e."posted_on") AS "booked_on", SUM(e."amount") AS "sum"
       FROM "ledger_entries" e WHERE e."ledger" = 'SUSPENSE'
         AND (e."dimension" LIKE 'cheque:%' OR e."dimension" LIKE 'gateway:%')
       GROUP BY e."dimension", e."currency" HAVING SUM(e."amount") <> 0`,
    );
  }
}
