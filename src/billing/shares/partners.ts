import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { Audit } from '../../identity';
import { ChargeHeads } from '../accounts/charge-heads';
import { SharePartner, ShareRule, ShareSettlement } from './share.entity';
import { exceedsWholeOn } from './share.rules';
import { SHARES } from './shares.problems';

export interface Due {
  currency: string;
  /** Minor units; below zero when more was paid than is theirs. */
  amount: number;
}

/** Partners, and the rules by which they share. */
@Injectable()
export class SharePartners {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly heads: ChargeHeads,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  all(): Promise<SharePartner[]> {
    return this.store.reads(SharePartner).find({ order: { code: 'ASC' } });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<SharePartner> {
    const partner = await this.store.reads(SharePartner).findOneBy({ id });
    if (!partner) throw new Problem('http.not-found');
    return partner;
  }

  /** The partner, kept from other units until this one ends. @throws {Problem} http.not-found */
  async hold(id: number): Promise<SharePartner> {
    await this.store.hold(SharePartner, [id]);
    return this.get(id);
  }

  /** @throws {Problem} billing.partner-code-taken */
  async create(
    given: Pick<SharePartner, 'code' | 'nameAr' | 'nameEn'>,
    { userId: createdBy }: Principal,
  ): Promise<SharePartner> {
    return this.once(SHARES['billing.partner-code-taken'], async () => {
      const createdAt = this.clock.now();
      const partner: SharePartner = { id: await this.ids.one(), ...given, createdBy, createdAt, version: 1 };
      await this.store.insert(SharePartner, partner);
      await this.audit.record({ action: 'billing.share-partner-created', detail: { partnerId: partner.id, ...given } });
      return partner;
    });
  }

  /** By head, then day. @param heads default all */
  rules(heads?: readonly string[]): Promise<ShareRule[]> {
    const where = heads === undefined ? {} : { head: In([...heads]) };
    return this.store.reads(ShareRule).find({ where, order: { head: 'ASC', fromDay: 'ASC', partnerId: 'ASC' } });
  }

  /**
   * A rule for days that are in no settlement yet: neither of the partner nor of the others of the head, whose parts
   * hang together.
   * @throws {Problem} http.invalid for no such partner; billing.head-unknown, share-month-settled, share-rule-taken,
   * shares-exceed-whole
   */
  addRule(
    given: Pick<ShareRule, 'head' | 'partnerId' | 'fromDay' | 'basisPoints' | 'decision'>,
    { userId: createdBy }: Principal,
  ): Promise<ShareRule> {
    return this.once(SHARES['billing.share-rule-taken'], async () => {
      const partners = await this.all();
      const ids = partners.map(({ id }) => id);
      if (!ids.includes(given.partnerId)) {
        throw invalidField('/partnerId', 'unknown');
      }
      await this.heads.require([given.head]);
      // All of them, so that two rules of one head, and a settlement and a rule, come one after the other.
      await this.store.hold(SharePartner, ids);
      const rules = await this.rules([given.head]);
      const touched = new Set([given.partnerId, ...rules.map(({ partnerId }) => partnerId)]);
      const settled = await this.store
        .reads(ShareSettlement)
        .findOne({ where: { standingPartnerId: In([...touched]) }, order: { period: 'DESC' } });
      if (settled && given.fromDay.slice(0, 7) <= settled.period) {
        throw new Problem(SHARES['billing.share-month-settled'], { extra: { settledThrough: settled.period } });
      }
      const rule: ShareRule = { id: await this.ids.one(), ...given, createdBy, createdAt: this.clock.now() };
      await this.store.insert(ShareRule, rule);
      const day = exceedsWholeOn([...rules, rule]);
      if (day !== null) throw new Problem(SHARES['billing.shares-exceed-whole'], { extra: { day } });
      await this.audit.record({ action: 'billing.share-rule-created', detail: { ruleId: rule.id, ...given } });
      return rule;
    });
  }

  /** What the ledger has as theirs at the end of a day, or of all; by currency, and none that is zero. */
  async due({ code }: SharePartner, until = '9999-12-31'): Promise<Due[]> {
    const rows = await this.store.sql<{ currency: string; due: number | string }>(
      `SELECT "currency", -SUM("amount") AS "due" FROM "ledger_entries"
       WHERE "ledger" = 'THIRD_PARTY' AND "dimension" = ? AND "posted_on" <= ?
       GROUP BY "currency" HAVING SUM("amount") <> 0 ORDER BY "currency"`,
      [code, until],
    );
    return rows.map(({ currency, due }) => ({ currency, amount: Number(due) }));
  }

  private async once<T>(taken: string, work: () => Promise<T>): Promise<T> {
    try {
      return await this.uow.run(work);
    } catch (error) {
      throw isUniqueViolation(error) ? new Problem(taken) : error;
    }
  }
}
