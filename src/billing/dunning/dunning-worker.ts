import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { defineMessage, Handles } from '@libs/outbox';
import { IdAllocator, loggable, Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../accounts/account.entity';
import { Debtors } from './debtors';
import { DunningDebtor, DunningRun } from './dunning.entity';
import { totalsOf } from './dunning.rules';
import { WarningIssue } from './warning-issue';

export const DUNNING_ASKED = defineMessage<{ runId: number }>('billing.dunning-run', 'BULK');

/**
 * Works off the task of a dunning run. A list is made whole or not at all; warnings are issued unit by unit, and whoever
 * comes after one that was cut off goes on after its last unit, because the cursor moves with what is done.
 */
@Injectable()
export class DunningWorker {
  /** Debtors a unit of work. */
  unit = 100;

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly debtors: Debtors,
    private readonly issue: WarningIssue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Handles(DUNNING_ASKED)
  async onAsked({ runId }: { runId: number }): Promise<void> {
    await this.work(runId);
  }

  /** Until the run has no task. An error stays with the run as its `failure` and is thrown: the task goes on when this is called again. */
  async work(runId: number): Promise<void> {
    for (;;) {
      const run = await this.store.reads(DunningRun).findOneBy({ id: runId });
      if (!run?.task) return;
      try {
        if (run.task === 'LIST') await this.list(run);
        else await this.uow.run(() => this.issueNext(run));
      } catch (error) {
        const failure = loggable(error).message.slice(0, 1000);
        await this.uow.run(() => this.store.update(DunningRun, { id: runId }, { failure }));
        throw error;
      }
    }
  }

  private async list({ id, version, criteria, dueBy }: DunningRun): Promise<void> {
    const { debtors, leftOut } = await this.debtors.find(criteria, dueBy);
    const rows = [...debtors.values()].map(({ holder, charges }) => ({
      state: 'LISTED' as const,
      oneRecordId: holder.oneRecordId,
      // A record stands for all its rows.
      legacyCitizenId: holder.oneRecordId === null ? holder.legacyCitizenId : null,
      name: holder.name.slice(0, 500),
      accountIds: [...new Set(charges.map(({ accountId }) => accountId))],
      debts: totalsOf(charges),
      reason: null,
      warningId: null,
    }));
    await this.uow.run(async () => {
      const done = {
        state: 'LISTED' as const,
        task: null,
        leftOut,
        totals: totalsOf(rows.flatMap(({ debts }) => debts)),
        failure: null,
      };
      if ((await this.store.update(DunningRun, { id, version, task: 'LIST' }, done)) !== 1) return;
      const ids = await this.ids.many(rows.length);
      await this.store.insert(
        DunningDebtor,
        rows.map((row, at) => ({ id: ids[at]!, runId: id, ...row })),
      );
    });
  }

  private async issueNext(run: DunningRun): Promise<void> {
    const next = await this.store
      .query(DunningDebtor, 'd')
      .where("d.runId = :id AND d.state = 'LISTED' AND d.id > :cursor", { id: run.id, cursor: run.cursor })
      .orderBy('d.id')
      .take(this.unit)
      .getMany();
    const { id, version, cursor, criteria, dueBy } = run;
    const end = next.length === 0;
    const changes = end
      ? { task: null, state: 'ISSUED' as const, issuedAt: this.clock.now() }
      : { cursor: next.at(-1)!.id, failure: null };
    // First, so that of two workers one does it.
    if ((await this.store.update(DunningRun, { id, version, task: 'ISSUE', cursor }, changes)) !== 1 || end) return;
    const accountIds = [...new Set(next.flatMap((debtor) => debtor.accountIds))].sort((a, b) => a - b);
    // What is outstanding, and what is warned of, stays so until the warnings are written.
    await this.store.hold(Account, accountIds);
    const { debtors } = await this.debtors.find({ ...criteria, accountIds }, dueBy);
    // By account: whose it is may have changed since the list was made, as when a record was approved.
    const partyOf = new Map([...debtors].flatMap(([key, { charges }]) => charges.map((each) => [each.accountId, key])));
    const partiesOf = (debtor: DunningDebtor) => debtor.accountIds.flatMap((id) => partyOf.get(id) ?? []);
    const parties = [...new Set(next.flatMap(partiesOf))];
    const ids = await this.issue.issue(
      run,
      parties.map((key) => debtors.get(key)!),
    );
    const warnings = new Map(parties.map((key, at) => [key, ids[at]!]));
    await this.store.bulkUpdate(
      DunningDebtor,
      ['state', 'warningId'],
      next.map((debtor) => {
        const [party] = partiesOf(debtor);
        return { id: debtor.id, values: party === undefined ? ['SETTLED', null] : ['WARNED', warnings.get(party)!] };
      }),
    );
  }
}
