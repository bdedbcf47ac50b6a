import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags, IntersectionType } from '@nestjs/swagger';
import { addDays, startOfLocalDay, type Instant, type LocalDate } from '@libs/calendar';
import {
  Allow,
  ApiPage,
  DateField,
  Id,
  InstantField,
  JsonField,
  OneOf,
  PageQuery,
  pageOf,
  Refuses,
  skipped,
  Txt,
  type Page,
} from '@libs/http';
import { Store } from '@libs/persistence';
import { stringify } from 'csv-stringify';
import { AUDIT_OUTCOMES, AuditEntry, type AuditOutcome } from './audit-entry.entity';

/** Rows that are read at once. */
const CSV_PAGE = 1000;

class AuditFilter {
  @Txt({ optional: true, max: 100, example: 'clerk', about: 'username' }) actor?: string;
  @Txt({ optional: true, max: 80, example: 'identity.login' }) action?: string;
  @OneOf(AUDIT_OUTCOMES, { optional: true, example: 'REFUSED' }) outcome?: AuditOutcome;
  @DateField({ optional: true, about: 'first day, Asia/Hebron' }) from?: LocalDate;
  @DateField({ optional: true, about: 'last day, inclusive' }) to?: LocalDate;
}

class AuditQuery extends IntersectionType(PageQuery, AuditFilter) {}

class AuditEntryView {
  @Id() id: number;
  @InstantField() at: string;
  @Id({ nullable: true }) actorId: number | null;
  @Txt({ nullable: true, example: 'clerk', about: 'for a login, as it was typed' }) actor: string | null;
  @Txt({ example: 'identity.login' }) action: string;
  @OneOf(AUDIT_OUTCOMES, { example: 'REFUSED' }) outcome: string;
  @Txt({ nullable: true, example: '10.1.4.23' }) ip: string | null;
  @Txt({ nullable: true, example: 'req-1b' }) requestId: string | null;
  @JsonField({ nullable: true, example: { reason: 'CREDENTIALS' } }) detail: unknown;
}

const view = ({ id, at, actorId, actorName, action, outcome, ip, requestId, detail }: AuditEntry): AuditEntryView => ({
  id,
  at,
  actorId,
  actor: actorName,
  action,
  outcome,
  ip,
  requestId,
  detail,
});

@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(private readonly store: Store) {}

  @Get()
  @Allow('identity.audit.read')
  @ApiOperation({ summary: 'Who did or tried what, the newest first' })
  @ApiPage(AuditEntryView)
  @Refuses('http.invalid')
  async list(@Query() query: AuditQuery): Promise<Page<AuditEntryView>> {
    const found = this.found(query).orderBy('a.at', 'DESC').addOrderBy('a.id', 'DESC');
    const [rows, total] = await found.skip(skipped(query)).take(query.pageSize).getManyAndCount();
    return pageOf(query, rows.map(view), total);
  }

  @Get('csv')
  @Allow('identity.audit.read')
  @ApiOperation({ summary: 'The same as CSV, the oldest first; UTF-8 with BOM' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  @Refuses('http.invalid')
  csv(@Query() filter: AuditFilter): StreamableFile {
    const columns = ['id', 'at', 'actor', 'action', 'outcome', 'ip', 'requestId', 'detail'];
    const options = { bom: true, header: true, columns, escape_formulas: true, record_delimiter: 'windows' as const };
    const text = Readable.from(this.rows(filter)).compose(stringify(options)) as Readable;
    return new StreamableFile(text, {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="audit.csv"',
    });
  }

  private async *rows(filter: AuditFilter): AsyncGenerator<(string | number | null)[]> {
    for (let after: { at: Instant; id: number } | undefined; ;) {
      const found = this.found(filter).orderBy('a.at').addOrderBy('a.id').limit(CSV_PAGE);
      if (after) found.andWhere('(a.at > :at OR (a.at = :at AND a.id > :id))', after);
      const rows = (await found.getMany()).map(view);
      for (const { id, at, actor, action, outcome, ip, requestId, detail } of rows) {
        yield [id, at, actor, action, outcome, ip, requestId, detail === null ? null : JSON.stringify(detail)];
      }
      if (rows.length < CSV_PAGE) return;
      const { at, id } = rows.at(-1)!;
      after = { at, id };
    }
  }

  private found({ actor, action, outcome, from, to }: AuditFilter) {
    const found = this.store.query(AuditEntry, 'a');
    if (actor !== undefined) found.andWhere('a.actorName = :actor', { actor });
    if (action !== undefined) found.andWhere('a.action = :action', { action });
    if (outcome !== undefined) found.andWhere('a.outcome = :outcome', { outcome });
    if (from !== undefined) found.andWhere('a.at >= :since', { since: startOfLocalDay(from) });
    if (to !== undefined) found.andWhere('a.at < :until', { until: startOfLocalDay(addDays(to, 1)) });
    return found;
  }
}
