import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, skipped } from '@libs/http';
import { Store } from '@libs/persistence';
import { readSerial } from '@libs/serial';
import { isGenuine } from '../../documents';
import { standingOf } from './dunning.rules';
import { DUNNING } from './dunning.problems';
import { Warning, type WarningState } from './warning.entity';
import type { WarningsQuery } from './warnings.dto';

/** A warning beside what has become of its debt. */
export interface WarningNow {
  warning: Warning;
  /** Where it stands today: `state` is brought up to this by every act and every night. */
  standing: WarningState;
  /** Minor units still owed, by charge. */
  outstanding: ReadonlyMap<number, number>;
}

/** Warnings as they were issued and as they stand. */
@Injectable()
export class Warnings {
  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param typed a serial as people type it @throws {Problem} http.not-found; billing.warning-altered */
  async get(typed: string): Promise<WarningNow> {
    const read = readSerial(typed);
    const warning = read.ok ? await this.store.reads(Warning).findOneBy({ serial: read.serial }) : null;
    if (!warning) throw new Problem('http.not-found');
    return (await this.now([genuine(warning)]))[0]!;
  }

  /** Newest first; `state` is that of the last review or act. */
  async list(query: WarningsQuery): Promise<[WarningNow[], number]> {
    const { state, runId, oneRecordId, legacyCitizenId, accountId, deadlineBefore } = query;
    const found = this.store.query(Warning, 'w').where('1 = 1');
    if (state) found.andWhere('w.state = :state', { state });
    if (runId) found.andWhere('w.runId = :runId', { runId });
    if (oneRecordId) found.andWhere('w.oneRecordId = :oneRecordId', { oneRecordId });
    if (legacyCitizenId) found.andWhere('w.legacyCitizenId = :legacyCitizenId', { legacyCitizenId });
    if (deadlineBefore) found.andWhere('w.deadlineOn < :deadlineBefore', { deadlineBefore });
    if (accountId) {
      found.andWhere(
        `EXISTS (SELECT 1 FROM "warning_charges" wc JOIN "charges" c ON c."id" = wc."charge_id"
           WHERE wc."warning_id" = "w"."id" AND c."account_id" = :accountId)`,
        { accountId },
      );
    }
    // All of them are too many to be sorted: there the ids of processes that issue at once may be out of order.
    if (runId ?? oneRecordId ?? legacyCitizenId ?? accountId) found.orderBy('w.issuedAt', 'DESC');
    const [rows, total] = await found
      .addOrderBy('w.id', 'DESC')
      .skip(skipped(query))
      .take(query.pageSize)
      .getManyAndCount();
    return [await this.now(rows), total];
  }

  /**
   * Of a run in the order of their numbers, for the printer: those from `offset` on that still have to be paid. The place
   * of a warning stays the same, whatever becomes of the others.
   * @throws {Problem} billing.no-warnings, warning-altered
   */
  async ofRun(runId: number, offset: number, limit: number): Promise<Warning[]> {
    const page = { order: { year: 'ASC' as const, number: 'ASC' as const }, skip: offset, take: limit };
    const rows = await this.store.reads(Warning).find({ where: { runId }, ...page });
    const owed = rows.filter(({ state }) => state !== 'WITHDRAWN' && state !== 'PAID');
    if (owed.length === 0) throw new Problem(DUNNING['billing.no-warnings']);
    return owed.map(genuine);
  }

  /** Charges that another warning names by now are that one's. */
  async now(warnings: readonly Warning[]): Promise<WarningNow[]> {
    const rows = await this.store.selectIn<Record<'warning_id' | 'charge_id' | 'outstanding', number | string>>(
      (list) =>
        `SELECT wc."warning_id", wc."charge_id", c."outstanding" FROM "warning_charges" wc
         JOIN "charges" c ON c."id" = wc."charge_id"
         LEFT JOIN "warning_charges" other ON other."live_charge_id" = wc."charge_id" AND other."warning_id" <> wc."warning_id"
         WHERE wc."warning_id" IN (${list}) AND other."id" IS NULL AND c."outstanding" > 0`,
      warnings.map(({ id }) => id),
    );
    const byWarning = new Map<number, Map<number, number>>();
    for (const { warning_id, charge_id, outstanding } of rows) {
      const owed = byWarning.get(Number(warning_id)) ?? new Map<number, number>();
      byWarning.set(Number(warning_id), owed.set(Number(charge_id), Number(outstanding)));
    }
    const today = localDateOf(this.clock.now());
    return warnings.map((warning) => {
      const outstanding = byWarning.get(warning.id) ?? new Map<number, number>();
      return { warning, standing: standingOf(warning, outstanding.size > 0, today), outstanding };
    });
  }
}

function genuine(warning: Warning): Warning {
  if (!isGenuine(warning)) throw new Problem(DUNNING['billing.warning-altered']);
  return warning;
}
