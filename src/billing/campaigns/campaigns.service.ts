import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, skipped, type Principal } from '@libs/http';
import {
  IdAllocator,
  isUniqueViolation,
  StaleVersionError,
  Store,
  UnitOfWork,
  type Versioned,
} from '@libs/persistence';
import { Audit } from '../../identity';
import { SERVICE_TYPES } from '../accounts/account.entity';
import { amountOf } from '../till/amounts';
import { Campaign, type CampaignState } from './campaign.entity';
import { faultsOf } from './campaign.rules';
import type { CampaignsQuery, DraftCampaign } from './campaigns.dto';
import { CAMPAIGNS } from './campaigns.problems';

/** Campaigns: DRAFT → APPROVED, by another; APPROVED ↔ SUSPENDED; all of them → ENDED. */
@Injectable()
export class Campaigns {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first. */
  list({ state, kind, ...query }: CampaignsQuery): Promise<[Campaign[], number]> {
    const where = { ...(state && { state }), ...(kind && { kind }) };
    const page = { skip: skipped(query), take: query.pageSize };
    return this.store.reads(Campaign).findAndCount({ where, order: { draftedAt: 'DESC', id: 'DESC' }, ...page });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<Campaign> {
    const campaign = await this.store.reads(Campaign).findOneBy({ id });
    if (!campaign) throw new Problem('http.not-found');
    return campaign;
  }

  /** @throws {Problem} http.invalid; billing.campaign-code-taken */
  draft(input: DraftCampaign, by: Principal): Promise<Campaign> {
    const terms = termsOf(input);
    return this.unlessTaken(async () => {
      const campaign: Campaign = {
        id: await this.ids.one(),
        ...terms,
        state: 'DRAFT',
        spent: 0,
        draftedBy: by.userId,
        draftedAt: this.clock.now(),
        approvedBy: null,
        approvedAt: null,
        stateReason: null,
        version: 1,
      };
      await this.store.insert(Campaign, campaign);
      await this.audit.record({ action: 'billing.campaign-drafted', detail: { campaignId: campaign.id, ...input } });
      return campaign;
    });
  }

  /** All of its terms anew; who changes it has drafted it. @throws {Problem} as draft; billing.campaign-not-draft */
  revise(target: Versioned, input: DraftCampaign, by: Principal): Promise<Campaign> {
    const terms = termsOf(input);
    return this.unlessTaken(async () => {
      await this.current(target, ['DRAFT'], 'billing.campaign-not-draft');
      const drafted = { draftedBy: by.userId, draftedAt: this.clock.now() };
      await this.store.updateVersioned(Campaign, target, { ...terms, ...drafted });
      await this.audit.record({ action: 'billing.campaign-revised', detail: { campaignId: target.id, ...input } });
      return this.get(target.id);
    });
  }

  /** @throws {Problem} billing.campaign-not-draft, campaign-four-eyes */
  approve(target: Versioned, by: Principal): Promise<Campaign> {
    return this.uow.run(async () => {
      const { draftedBy } = await this.current(target, ['DRAFT'], 'billing.campaign-not-draft');
      if (draftedBy === by.userId) throw new Problem(CAMPAIGNS['billing.campaign-four-eyes']);
      const approval = { approvedBy: by.userId, approvedAt: this.clock.now() };
      return this.move(target, 'APPROVED', approval);
    });
  }

  /** @throws {Problem} billing.campaign-state */
  suspend(target: Versioned, reason: string): Promise<Campaign> {
    return this.moveFrom(['APPROVED'], target, 'SUSPENDED', reason);
  }

  /** @throws {Problem} billing.campaign-state */
  resume(target: Versioned, reason: string): Promise<Campaign> {
    return this.moveFrom(['SUSPENDED'], target, 'APPROVED', reason);
  }

  /** For good; a draft is so withdrawn. @throws {Problem} billing.campaign-state */
  end(target: Versioned, reason: string): Promise<Campaign> {
    return this.moveFrom(['DRAFT', 'APPROVED', 'SUSPENDED'], target, 'ENDED', reason);
  }

  private moveFrom(
    states: readonly CampaignState[],
    target: Versioned,
    state: CampaignState,
    reason: string,
  ): Promise<Campaign> {
    return this.uow.run(async () => {
      await this.current(target, states, 'billing.campaign-state');
      return this.move(target, state, { stateReason: reason });
    });
  }

  private async move(target: Versioned, state: CampaignState, changes: Partial<Campaign>): Promise<Campaign> {
    await this.store.updateVersioned(Campaign, target, { ...changes, state });
    const { id, code, stateReason: reason } = await this.get(target.id);
    await this.audit.record({ action: 'billing.campaign-state', detail: { campaignId: id, code, state, reason } });
    return this.get(target.id);
  }

  private async current(
    target: Versioned,
    states: readonly CampaignState[],
    otherwise: keyof typeof CAMPAIGNS,
  ): Promise<Campaign> {
    const campaign = await this.get(target.id);
    if (campaign.version !== target.version) throw new StaleVersionError(Campaign.name, target.id);
    if (!states.includes(campaign.state)) throw new Problem(CAMPAIGNS[otherwise]);
    return campaign;
  }

  private async unlessTaken(work: () => Promise<Campaign>): Promise<Campaign> {
    try {
      return await this.uow.run(work);
    } catch (error) {
      throw isUniqueViolation(error) ? new Problem(CAMPAIGNS['billing.campaign-code-taken']) : error;
    }
  }
}

/** @throws {Problem} http.invalid */
function termsOf(input: DraftCampaign) {
  const { code, nameAr, nameEn, decisionNumber, kind, currency, serviceTypes = [], withoutPlan = true } = input;
  const minor = (text: string | undefined, pointer: string) =>
    text === undefined ? null : amountOf(text, currency, pointer);
  const terms = {
    code: code.toUpperCase(),
    nameAr,
    nameEn,
    decisionNumber,
    kind,
    currency,
    serviceTypes: serviceTypes.length > 0 ? [...new Set(serviceTypes)] : null,
    validFrom: input.from,
    validUntil: input.until,
    arrearsBefore: input.arrearsBefore ?? null,
    ratePpm: input.ratePpm ?? null,
    donorName: input.donorName ?? null,
    donorPpm: input.donorPpm ?? null,
    municipalityPpm: input.municipalityPpm ?? null,
    compliantMonths: input.compliantMonths ?? null,
    minimumPayment: minor(input.minimumPayment, '/minimumPayment'),
    withoutPlan,
    budget: minor(input.budget, '/budget'),
  };
  const errors = faultsOf(terms);
  const unknown = serviceTypes.findIndex((type) => !SERVICE_TYPES.includes(type));
  if (unknown >= 0) errors.push({ pointer: `/serviceTypes/${unknown}`, code: 'unknown' });
  if (errors.length > 0) throw new Problem('http.invalid', { errors });
  return terms;
}
