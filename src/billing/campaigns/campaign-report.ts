import { Injectable } from '@nestjs/common';
import { Store, UnitOfWork } from '@libs/persistence';
import type { Campaign } from './campaign.entity';
import { donorDimension } from './campaign.rules';
import { Campaigns } from './campaigns.service';

type Sums = Record<'granted' | 'given_back' | 'donor' | 'collected' | 'grants', number | string>;

export interface ReportLine {
  /** A day, or a service type. */
  key: string;
  granted: number;
  givenBack: number;
  donor: number;
  collected: number;
  grants: number;
}

export interface CampaignReport {
  campaign: Campaign;
  accounts: number;
  donorOwes: number;
  total: ReportLine;
  byDay: ReportLine[];
  byService: ReportLine[];
}

/** What a campaign granted, and what was collected beside it. */
@Injectable()
export class CampaignReports {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly campaigns: Campaigns,
  ) {}

  /** One state of the data. @throws {Problem} http.not-found */
  of(id: number): Promise<CampaignReport> {
    return this.uow.run(async () => {
      const campaign = await this.campaigns.get(id);
      const byDay = await this.lines(id, 'g."granted_on"');
      const [payers] = await this.store.sql<{ accounts: number | string }>(
        `SELECT COUNT(DISTINCT g."account_id") AS "accounts" FROM "campaign_grants" g
         WHERE g."campaign_id" = ? AND g."reverses_id" IS NULL
           AND NOT EXISTS (SELECT 1 FROM "campaign_grants" back WHERE back."reverses_id" = g."id")`,
        [id],
      );
      const [owed] = await this.store.sql<{ owed: number | string | null }>(
        `SELECT SUM("amount") AS "owed" FROM "ledger_entries" WHERE "ledger" = 'THIRD_PARTY' AND "dimension" = ?`,
        [donorDimension(campaign.code)],
      );
      return {
        campaign,
        accounts: Number(payers!.accounts),
        donorOwes: Number(owed!.owed ?? 0),
        total: byDay.reduce(added, { key: 'TOTAL', granted: 0, givenBack: 0, donor: 0, collected: 0, grants: 0 }),
        byDay,
        byService: await this.lines(id, 'a."service_type"'),
      };
    });
  }

  private async lines(id: number, key: string): Promise<ReportLine[]> {
    const rows = await this.store.sql<{ key: string } & Sums>(
      `SELECT ${key} AS "key",
         SUM(CASE WHEN g."amount" > 0 THEN g."amount" ELSE 0 END) AS "granted",
         SUM(CASE WHEN g."amount" < 0 THEN -g."amount" ELSE 0 END) AS "given_back",
         SUM(g."donor_amount") AS "donor", SUM(g."collected") AS "collected",
         SUM(CASE WHEN g."reverses_id" IS NULL THEN 1 ELSE 0 END) AS "grants"
       FROM "campaign_grants" g JOIN "billing_accounts" a ON a."id" = g."account_id"
       WHERE g."campaign_id" = ? GROUP BY ${key} ORDER BY ${key}`,
      [id],
    );
    return rows.map((row) => ({
      key: row.key,
      granted: Number(row.granted),
      givenBack: Number(row.given_back),
      donor: Number(row.donor),
      collected: Number(row.collected),
      grants: Number(row.grants),
    }));
  }
}

const added = (sum: ReportLine, line: ReportLine): ReportLine => ({
  key: sum.key,
  granted: sum.granted + line.granted,
  givenBack: sum.givenBack + line.givenBack,
  donor: sum.donor + line.donor,
  collected: sum.collected + line.collected,
  grants: sum.grants + line.grants,
});
