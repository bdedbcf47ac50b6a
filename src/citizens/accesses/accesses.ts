import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { pageOf, skipped, type Page, type PageQuery, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { RequestTrail, Staff } from '../../identity';
import { OneRecords } from '../one-records/one-records';
import { accessView, type AccessGroup, type AccessView } from './accesses.dto';
import { RecordAccess, type AccessKind } from './record-access.entity';

const COLUMNS = [
  'id',
  'oneRecordId',
  'day',
  'userId',
  'departmentId',
  'role',
  'kind',
  'purpose',
  'at',
  'requestId',
] as const satisfies (keyof RecordAccess)[];

const GROUPS = `SELECT "day", "user_id", "department_id", "role", "kind", "purpose",
    COUNT(*) AS "times", MIN("at") AS "first_at", MAX("at") AS "last_at"
  FROM "record_accesses" WHERE "one_record_id" IN`;
const BY = 'GROUP BY "day", "user_id", "department_id", "role", "kind", "purpose"';

/** Who looked at a citizen's data: noted at each look, and read by the citizen. */
@Injectable()
export class Accesses {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly records: OneRecords,
    private readonly staff: Staff,
    private readonly trail: RequestTrail,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One row a record. @param purpose as the member of staff named it */
  async note(kind: AccessKind, oneRecordIds: readonly number[], by: Principal, purpose: string | null): Promise<void> {
    const at = this.clock.now();
    const who = [by.userId, by.departmentId, by.role];
    const { requestId } = this.trail.current;
    await this.uow.run(async () => {
      const ids = await this.ids.many(oneRecordIds.length);
      const rows = oneRecordIds.map((record, n) => [
        ids[n],
        record,
        localDateOf(at),
        ...who,
        kind,
        purpose,
        at,
        requestId,
      ]);
      await this.store.bulkInsert(RecordAccess, COLUMNS, rows);
    });
  }

  /**
   * What was looked at of a record and of those merged into it, by whom: a line a day, person and kind, the newest first.
   * @throws {Problem} http.not-found
   */
  async of(oneRecordId: number, query: PageQuery): Promise<Page<AccessView>> {
    const selves = await this.records.selves(oneRecordId);
    const groups = `${GROUPS} (${selves.map(() => '?').join(', ')}) ${BY}`;
    const order = '"day" DESC, "last_at" DESC, "user_id", "kind", "role", "department_id", "purpose"';
    const rows = await this.store.sql<AccessGroup>(
      this.store.page(groups, order, skipped(query), query.pageSize),
      selves,
    );
    const [count] = await this.store.sql<{ total: number }>(`SELECT COUNT(*) AS "total" FROM (${groups}) g`, selves);
    const departments = await this.staff.departments(rows.map(({ department_id }) => Number(department_id)));
    const names =
      this.config.accessNames === 'name'
        ? await this.staff.names(rows.map(({ user_id }) => Number(user_id)))
        : new Map<number, string>();
    return pageOf(
      query,
      rows.map((row) => accessView(row, departments, names)),
      Number(count!.total),
    );
  }
}
