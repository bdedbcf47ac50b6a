import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, skipped, type PageQuery, type Principal } from '@libs/http';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { In, IsNull } from 'typeorm';
import { Audit } from '../../identity';
import { PaymentLines } from '../payments/payment-lines';
import { CampaignDebtor, type Campaign } from './campaign.entity';
import { Campaigns } from './campaigns.service';
import { CAMPAIGNS } from './campaigns.problems';

/** The list of a DONOR campaign: one proposes accounts, another approves them. */
@Injectable()
export class CampaignDebtors {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly campaigns: Campaigns,
    private readonly lines: PaymentLines,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.not-found */
  async list(campaignId: number, query: PageQuery): Promise<[CampaignDebtor[], number]> {
    await this.campaigns.get(campaignId);
    const page = { skip: skipped(query), take: query.pageSize };
    return this.store.reads(CampaignDebtor).findAndCount({ where: { campaignId }, order: { id: 'ASC' }, ...page });
  }

  /** @throws {Problem} http.not-found; billing.campaign-not-donor, campaign-state, account-unknown, debtor-listed */
  async add(
    campaignId: number,
    { accountIds, documentNumber }: { accountIds: number[]; documentNumber: string },
    by: Principal,
  ): Promise<CampaignDebtor[]> {
    try {
      return await this.uow.run(async () => {
        await this.donor(campaignId);
        const unique = [...new Set(accountIds)];
        await this.lines.accounts(unique);
        const ids = await this.ids.many(unique.length);
        const addedAt = this.clock.now();
        const debtors = unique.map((accountId, at) => ({
          id: ids[at]!,
          campaignId,
          accountId,
          documentNumber,
          addedBy: by.userId,
          addedAt,
          approvedBy: null,
          approvedAt: null,
        }));
        await this.store.insert(CampaignDebtor, debtors);
        await this.record('billing.campaign-debtors-listed', campaignId, unique);
        return debtors;
      });
    } catch (error) {
      throw isUniqueViolation(error) ? new Problem(CAMPAIGNS['billing.debtor-listed']) : error;
    }
  }

  /**
   * Those of the accounts that wait for it.
   * @throws {Problem} http.not-found; billing.campaign-not-donor, campaign-state, campaign-four-eyes
   */
  approve(campaignId: number, accountIds: number[], by: Principal): Promise<CampaignDebtor[]> {
    return this.uow.run(async () => {
      await this.donor(campaignId);
      const where = { campaignId, accountId: In(accountIds), approvedAt: IsNull() };
      const waiting = await this.store.reads(CampaignDebtor).find({ where, order: { id: 'ASC' } });
      if (waiting.some(({ addedBy }) => addedBy === by.userId)) {
        throw new Problem(CAMPAIGNS['billing.campaign-four-eyes']);
      }
      const approval = { approvedBy: by.userId, approvedAt: this.clock.now() };
      // Those that were looked at: who approves may be listing more of them meanwhile.
      const ids = waiting.map(({ id }) => id);
      await this.store.update(CampaignDebtor, { id: In(ids), approvedAt: IsNull() }, approval);
      const approved = waiting.map((debtor) => ({ ...debtor, ...approval }));
      await this.record(
        'billing.campaign-debtors-approved',
        campaignId,
        approved.map(({ accountId }) => accountId),
      );
      return approved;
    });
  }

  private async donor(id: number): Promise<Campaign> {
    const campaign = await this.campaigns.get(id);
    if (campaign.kind !== 'DONOR') throw new Problem(CAMPAIGNS['billing.campaign-not-donor']);
    if (campaign.state === 'ENDED') throw new Problem(CAMPAIGNS['billing.campaign-state']);
    return campaign;
  }

  private record(action: string, campaignId: number, accountIds: number[]): Promise<void> {
    return this.audit.record({ action, detail: { campaignId, accountIds } });
  }
}
