import { Injectable } from '@nestjs/common';
import { defineEvent, Webhooks } from '../../notifications';
import { BillDigests } from '../notices/bill-digests';
import type { BillRun } from './bill-run.entity';

const ISSUED = defineEvent<{
  runId: number;
  feeder: string;
  period: string;
  issueOn: string;
  dueOn: string;
  bills: number;
}>('billing.bills-issued', { ar: 'صدرت فواتير', en: 'The bills of a run were issued' });

/** What follows once all bills of a run are issued. */
@Injectable()
export class IssuedRuns {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly digests: BillDigests,
  ) {}

  /** In the unit that ends the run. */
  async announce({ id: runId, feeder, period, issueOn, dueOn, bills }: BillRun): Promise<void> {
    await this.digests.ask(runId);
    await this.webhooks.publish(ISSUED, `bill-run/${runId}`, { runId, feeder, period, issueOn, dueOn, bills });
  }
}
