import { Inject, Injectable } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { In, LessThan } from 'typeorm';
import { Staff } from '../../identity';
import { MatchBooks } from '../matching/runs/match-books';
import { OneRecord } from '../one-records/one-record.entity';
import type { EmployeeLinkageView, LinkageReport } from './linkage.dto';

const LISTED = 100;

@Injectable()
export class LinkageService {
  constructor(
    private readonly store: Store,
    private readonly staff: Staff,
    private readonly matching: MatchBooks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async report(days: number): Promise<LinkageReport> {
    const rows = await this.count(`SELECT COUNT(*) AS "n" FROM "legacy_citizens" WHERE "vanished_run_id" IS NULL`);
    const withoutDocument = await this.count(
      `SELECT COUNT(*) AS "n" FROM "legacy_citizens" WHERE "vanished_run_id" IS NULL AND "document_key" IS NULL`,
    );
    const linked = await this.count(
      `SELECT COUNT(DISTINCT l."active_citizen_id") AS "n" FROM "one_record_links" l
       JOIN "legacy_citizens" c ON c."id" = l."active_citizen_id" WHERE c."vanished_run_id" IS NULL`,
    );
    const records = this.store.reads(OneRecord);
    const approved = await records.countBy({ state: In(['APPROVED', 'ACTIVATED', 'SUSPENDED']) });
    const activated = await this.count(
      `SELECT COUNT(*) AS "n" FROM "one_records" WHERE "state" = 'ACTIVATED' OR "resumes_as" = 'ACTIVATED'`,
    );
    const [pending, pendingTooLong] = await records.findAndCount({
      where: { state: 'PENDING_APPROVAL', submittedAt: LessThan(addDuration(this.clock.now(), { days: -days })) },
      order: { submittedAt: 'ASC', id: 'ASC' },
      take: LISTED,
    });
    return {
      legacyRows: rows,
      unlinkedRows: rows - linked,
      unlinkedHundredths: hundredths(rows - linked, rows),
      rowsWithoutDocument: withoutDocument,
      withoutDocumentHundredths: hundredths(withoutDocument, rows),
      approvedRecords: approved,
      activatedRecords: activated,
      activationHundredths: hundredths(activated, approved),
      pendingTooLong,
      pending: pending.map(({ id, number, submittedAt }) => ({ oneRecordId: id, number, submittedAt: submittedAt! })),
      openProposals: await this.matching.openByBand(),
      employees: await this.employees(),
    };
  }

  private async employees(): Promise<EmployeeLinkageView[]> {
    const links = await this.perEmployee(
      `SELECT "linked_by" AS "employee", COUNT(*) AS "n" FROM "one_record_links" GROUP BY "linked_by"`,
    );
    const reversals = await this.perEmployee(
      `SELECT "employee_id" AS "employee", COUNT(*) AS "n" FROM "one_record_transactions"
       WHERE "action" IN ('UNLINK', 'SPLIT', 'UNMERGE') AND "employee_id" IS NOT NULL GROUP BY "employee_id"`,
    );
    const ids = [...new Set([...links.keys(), ...reversals.keys()])].sort((a, b) => a - b);
    const names = await this.staff.names(ids);
    return ids.map((employeeId) => ({
      employeeId,
      employeeName: names.get(employeeId) ?? null,
      links: links.get(employeeId) ?? 0,
      reversals: reversals.get(employeeId) ?? 0,
    }));
  }

  private async perEmployee(sql: string): Promise<Map<number, number>> {
    const rows = await this.store.sql<{ employee: number | string; n: number | string }>(sql);
    return new Map(rows.map(({ employee, n }) => [Number(employee), Number(n)]));
  }

  private async count(sql: string): Promise<number> {
    const [row] = await this.store.sql<{ n: number | string }>(sql);
    return Number(row!.n);
  }
}

/** Half-up; 0 of 0 is 0. */
const hundredths = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part * 10_000) / whole));
