import { Inject, Injectable } from '@nestjs/common';
import { compare, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { Subscription } from '../subscriptions/subscription.entity';
import type { Draft, Read } from './capture.rules';
import { ReaderDays } from './reader-days';
import { ReadingClosings } from './reading-closings';
import { Reading, type ReadingState } from './reading.entity';
import { limitsOf, walkLimitsOf } from './reading-settings';
import type { RefusalCode } from './readings.problems';
import { refusalOf, standingIn } from './refusal.rules';
import { judgeAt, rejudgeAfter, type Site, type Standing } from './rejudge.rules';
import { Sites, type NamedSites } from './sites';
import { StandingRows, type Histories } from './standing-rows';
import { Visits } from './visits';

interface Known {
  id: number;
  state: ReadingState;
  anomalies: readonly string[];
}

/** What became of one reading. */
export type Outcome = { outcome: 'ACCEPTED' | 'DUPLICATE'; reading: Known } | { outcome: 'REFUSED'; code: RefusalCode };

export interface CapturedBy {
  userId: number | null;
  /** Of the office: may put a reading in the place of another. */
  mayCorrect: boolean;
}

/** A reading that is being taken; `seenAt` is as the sender gave it. */
type Fresh = Reading & { seenAt: string | null };

/** What a batch changes. */
class Work {
  readonly fresh: Fresh[] = [];
  readonly judgedAgain = new Set<Standing>();
  readonly displaced: { row: Standing; note: string }[] = [];
  readonly corrections: { readingId: number; replaces: number; reason: string }[] = [];
}

const COLUMNS = [
  ...(['id', 'version', 'subscriptionId', 'installationId', 'standingInstallationId', 'period', 'readOn'] as const),
  ...(['value', 'consumption', 'state', 'source', 'noAccess', 'anomalies', 'reader', 'clientKey'] as const),
  ...(['capturedAt', 'receivedAt', 'recordedBy', 'note'] as const),
];

/** Takes readings in: of handhelds, files and the counter, in any order, each once. */
@Injectable()
export class Capture {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly sites: Sites,
    private readonly standing: StandingRows,
    private readonly days: ReaderDays,
    private readonly closings: ReadingClosings,
    private readonly visits: Visits,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In one unit, each reading for itself: one that is refused stops no other. At most 2,000. @returns in the order given */
  take(readings: readonly Read<Draft>[], by: CapturedBy): Promise<Outcome[]> {
    const act = () => this.uow.run(() => this.all(readings, by));
    // A key that comes twice at once for two subscriptions: the second finds the first's reading when it looks again.
    return act().catch((error: unknown) => (isUniqueViolation(error) ? act() : Promise.reject(error as Error)));
  }

  private async all(readings: readonly Read<Draft>[], by: CapturedBy): Promise<Outcome[]> {
    const outcomes = readings.map<Outcome>((read) => ({
      outcome: 'REFUSED',
      code: 'refused' in read ? read.refused : 'water.reading-malformed',
    }));
    // Earlier periods first: a reading is judged by what came before it.
    const drafts = readings
      .flatMap((read, index) => ('ok' in read ? [{ ...read.ok, index }] : []))
      .sort((a, b) => compare(a.period, b.period) || a.index - b.index);
    if (drafts.length === 0) return outcomes;
    const sites = await this.held(drafts);
    const named = drafts.map((draft) => ({ draft, site: sites.of(draft) }));
    const found = named.flatMap(({ site }) => ('ok' in site ? [site.ok] : []));
    const known = await this.known(drafts.flatMap(({ clientKey }) => clientKey ?? []));
    const { period } = drafts[0]!;
    const histories = await this.standing.of(found.map(({ subscriptionId }) => subscriptionId), period); // prettier-ignore
    const closed = await this.closings.closed(found.flatMap(({ routeId }) => routeId ?? []), period); // prettier-ignore
    const ids = await this.ids.many(drafts.length);
    const work = new Work();
    for (const [at, { draft, site }] of named.entries()) {
      const twin = draft.clientKey === null ? undefined : known.get(draft.clientKey);
      if (twin) {
        outcomes[draft.index] = { outcome: 'DUPLICATE', reading: twin };
        continue;
      }
      const history = 'ok' in site ? histories.get(site.ok.subscriptionId)! : [];
      const code = 'ok' in site ? refusalOf(draft, site.ok, history, closed, by.mayCorrect) : site.refused;
      if (code !== null) {
        outcomes[draft.index] = { outcome: 'REFUSED', code };
        continue;
      }
      const reading = this.place(draft, (site as { ok: Site }).ok, histories, ids[at]!, by, work);
      if (draft.clientKey !== null) known.set(draft.clientKey, reading);
      outcomes[draft.index] = { outcome: 'ACCEPTED', reading };
    }
    await this.days.mark(work.fresh, walkLimitsOf(this.config));
    await this.write(work, by.userId);
    await this.record(outcomes, work);
    return outcomes;
  }

  /** The meters as they stand while their subscriptions are held. */
  private async held(drafts: readonly Draft[]): Promise<NamedSites> {
    const sites = await this.sites.named(drafts);
    const ids = drafts
      .map((draft) => sites.of(draft))
      .flatMap((site) => ('ok' in site ? [site.ok.subscriptionId] : []));
    await this.store.hold(Subscription, [...new Set(ids)]);
    return this.sites.named(drafts);
  }

  private async known(keys: readonly string[]): Promise<Map<string, Known>> {
    const rows = await this.store.selectIn<Record<'id' | 'key' | 'state' | 'anomalies', never>>(
      (list) =>
        `SELECT "id", "client_key" AS "key", "state", "anomalies" FROM "water_readings" WHERE "client_key" IN (${list})`,
      keys,
    );
    return new Map(
      rows.map(({ id, key, state, anomalies }) => [
        key,
        { id: Number(id), state, anomalies: JSON.parse(anomalies) as string[] },
      ]),
    );
  }

  /** Judges it and puts it among those that stand. */
  private place(draft: Draft, site: Site, histories: Histories, id: number, by: CapturedBy, work: Work): Fresh {
    const { period, readOn, value, note } = draft;
    const reading = freshOf(draft, site, { id, receivedAt: this.clock.now(), recordedBy: by.userId });
    work.fresh.push(reading);
    if (value === null) return reading;
    const history = histories.get(site.subscriptionId)!;
    const displaced = standingIn(history, site, period);
    if (displaced) {
      history.splice(history.indexOf(displaced), 1);
      const reason = draft.replaces === null ? 'READ' : note!;
      work.displaced.push({ row: displaced, note: reason });
      if (draft.replaces !== null) work.corrections.push({ readingId: id, replaces: displaced.id, reason });
    }
    const limits = limitsOf(this.config);
    Object.assign(reading, judgeAt({ value, readOn, period }, site, history, limits));
    const later = history.findIndex((row) => row.period > period);
    history.splice(later < 0 ? history.length : later, 0, reading as Fresh & Standing);
    const { changed, dropped } = rejudgeAfter(history, site, period, limits);
    changed.forEach((row) => work.judgedAgain.add(row));
    work.displaced.push(...dropped.map((row) => ({ row, note: 'BASIS' })));
    return reading;
  }

  private async write({ fresh, judgedAgain, displaced }: Work, by: number | null): Promise<void> {
    const isNew = new Set(fresh.map(({ id }) => id));
    const gone = new Set(displaced.map(({ row }) => row.id));
    for (const { row, note } of displaced) await this.standing.reject([row], note, by);
    await this.standing.judgedAgain([...judgedAgain].filter(({ id }) => !isNew.has(id) && !gone.has(id)));
    const rows = fresh.map((row) =>
      COLUMNS.map((name) => (name === 'anomalies' ? JSON.stringify(row.anomalies) : row[name])),
    );
    await this.store.bulkInsert(Reading, COLUMNS, rows);
    const read = fresh.filter(({ value }) => value !== null);
    await this.visits.done(read.map(({ subscriptionId }) => subscriptionId));
  }

  private async record(outcomes: readonly Outcome[], { corrections }: Work): Promise<void> {
    const count = (kind: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === kind).length;
    const counts = { accepted: count('ACCEPTED'), duplicate: count('DUPLICATE'), refused: count('REFUSED') };
    await this.audit.record({ action: 'water.readings-captured', detail: counts });
    for (const detail of corrections) await this.audit.record({ action: 'water.reading-corrected', detail });
  }
}

function freshOf(
  { period, readOn, value, source, noAccess, reader, clientKey, note, capturedAt: seenAt }: Draft,
  { subscriptionId, installationId }: Site,
  { id, receivedAt, recordedBy }: Pick<Reading, 'id' | 'receivedAt' | 'recordedBy'>,
): Fresh {
  const standingInstallationId = value === null ? null : installationId;
  return {
    ...{ id, version: 1, subscriptionId, installationId, standingInstallationId, period, readOn, value },
    ...{ consumption: null, state: 'VALID', source, noAccess, anomalies: [], reader, clientKey, note, seenAt },
    ...{ capturedAt: seenAt ?? receivedAt, receivedAt, recordedBy },
    ...{ decidedBy: null, decidedAt: null, legacyReadingId: null },
  };
}
