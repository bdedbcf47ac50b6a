import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { LocalDate } from '@libs/calendar';
import { Store } from '@libs/persistence';
import { IsNull, LessThanOrEqual, MoreThanOrEqual } from 'typeorm';
import { sharesOf, type ReliefOffer } from '../payments/relief';
import { Reliefs, type GrantedRelief, type PayableAccount, type ReliefSource } from '../payments/reliefs';
import { CampaignFacts } from './campaign-facts';
import { CampaignGrants } from './campaign-grants';
import { Campaign, CampaignGrant } from './campaign.entity';
import { isActive, offerOf } from './campaign.rules';

const activeOn = (on: LocalDate) => ({
  state: 'APPROVED' as const,
  validFrom: LessThanOrEqual(on),
  validUntil: MoreThanOrEqual(on),
});
const KEY = /^campaign:(\d+)$/;

/** What campaigns grant with payments. */
@Injectable()
export class CampaignReliefs implements ReliefSource, OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly reliefs: Reliefs,
    private readonly facts: CampaignFacts,
    private readonly grants: CampaignGrants,
  ) {}

  onModuleInit(): void {
    this.reliefs.register(this);
  }

  async isOpen(on: LocalDate): Promise<boolean> {
    const open = `SELECT "id" FROM "campaigns" WHERE "state" = 'APPROVED' AND "valid_from" <= ? AND "valid_until" >= ?`;
    return (await this.store.sql(this.store.page(open, '"id"', 0, 1), [on, on])).length > 0;
  }

  /** Those that would grant something are held before their budgets are read, ascending. */
  async offers(accounts: readonly PayableAccount[], on: LocalDate, claim: boolean): Promise<ReliefOffer[]> {
    const facts = await this.facts.of(accounts.map(({ accountId }) => accountId));
    const from = (campaigns: readonly Campaign[]) =>
      accounts.flatMap((account) =>
        campaigns.flatMap((campaign) => offerOf(campaign, account, facts.get(account.accountId)!, on) ?? []),
      );
    const offers = from(await this.store.reads(Campaign).find({ where: activeOn(on), order: { id: 'ASC' } }));
    if (!claim || offers.length === 0) return offers;
    const held = await this.grants.hold(offers.map(({ key }) => campaignOf(key)!));
    return from(held.filter((campaign) => isActive(campaign, on)));
  }

  async granted(
    payment: { id: number; on: LocalDate; by: number | null },
    reliefs: readonly GrantedRelief[],
  ): Promise<void> {
    await this.grants.write(
      reliefs.flatMap(({ offer: { key, accountId, ledgers }, amount, collected }) => {
        const campaignId = campaignOf(key);
        if (campaignId === null) return [];
        const donorAmount = ledgers.length > 1 ? sharesOf(amount, ledgers)[0]! : 0;
        const granted = { amount, donorAmount, collected, grantedOn: payment.on, grantedBy: payment.by };
        return [{ campaignId, accountId, paymentId: payment.id, postingId: null, ...granted }];
      }),
    );
  }

  async undone({ id, on, by }: { id: number; on: LocalDate; by: number | null }): Promise<void> {
    const order = { id: 'ASC' } as const;
    const grants = await this.store
      .reads(CampaignGrant)
      .find({ where: { paymentId: id, reversesId: IsNull() }, order });
    await this.grants.giveBack(grants, { on, by });
  }
}

function campaignOf(key: string): number | null {
  const id = KEY.exec(key)?.[1];
  return id === undefined ? null : Number(id);
}
