import { Injectable, Logger } from '@nestjs/common';
import { Problem } from '@libs/http';
import { defineMessage, Handles } from '@libs/outbox';
import { isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { BOOKS } from '../billing.problems';
import { BillRun, type RunTask } from './bill-run.entity';
import { Calculating, reasonOf } from './calculating';
import { BillFeeders } from './feeders';
import { IssuingRun } from './issuing-run';
import { PostingRun } from './posting-run';
import { ReversingRun } from './reversing-run';
import type { WorkedRun } from './run-progress';

export const RUN_ASKED = defineMessage<{ runId: number }>('billing.bill-run', 'BULK');

interface Task {
  step(run: WorkedRun, limit: number): Promise<void>;
  /** Deals with the next account alone, which cannot be done. */
  skip?(run: WorkedRun, reason: string): Promise<void>;
  /** In the unit in which a refusal ends the task: what it has done until then is done. */
  refused?(run: WorkedRun): Promise<void>;
}

/** Refusals that are one account's and do not stop the run; a unique index refuses a charge that is there already. */
const OF_ACCOUNT: readonly string[] = [
  BOOKS['billing.account-unknown'],
  BOOKS['billing.account-closed'],
  BOOKS['billing.head-unknown'],
  BOOKS['billing.already-reversed'],
  BOOKS['billing.charge-relieved'],
  BOOKS['billing.not-reversible'],
  BOOKS['billing.exceeds-charge'],
  BOOKS['billing.exceeds-credit'],
];

/**
 * Works off the task of a run, unit by unit. Whoever comes after one that was cut off goes on after its last unit, and
 * two at once share the work, because the cursor of the run moves with what is done.
 */
@Injectable()
export class RunWorker {
  /** Accounts a unit of work: as many as one list of keys holds. */
  unit = 2000;
  private readonly logger = new Logger(RunWorker.name);
  private readonly tasks: Record<RunTask, Task>;

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly feeders: BillFeeders,
    calculating: Calculating,
    posting: PostingRun,
    issuing: IssuingRun,
    reversing: ReversingRun,
  ) {
    this.tasks = { CALCULATE: calculating, POST: posting, ISSUE: issuing, REVERSE: reversing };
  }

  @Handles(RUN_ASKED)
  async onAsked({ runId }: { runId: number }): Promise<void> {
    await this.work(runId);
  }

  /**
   * Until the run has no task. A refusal that concerns all bills, such as a closed period, ends the task with a
   * `failure`; any other error is thrown, and the task goes on where it was when this is called again.
   */
  async work(runId: number): Promise<void> {
    let alone = 0;
    for (;;) {
      const run = await this.store.reads(BillRun).findOneBy({ id: runId });
      if (!run?.task) return;
      const worked = run as WorkedRun;
      const task = this.tasks[worked.task];
      try {
        await task.step(worked, alone > 0 ? 1 : this.unit);
        if (alone > 0) alone--;
      } catch (error) {
        const ofAccount = isUniqueViolation(error) || (error instanceof Problem && this.isOfAccount(run, error));
        if (!ofAccount || !task.skip) return await this.stop(worked, error);
        if (alone === 0) alone = this.unit;
        else {
          await task.skip(worked, reasonOf(error));
          alone--;
        }
      }
    }
  }

  private isOfAccount({ feeder }: BillRun, { code }: Problem): boolean {
    return OF_ACCOUNT.includes(code) || (this.feeders.require(feeder).refusals?.includes(code) ?? false);
  }

  private async stop(run: WorkedRun, error: unknown): Promise<void> {
    const { id, task, version } = run;
    const failure = reasonOf(error).slice(0, 1000);
    const refused = error instanceof Problem;
    const changes = { failure, ...(refused && { task: null }) };
    await this.uow.run(async () => {
      await this.store.update(BillRun, { id, task, version }, changes);
      if (refused) await this.tasks[task].refused?.(run);
    });
    if (!refused) throw error;
    this.logger.warn(`bill run ${id}: ${failure}`);
  }
}
