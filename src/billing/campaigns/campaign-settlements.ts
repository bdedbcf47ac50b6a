import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, skipped, type PageQuery, type Principal } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { Account } from '../accounts/account.entity';
import { BOOKS } from '../billing.problems';
import { Books } from '../books/books';
import { PaymentLines } from '../payments/payment-lines';
import { creditsOf, reliefEntries, sharesOf, sum } from '../payments/relief';
import { Reliefs } from '../payments/reliefs';
import { CampaignFacts } from './campaign-facts';
import { CampaignGrants } from './campaign-grants';
import { CampaignGrant, type Campaign } from './campaign.entity';
import { arrearsOf, bornBy, isActive, ownPpm, takesPart } from './campaign.rules';
import { Campaigns } from './campaigns.service';
import { CAMPAIGNS } from './campaigns.problems';

/** Debts of insolvent people that donor and municipality bear whole: nobody pays at a till. */
@Injectable()
export class CampaignSettlements {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly books: Books,
    private readonly campaigns: Campaigns,
    private readonly lines: PaymentLines,
    private readonly reliefs: Reliefs,
    private readonly facts: CampaignFacts,
    private readonly grants: CampaignGrants,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Oldest first. @throws {Problem} http.not-found */
  async list(campaignId: number, query: PageQuery): Promise<[CampaignGrant[], number, Campaign]> {
    const campaign = await this.campaigns.get(campaignId);
    const page = { skip: skipped(query), take: query.pageSize };
    const order = { grantedAt: 'ASC', id: 'ASC' } as const;
    const [rows, total] = await this.store.reads(CampaignGrant).findAndCount({ where: { campaignId }, order, ...page });
    return [rows, total, campaign];
  }

  /**
   * All the arrears of an account, whole: the donor owes his part from then on.
   * @throws {Problem} http.not-found; billing.account-unknown, campaign-not-donor, debtor-pays-part, campaign-inactive,
   * debtor-not-approved, no-arrears, campaign-budget-spent; as Books.post
   */
  settle(campaignId: number, accountId: number, by: Principal): Promise<CampaignGrant> {
    return this.uow.run(async () => {
      const on = localDateOf(this.clock.now());
      const paid = (await this.lines.accounts([accountId])).get(accountId)!;
      await this.campaigns.get(campaignId);
      await this.store.hold(Account, [accountId]);
      const campaign = (await this.grants.hold([campaignId]))[0]!;
      refuseUnfit(campaign, on);
      const facts = (await this.facts.of([accountId])).get(accountId)!;
      if (!facts.listedIn.has(campaignId) || !takesPart(campaign, paid, facts)) {
        throw new Problem(CAMPAIGNS['billing.debtor-not-approved']);
      }
      const [account] = await this.reliefs.payable([paid]);
      const charges = arrearsOf(campaign, account!, facts);
      if (charges.length === 0) throw new Problem(CAMPAIGNS['billing.no-arrears']);
      const offer = { ...bornBy(campaign), accountId };
      const amount = sum(charges.map(({ outstanding }) => outstanding));
      const relief = {
        offer,
        amount,
        currency: campaign.currency,
        charges: charges.map(({ id, outstanding }) => ({ chargeId: id, amount: outstanding })),
      };
      const { postingId } = await this.books.post({
        kind: 'WAIVER',
        on,
        description: `${campaign.nameAr} ${campaign.decisionNumber}`.slice(0, 300),
        document: { type: 'campaign', id: campaign.code },
        by: by.userId,
        entries: reliefEntries([relief]),
        credits: creditsOf([relief]),
      });
      const donorAmount = sharesOf(amount, offer.ledgers)[0]!;
      const granted = { amount, donorAmount, collected: 0, grantedOn: on, grantedBy: by.userId };
      const [grant] = await this.grants.write([{ campaignId, accountId, paymentId: null, postingId, ...granted }]);
      await this.audit.record({
        action: 'billing.campaign-settled',
        detail: { campaignId, accountId, grantId: grant!.id },
      });
      return grant!;
    });
  }

  /** @throws {Problem} http.not-found; billing.grant-of-payment, already-reversed; as Books.reverse */
  reverse(campaignId: number, grantId: number, reason: string, by: Principal): Promise<CampaignGrant> {
    return this.uow.run(async () => {
      const grant = await this.store.reads(CampaignGrant).findOneBy({ id: grantId, campaignId });
      if (!grant) throw new Problem('http.not-found');
      if (grant.paymentId !== null) throw new Problem(CAMPAIGNS['billing.grant-of-payment']);
      if (grant.reversesId !== null) throw new Problem(BOOKS['billing.already-reversed']);
      const campaign = await this.campaigns.get(campaignId);
      const on = localDateOf(this.clock.now());
      // Held before the posting is looked at, so that the second of two finds it reversed.
      await this.store.hold(Account, [grant.accountId]);
      const { postingId } = await this.books.reverse({
        postingId: grant.postingId!,
        on,
        by: by.userId,
        description: `عكس ${campaign.nameAr}`.slice(0, 300),
        document: { type: 'campaign', id: campaign.code },
        reason,
      });
      const [back] = await this.grants.giveBack([grant], { on, by: by.userId, postingId });
      await this.audit.record({
        action: 'billing.campaign-settlement-reversed',
        detail: { campaignId, grantId, reason },
      });
      return back!;
    });
  }
}

function refuseUnfit(campaign: Campaign, on: string): void {
  if (campaign.kind !== 'DONOR') throw new Problem(CAMPAIGNS['billing.campaign-not-donor']);
  if (ownPpm(campaign) > 0) throw new Problem(CAMPAIGNS['billing.debtor-pays-part']);
  if (!isActive(campaign, on)) throw new Problem(CAMPAIGNS['billing.campaign-inactive']);
}
