import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type Principal, invalidField } from '@libs/http';
import { formatAmount } from '@libs/money';
import { StaleVersionError, Store, UnitOfWork } from '@libs/persistence';
import { readSerial } from '@libs/serial';
import { isGenuine, maskName, Prints, Verifications, type VerificationView } from '../../documents';
import { Audit } from '../../identity';
import { Premise, Route, Subscription } from '../subscriptions/subscription.entity';
import { CutNotice, type CutNoticeState } from './cut.entity';
import { CUT_NOTICE_KIND } from './cut-notice-issue';
import type { DecideCutObjection, ListCutNotices, ObjectToCut, ServeCutNotice } from './cut-notices.dto';
import { ORDERS } from './orders.problems';

/** What becomes of notices: ISSUED → SERVED → ORDERED; an objection suspends them; CANCELLED when nothing is left to cut for. */
@Injectable()
export class CutNotices implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly audit: Audit,
    private readonly prints: Prints,
    private readonly verifications: Verifications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.verifications.register(CUT_NOTICE_KIND, (serial) => this.verify(serial));
  }

  /** @param typed a serial as people type it @throws {Problem} http.not-found; water.cut-notice-altered */
  async get(typed: string): Promise<CutNotice> {
    const read = readSerial(typed);
    const notice = read.ok ? await this.store.reads(CutNotice).findOneBy({ serial: read.serial }) : null;
    if (!notice) throw new Problem('http.not-found');
    if (!isGenuine(notice)) throw new Problem(ORDERS['water.cut-notice-altered']);
    return notice;
  }

  /** Newest first. */
  async list({ routeId, zoneId, ...query }: ListCutNotices): Promise<Page<CutNotice>> {
    const found = this.store.query(CutNotice, 'n');
    for (const by of ['state', 'runId', 'subscriptionId'] as const)
      if (query[by] !== undefined) found.andWhere(`n.${by} = :${by}`, { [by]: query[by] });
    if (routeId !== undefined || zoneId !== undefined)
      found.innerJoin(Subscription, 's', 's.id = n.subscriptionId').leftJoin(Route, 'r', 'r.id = s.routeId');
    if (routeId !== undefined) found.andWhere('s.routeId = :routeId', { routeId });
    if (zoneId !== undefined)
      found
        .innerJoin(Premise, 'p', 'p.id = s.premiseId')
        .andWhere('COALESCE(p.zoneId, r.zoneId) = :zoneId', { zoneId });
    const page = found.orderBy('n.issuedAt', 'DESC').addOrderBy('n.id', 'DESC').offset(skipped(query));
    const [rows, total] = await page.limit(query.pageSize).getManyAndCount();
    return pageOf(query, rows, total);
  }

  /**
   * Of a run in the order of their numbers, for the printer: those from `offset` on that still stand. The place of a
   * notice stays the same, whatever becomes of the others.
   * @throws {Problem} water.no-cut-notices, cut-notice-altered
   */
  async ofRun(runId: number, offset: number, limit: number): Promise<CutNotice[]> {
    const page = { order: { year: 'ASC' as const, number: 'ASC' as const }, skip: offset, take: limit };
    const rows = await this.store.reads(CutNotice).find({ where: { runId }, ...page });
    const standing = rows.filter(({ state }) => state !== 'CANCELLED');
    if (standing.length === 0) throw new Problem(ORDERS['water.no-cut-notices']);
    if (!standing.every(isGenuine)) throw new Problem(ORDERS['water.cut-notice-altered']);
    return standing;
  }

  countPrint(notice: CutNotice): Promise<number> {
    return this.prints.count(CutNotice, notice, 'water.cut-notice-printed');
  }

  /** @throws {Problem} as {@link get}; http.invalid; water.cut-notice-state, no-service-by-message @throws {StaleVersionError} */
  serve(serial: string, version: number, { means, on, to, server }: ServeCutNotice, by: Principal): Promise<CutNotice> {
    if (means === 'SMS') throw new Problem(ORDERS['water.no-service-by-message']);
    return this.change(serial, version, ['ISSUED'], 'served', ({ issuedAt, content }) => {
      this.checkDay(on, localDateOf(issuedAt));
      const service = { means, on, to: to ?? null, server, recordedBy: by.userId, recordedAt: this.clock.now() };
      return { state: 'SERVED', service, deadlineOn: addDays(on, content.noticeDays) };
    });
  }

  /** Suspends it until somebody decides. @throws as {@link serve} */
  object(
    serial: string,
    version: number,
    { on, documentNumber, reason }: ObjectToCut,
    by: Principal,
  ): Promise<CutNotice> {
    return this.change(serial, version, ['ISSUED', 'SERVED'], 'objected', ({ issuedAt }) => {
      this.checkDay(on, localDateOf(issuedAt));
      const open = { outcome: null, decisionNumber: null, decidedBy: null };
      return { state: 'OBJECTED', objection: { on, documentNumber, reason, recordedBy: by.userId, ...open } };
    });
  }

  /** UPHELD cancels it; after DISMISSED it stands where it stood. @throws as {@link serve} */
  decide(serial: string, version: number, input: DecideCutObjection, by: Principal): Promise<CutNotice> {
    const { outcome, decisionNumber } = input;
    return this.change(serial, version, ['OBJECTED'], 'objection-decided', ({ objection, service }) => {
      const decided = { objection: { ...objection!, outcome, decisionNumber, decidedBy: by.userId } };
      if (outcome === 'UPHELD') return { ...decided, ...this.ended(`اعتراض مقبول ${decisionNumber}`) };
      return { ...decided, state: service ? 'SERVED' : 'ISSUED' };
    });
  }

  /** @throws as {@link serve} */
  cancel(serial: string, version: number, reason: string): Promise<CutNotice> {
    return this.change(serial, version, ['ISSUED', 'SERVED', 'OBJECTED'], 'cancelled', () => this.ended(reason));
  }

  /** CANCELLED, so that a later run may list the subscription again. */
  ended(endReason: string) {
    return { state: 'CANCELLED' as const, openSubscriptionId: null, endedAt: this.clock.now(), endReason };
  }

  private change(
    serial: string,
    version: number,
    from: CutNoticeState[],
    what: string,
    act: (notice: CutNotice) => Partial<CutNotice>,
  ): Promise<CutNotice> {
    return this.uow.run(async () => {
      const notice = await this.get(serial);
      const { id, state } = notice;
      if (notice.version !== version) throw new StaleVersionError(CutNotice.name, id);
      if (!from.includes(state)) throw new Problem(ORDERS['water.cut-notice-state'], { extra: { state } });
      await this.store.updateVersioned(CutNotice, notice, act(notice));
      await this.audit.record({ action: `water.cut-notice-${what}`, detail: { serial: notice.serial } });
      return this.get(notice.serial);
    });
  }

  private checkDay(on: string, earliest: string): void {
    if (on >= earliest && on <= localDateOf(this.clock.now())) return;
    throw invalidField('/on', 'day');
  }

  private async verify(serial: string): Promise<VerificationView | null> {
    const notice = await this.store.reads(CutNotice).findOneBy({ serial });
    if (!notice) return null;
    const [issuedOn, altered] = [localDateOf(notice.issuedAt), !isGenuine(notice)];
    const { owed, holder } = notice.content;
    const total = { currency: 'ILS', balance: String(owed), formatted: formatAmount(owed, 'ILS') };
    return {
      kind: 'DISCONNECTION_NOTICE',
      status: altered ? 'ALTERED' : notice.state === 'CANCELLED' ? 'REVOKED' : 'VALID',
      ...{ serial, issuedOn, asOf: issuedOn, validUntil: null },
      holder: altered ? null : maskName([holder.name]),
      totals: altered ? [] : [total],
    };
  }
}
