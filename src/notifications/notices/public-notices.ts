import { Inject, Injectable } from '@nestjs/common';
import { compare, instantAt, type Clock, type Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { invalidField, pageOf, Problem, skipped, type Page, type Principal } from '@libs/http';
import { Outbox } from '@libs/outbox';
import { IdAllocator, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Audit } from '../../identity';
import { Notifications } from '../messages/notifications';
import { allTopics } from '../templates/topics';
import { AudienceSources } from './audience-sources';
import { PublicNotice } from './notice.entity';
import { NOTICES } from './notice.problems';
import { after, costOf, type NoticeAct, readableText, readableTitle } from './notice.rules';
import { COUNT_ASKED, NOTICE_DUE, NOTICE_RECALLED } from './notice-sending';
import type { NoticeInput, NoticesQuery } from './notices.dto';

/** Public notices from draft to recall: written by one person, approved by another. */
@Injectable()
export class PublicNotices {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly outbox: Outbox,
    private readonly sources: AudienceSources,
    private readonly notifications: Notifications,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.invalid */
  async draft(input: NoticeInput, { userId, departmentId }: Principal): Promise<PublicNotice> {
    const content = await this.content(input);
    return this.uow.run(async () => {
      const notice: PublicNotice = {
        id: await this.ids.one(),
        version: 1,
        state: 'DRAFT',
        ...content,
        departmentId,
        sendAt: null,
        cursor: null,
        ...{ taken: 0, queued: 0, suppressed: 0, unreachable: 0 },
        createdBy: userId,
        createdAt: this.clock.now(),
        ...{ submittedBy: null, submittedAt: null, approvedBy: null, approvedAt: null },
        ...{ startedAt: null, endedAt: null, recalledBy: null, reason: null },
      };
      await this.store.insert(PublicNotice, notice);
      await this.record('drafted', notice);
      return notice;
    });
  }

  /** @throws {Problem} http.not-found, http.invalid, notifications.notice-state @throws {StaleVersionError} */
  async change(target: Versioned, input: NoticeInput): Promise<PublicNotice> {
    const content = await this.content(input);
    return this.act(target, 'CHANGE', () => content);
  }

  /** A worker counts. @throws {Problem} http.not-found, notifications.notice-state */
  count(id: number): Promise<void> {
    return this.uow.run(async () => {
      const { state, version } = await this.get(id);
      if (!after('COUNT', state)) throw wrongState(state);
      await this.outbox.add(COUNT_ASKED, { noticeId: id, version });
    });
  }

  /** @throws as {@link change}; notifications.notice-uncounted */
  submit(target: Versioned, by: Principal): Promise<PublicNotice> {
    return this.act(target, 'SUBMIT', ({ counted }) => {
      if (counted === null) throw new Problem(NOTICES['notifications.notice-uncounted']);
      return { submittedBy: by.userId, submittedAt: this.clock.now(), reason: null };
    });
  }

  /** Back to its author. @throws as {@link change} */
  returnToAuthor(target: Versioned, reason: string): Promise<PublicNotice> {
    return this.act(target, 'RETURN', () => ({ submittedBy: null, submittedAt: null, reason }));
  }

  /**
   * By neither its author nor who submitted it.
   * @param sendAt local minute of Hebron, to come; default now
   * @throws as {@link change}; notifications.notice-own, notice-over-cap
   */
  approve(target: Versioned, sendAt: string | undefined, by: Principal): Promise<PublicNotice> {
    const due = sendAt === undefined ? this.clock.now() : this.instantToCome(sendAt);
    return this.act(
      target,
      'APPROVE',
      ({ createdBy, submittedBy, counted }) => {
        if (by.userId === createdBy || by.userId === submittedBy)
          throw new Problem(NOTICES['notifications.notice-own']);
        const cost = counted === null ? 0 : costOf(counted);
        const cap = this.config.noticeCostCap.ILS ?? 0;
        if (cost > cap && !by.permissions.has('notifications.notice.approve-over-cap')) {
          throw new Problem(NOTICES['notifications.notice-over-cap'], {
            extra: { cost: String(cost), cap: String(cap) },
          });
        }
        return { approvedBy: by.userId, approvedAt: this.clock.now(), sendAt: due };
      },
      ({ id }) => this.outbox.add(NOTICE_DUE, { noticeId: id }, due),
    );
  }

  /**
   * Before it is sent, in the middle, or what still waits of one that is sent: whatever has not left is CANCELLED, and it
   * stands on the web page no more.
   * @throws as {@link change}
   */
  async recall(target: Versioned, reason: string, by: Principal): Promise<PublicNotice> {
    const notice = await this.act(
      target,
      'RECALL',
      () => ({ recalledBy: by.userId, endedAt: this.clock.now(), reason }),
      ({ id }) => this.outbox.add(NOTICE_RECALLED, { noticeId: id }),
    );
    // At once, and by the outbox where this process ends in the middle.
    await this.notifications.recall(notice.id);
    return notice;
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<PublicNotice> {
    const notice = await this.store.reads(PublicNotice).findOneBy({ id });
    if (!notice) throw new Problem('http.not-found');
    return notice;
  }

  /** Newest first. */
  async list({ state, ...query }: NoticesQuery): Promise<Page<PublicNotice>> {
    const [rows, total] = await this.store.reads(PublicNotice).findAndCount({
      where: state ? { state } : {},
      order: { createdAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /** @throws {Problem} http.invalid */
  private async content({ audience, topic = 'news', titleEn, textEn, webUntil, onWeb = false, ...rest }: NoticeInput) {
    const known = allTopics().get(topic);
    // What the law makes mandatory is not for a notice to claim.
    if (!known || known.mandatory) throw invalidField('/topic', known ? 'mandatory' : 'unknown');
    await this.sources.check(audience.source, audience.parameters);
    const [titleAr, textAr] = [readableTitle(rest.titleAr), readableText(rest.textAr)];
    if (!titleAr) throw invalidField('/titleAr', 'required');
    if (!textAr) throw invalidField('/textAr', 'required');
    return {
      ...{ titleAr, textAr },
      ...{ titleEn: readableTitle(titleEn ?? '') || null, textEn: readableText(textEn ?? '') || null },
      channels: [...new Set(rest.channels)],
      topic,
      onWeb,
      webUntil: webUntil ?? null,
      source: audience.source,
      parameters: audience.parameters,
      counted: null,
    };
  }

  private instantToCome(local: string): Instant {
    try {
      const due = instantAt(local.slice(0, 10), local.slice(11));
      if (compare(due, this.clock.now()) > 0) return due;
    } catch (error) {
      if (error instanceof RangeError) throw invalidField('/sendAt', 'localTime');
      throw error;
    }
    throw invalidField('/sendAt', 'notToCome');
  }

  private act(
    target: Versioned,
    act: NoticeAct,
    changes: (was: PublicNotice) => Partial<PublicNotice>,
    then: (notice: PublicNotice) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<PublicNotice> {
    return this.uow.run(async () => {
      const was = await this.get(target.id);
      const state = after(act, was.state);
      if (!state) throw wrongState(was.state);
      const changed = { ...changes(was), state };
      const version = await this.store.updateVersioned(PublicNotice, target, changed);
      const notice = { ...was, ...changed, version };
      await then(notice);
      await this.record(act.toLowerCase(), notice);
      return notice;
    });
  }

  private record(what: string, { id: noticeId, titleAr: title, source, reason }: PublicNotice): Promise<void> {
    return this.audit.record({ action: `notifications.notice-${what}`, detail: { noticeId, title, source, reason } });
  }
}

const wrongState = (state: string): Problem => new Problem(NOTICES['notifications.notice-state'], { extra: { state } });
