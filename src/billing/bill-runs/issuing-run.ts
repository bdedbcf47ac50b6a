import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { serialOf } from '@libs/serial';
import { contentHash } from '../../documents';
import type { ChargeHead } from '../accounts/account.entity';
import { ChargeHeads } from '../accounts/charge-heads';
import type { BillContent, BillDetail } from './bill-content';
import { Bill } from './bill-run.entity';
import { NextInstalments, type PlanOnBill } from '../plans/next-instalments';
import { BillFeeders, type BillFeeder } from './feeders';
import { Holders, type HeldBy } from './holders';
import { IssuedRuns } from './issued-runs';
import { RunProgress, type ItemBill, type WorkedRun } from './run-progress';

/** Gives the posted bills of a run their serials and freezes what they say. */
@Injectable()
export class IssuingRun {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly heads: ChargeHeads,
    private readonly holders: Holders,
    private readonly feeders: BillFeeders,
    private readonly plans: NextInstalments,
    private readonly progress: RunProgress,
    private readonly issued: IssuedRuns,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  step(run: WorkedRun, limit: number): Promise<void> {
    return this.uow.run(async () => {
      const bills = await this.progress.next(run, ['POSTED'], limit);
      if (!(await this.progress.claim(run, bills.at(-1)?.accountId ?? 0))) return;
      if (bills.length === 0) {
        await this.progress.note(run, { task: null, state: 'ISSUED', issuedAt: this.clock.now() });
        return this.issued.announce(run);
      }
      const feeder = this.feeders.require(run.feeder);
      const heads = await this.heads.require(new Set(bills.flatMap(({ lines }) => lines.map(({ head }) => head))));
      const accountIds = bills.map(({ accountId }) => accountId);
      const holders = await this.holders.of(accountIds);
      const plans = await this.plans.of(accountIds, run.issueOn);
      const details = await feeder.details?.(bills, { ...run, by: run.issuedBy });
      const office = run.office!;
      const year = Number(run.issueOn.slice(0, 4));
      // After the reading, because other bills of this office wait for the sequence from here on.
      const first = await this.ids.reserve(`bills-${office}-${year}`, bills.length);
      await this.store.bulkUpdate(
        Bill,
        ['state', 'serial', 'number', 'content', 'contentHash'],
        bills.map((bill, at) => {
          const serial = serialOf({ kind: 'BL', office, year, number: first + at });
          const { id, accountId } = bill;
          const plan = plans.get(accountId) ?? null;
          const about = { plan, detail: details?.get(id) ?? null, holder: holders.get(accountId)! };
          const content = contentOf(run, bill, { serial, feeder, heads, ...about });
          const values = ['ISSUED', serial, first + at, JSON.stringify(content), contentHash(content)];
          return { id: bill.id, values };
        }),
      );
    });
  }
}

function contentOf(
  { issueOn, dueOn, period }: WorkedRun,
  { lines, amount, previousBalance, advanceApplied }: ItemBill,
  about: {
    serial: string;
    feeder: BillFeeder;
    heads: ReadonlyMap<string, ChargeHead>;
    holder: HeldBy;
    plan: PlanOnBill | null;
    detail: BillDetail | null;
  },
): BillContent {
  const { serial, feeder, heads, holder, plan, detail } = about;
  const { number, serviceType, currency, address, name, oneRecordNumber } = holder;
  return {
    serial,
    issuedOn: issueOn,
    dueOn,
    period,
    feeder: { code: feeder.code, nameAr: feeder.nameAr, nameEn: feeder.nameEn },
    account: { number, serviceType, currency, address },
    holder: { name, oneRecordNumber },
    lines: lines.map((line) => {
      const { nameAr, nameEn } = heads.get(line.head)!;
      return { ...line, nameAr, nameEn, period: line.period ?? period };
    }),
    amount,
    previousBalance: previousBalance!,
    advanceApplied: advanceApplied!,
    totalDue: previousBalance! + amount,
    plan,
    detail,
  };
}
