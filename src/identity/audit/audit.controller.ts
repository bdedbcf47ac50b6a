import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { addDuration, startOfLocalDay, type LocalDate } from '@libs/calendar';
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
import { AUDIT_OUTCOMES, AuditEntry, type AuditOutcome } from './audit-entry.entity';

class AuditQuery extends PageQuery {
  @Txt({ optional: true, max: 100, example: 'clerk', about: 'username' }) actor?: string;
  @Txt({ optional: true, max: 80, example: 'identity.login' }) action?: string;
  @OneOf(AUDIT_OUTCOMES, { optional: true, example: 'REFUSED' }) outcome?: AuditOutcome;
  @DateField({ optional: true, about: 'first day, Asia/Hebron' }) from?: LocalDate;
  @DateField({ optional: true, about: 'last day, inclusive' }) to?: LocalDate;
}

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

const dayAfter = (date: LocalDate): LocalDate => addDuration(`${date}T00:00:00.000Z`, { days: 1 }).slice(0, 10);

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
    const { actor, action, outcome, from, to } = query;
    const found = this.store.query(AuditEntry, 'a').orderBy('a.at', 'DESC').addOrderBy('a.id', 'DESC');
    if (actor !== undefined) found.andWhere('a.actorName = :actor', { actor });
    if (action !== undefined) found.andWhere('a.action = :action', { action });
    if (outcome !== undefined) found.andWhere('a.outcome = :outcome', { outcome });
    if (from !== undefined) found.andWhere('a.at >= :since', { since: startOfLocalDay(from) });
    if (to !== undefined) found.andWhere('a.at < :until', { until: startOfLocalDay(dayAfter(to)) });
    const [rows, total] = await found.skip(skipped(query)).take(query.pageSize).getManyAndCount();
    return pageOf(query, rows.map(view), total);
  }
}
