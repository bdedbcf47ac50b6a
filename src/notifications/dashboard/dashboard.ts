import { Injectable } from '@nestjs/common';
import { addDays, daysBetween, startOfLocalDay, type Instant, type LocalDate } from '@libs/calendar';
import { invalidField } from '@libs/http';
import type { Lane } from '@libs/outbox';
import { Store } from '@libs/persistence';
import type { MessageState } from '../messages/message-state.rules';
import type { Channel } from '../templates/template.entity';
import { percentile } from './percentiles';

const MOST_DAYS = 92;
/** Newest messages of the range whose times are looked at. */
const SAMPLE = 20_000;

export interface Outcomes {
  messages: number;
  /** Taken by the provider, of which nothing later is known. */
  sent: number;
  delivered: number;
  failed: number;
  suppressed: number;
  waiting: number;
  segments: number;
  /** Agorot. */
  cost: number;
}
export type Outcome = Exclude<keyof Outcomes, 'messages' | 'segments' | 'cost'>;

const OUTCOME: Record<MessageState, Outcome> = {
  QUEUED: 'waiting',
  SENDING: 'waiting',
  TEMPORARY_FAILURE: 'waiting',
  SENT: 'sent',
  PENDING: 'sent',
  DELIVERED: 'delivered',
  TECHNICAL_FAILURE: 'failed',
  EXPIRED: 'failed',
  PERMANENT_FAILURE: 'failed',
  SUPPRESSED: 'suppressed',
  CANCELLED: 'suppressed',
};

/** By the prefix of a mobile. */
const OPERATOR = `CASE WHEN m."recipient" LIKE '+97059%' THEN 'JAWWAL' WHEN m."recipient" LIKE '+97056%' THEN 'OOREDOO'
  ELSE 'OTHER' END`;

export interface Latency {
  channel: Channel;
  lane: Lane;
  /** Messages looked at, the newest of the range. */
  sample: number;
  /** From queueing until the provider had it, milliseconds. */
  sentP50: number | null;
  sentP95: number | null;
  /** From then until its delivery was reported. */
  deliveredP50: number | null;
  deliveredP95: number | null;
}

export type Grouped = Outcomes & { key: string };

export interface Failure {
  operator: string;
  code: string;
  messages: number;
}

export interface DashboardData {
  channels: Grouped[];
  operators: Grouped[];
  templates: Grouped[];
  departments: Grouped[];
  failures: Failure[];
  latencies: Latency[];
}

interface GroupRow {
  key: string | number | null;
  state: MessageState;
  n: number | string;
  segments: number | string;
  cost: number | string;
}
interface TimeRow {
  channel: Channel;
  lane: Lane;
  state: MessageState;
  created: string | Date;
  sent: string | Date;
  settled: string | Date | null;
}

/** How sending goes, over days of Hebron: everything is read by the index of the instant of creation. */
@Injectable()
export class Dashboard {
  constructor(private readonly store: Store) {}

  /** @param to included @throws {Problem} http.invalid for days in the wrong order or too many */
  async of(from: LocalDate, to: LocalDate): Promise<DashboardData> {
    if (from > to) throw invalidField('/to', 'notBeforeFrom');
    if (daysBetween(from, to) >= MOST_DAYS) throw invalidField('/to', 'tooLong');
    const range: [Instant, Instant] = [startOfLocalDay(from), startOfLocalDay(addDays(to, 1))];
    return {
      channels: await this.grouped('m."channel"', range),
      operators: await this.grouped(OPERATOR, range, `m."channel" = 'SMS' AND`),
      templates: await this.grouped('t."code"', range),
      departments: await this.grouped('d."code"', range),
      failures: await this.failures(range),
      latencies: await this.latencies(range),
    };
  }

  /** @param key SQL; null keys become '' */
  private async grouped(key: string, range: readonly Instant[], only = ''): Promise<Grouped[]> {
    const rows = await this.store.sql<GroupRow>(
      `SELECT ${key} AS "key", m."state", COUNT(*) AS "n", SUM(m."segments") AS "segments", SUM(m."cost") AS "cost"
       FROM "messages" m LEFT JOIN "message_templates" t ON t."id" = m."template_id"
       LEFT JOIN "departments" d ON d."id" = m."department_id"
       WHERE ${only} m."created_at" >= ? AND m."created_at" < ? GROUP BY ${key}, m."state"`,
      range,
    );
    const groups = new Map<string, Grouped>();
    for (const { key: found, state, n, segments, cost } of rows) {
      const name = String(found ?? '');
      const group = groups.get(name) ?? { key: name, ...NOTHING };
      group.messages += Number(n);
      group[OUTCOME[state]] += Number(n);
      group.segments += Number(segments);
      group.cost += Number(cost);
      groups.set(name, group);
    }
    return [...groups.values()].sort((a, b) => b.messages - a.messages || (a.key < b.key ? -1 : 1));
  }

  private async failures(range: readonly Instant[]): Promise<Failure[]> {
    const rows = await this.store.sql<{ operator: string; code: string | null; n: number | string }>(
      `SELECT ${OPERATOR} AS "operator", m."failure_code" AS "code", COUNT(*) AS "n" FROM "messages" m
       WHERE m."channel" = 'SMS' AND m."state" IN ('TECHNICAL_FAILURE', 'EXPIRED', 'PERMANENT_FAILURE')
         AND m."created_at" >= ? AND m."created_at" < ? GROUP BY ${OPERATOR}, m."failure_code"`,
      range,
    );
    return rows
      .map(({ operator, code, n }) => ({ operator, code: code ?? '', messages: Number(n) }))
      .sort((a, b) => b.messages - a.messages || (a.operator + a.code < b.operator + b.code ? -1 : 1));
  }

  private async latencies(range: readonly Instant[]): Promise<Latency[]> {
    const rows = await this.store.sql<TimeRow>(
      this.store.page(
        `SELECT m."channel", m."lane", m."state", m."created_at" AS "created", m."sent_at" AS "sent",
           m."settled_at" AS "settled"
         FROM "messages" m WHERE m."sent_at" IS NOT NULL AND m."created_at" >= ? AND m."created_at" < ?`,
        'm."created_at" DESC, m."id" DESC',
        0,
        SAMPLE,
      ),
      range,
    );
    const groups = new Map<string, TimeRow[]>();
    for (const row of rows) {
      const key = `${row.channel} ${row.lane}`;
      const group = groups.get(key);
      if (group) group.push(row);
      else groups.set(key, [row]);
    }
    return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => latencyOf(list));
  }
}

const NOTHING: Outcomes = {
  ...{ messages: 0, sent: 0, delivered: 0, failed: 0, suppressed: 0, waiting: 0, segments: 0, cost: 0 },
};

function latencyOf(rows: readonly TimeRow[]): Latency {
  const { channel, lane } = rows[0]!;
  const sent = rows.map((row) => millis(row.sent) - millis(row.created));
  const delivered = rows.flatMap(({ state, sent: at, settled }) =>
    state === 'DELIVERED' && settled !== null ? [millis(settled) - millis(at)] : [],
  );
  return {
    ...{ channel, lane, sample: rows.length },
    ...{ sentP50: percentile(sent, 50), sentP95: percentile(sent, 95) },
    ...{ deliveredP50: percentile(delivered, 50), deliveredP95: percentile(delivered, 95) },
  };
}

const millis = (instant: string | Date): number => new Date(instant).getTime();
