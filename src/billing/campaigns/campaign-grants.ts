import { Inject, Injectable } from '@nestjs/common';
import type { Clock, LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, StaleVersionError, Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Campaign, CampaignGrant } from './campaign.entity';
import { CAMPAIGNS } from './campaigns.problems';

export type NewGrant = Omit<CampaignGrant, 'id' | 'grantedAt' | 'reversesId'>;

/** The grants of campaigns and what each has spent, which move together. In the active unit only. */
@Injectable()
export class CampaignGrants {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Keeps campaigns from other units, after the accounts: an UPDATE that changes nothing, so that versions stay. */
  async hold(ids: readonly number[]): Promise<Campaign[]> {
    const sorted = [...new Set(ids)].sort((a, b) => a - b);
    await this.store.selectIn((list) => `UPDATE "campaigns" SET "spent" = "spent" WHERE "id" IN (${list})`, sorted);
    return this.store.reads(Campaign).find({ where: { id: In(sorted) }, order: { id: 'ASC' } });
  }

  /** @throws {Problem} billing.campaign-budget-spent */
  write(grants: readonly NewGrant[]): Promise<CampaignGrant[]> {
    return this.add(grants.map((grant) => ({ ...grant, reversesId: null })));
  }

  /** Rows with the opposite amounts for those that were not given back yet. */
  async giveBack(
    grants: readonly CampaignGrant[],
    { on, by, postingId = null }: { on: LocalDate; by: number | null; postingId?: number | null },
  ): Promise<CampaignGrant[]> {
    const back = await this.store.reads(CampaignGrant).findBy({ reversesId: In(grants.map(({ id }) => id)) });
    const done = new Set(back.map(({ reversesId }) => reversesId));
    return this.add(
      grants
        .filter(({ id }) => !done.has(id))
        .map(({ id, grantedAt: _, ...grant }) => ({
          ...grant,
          amount: -grant.amount,
          donorAmount: -grant.donorAmount,
          collected: -grant.collected,
          grantedOn: on,
          grantedBy: by,
          postingId,
          reversesId: id,
        })),
    );
  }

  private async add(grants: readonly Omit<CampaignGrant, 'id' | 'grantedAt'>[]): Promise<CampaignGrant[]> {
    if (grants.length === 0) return [];
    const ids = await this.ids.many(grants.length);
    const rows = grants.map((grant, at) => ({ ...grant, id: ids[at]!, grantedAt: this.clock.now() }));
    for (const campaign of await this.hold(rows.map(({ campaignId }) => campaignId))) {
      const { id, spent, budget } = campaign;
      const amount = rows.reduce((sum, row) => sum + (row.campaignId === id ? row.amount : 0), 0);
      if (amount > 0 && budget !== null && spent + amount > budget) {
        throw new Problem(CAMPAIGNS['billing.campaign-budget-spent'], { extra: { left: String(budget - spent) } });
      }
      const spending = await this.store.update(Campaign, { id, spent }, { spent: spent + amount });
      if (spending !== 1) throw new StaleVersionError(Campaign.name, id);
    }
    await this.store.insert(CampaignGrant, rows);
    return rows;
  }
}
