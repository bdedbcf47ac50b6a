import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { defineMessage, Handles, Outbox } from '@libs/outbox';
import { formatSums } from '@libs/money';
import { Store, UnitOfWork } from '@libs/persistence';
import { IsNull } from 'typeorm';
import { defineTemplate, Notifications } from '../../notifications';
import { BillRun } from '../bill-runs/bill-run.entity';
import { AccountTally } from './account-tally';
import { BILLS } from './topics';

interface DigestMessage {
  runId: number;
  /** The last record that was dealt with. */
  after: number;
}

export const BILLS_ISSUED = defineMessage<DigestMessage>('billing.bills-issued', 'BULK');

const BILLS_WITHDRAWN = defineMessage<{ runId: number }>('billing.bills-withdrawn', 'TRANSACTIONAL');

/** Records a unit of work. */
const CHUNK = 1000;

const DIGEST = defineTemplate({
  code: 'billing.bills-issued',
  topic: BILLS,
  lane: 'BULK',
  placeholders: { bills: 'number', period: 'code', sums: 'text', dueOn: 'date' },
  texts: {
    SMS: {
      ar: '{{municipality}}: صدرت فواتيركم عن {{period}} وعددها {{bills}} ومجموعها {{sums}}، وتستحق {{dueOn}}',
      en: '{{municipality}}: bills for {{period}}: {{bills}}, in all {{sums}}, due {{dueOn}}',
    },
    EMAIL: {
      ar: {
        subject: 'فواتير {{period}}',
        body: 'صدرت فواتيركم عن {{period}} وعددها {{bills}} ومجموعها {{sums}}، وتستحق {{dueOn}}. {{municipality}}',
      },
      en: {
        subject: 'Bills for {{period}}',
        body: 'Your bills for {{period}} were issued: {{bills}}, in all {{sums}}, due {{dueOn}}. {{municipality}}',
      },
    },
    INAPP: {
      ar: { subject: 'فواتير {{period}}', body: 'عددها {{bills}} ومجموعها {{sums}}، وتستحق {{dueOn}}' },
      en: { subject: 'Bills for {{period}}', body: '{{bills}}, in all {{sums}}, due {{dueOn}}' },
    },
  },
});

/**
 * One message a person and run, however many accounts were billed. Payers without an approved record get none: an amount
 * is nothing to send to a phone that nobody has confirmed.
 */
@Injectable()
export class BillDigests {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly tally: AccountTally,
    private readonly notifications: Notifications,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** In the unit that ends the run. */
  async ask(runId: number): Promise<void> {
    if (this.config.billNotices) await this.outbox.add(BILLS_ISSUED, { runId, after: 0 });
  }

  /** In the unit that has a run reversed: what waits, such as for the end of the night, does not leave any more. */
  async withdraw(runId: number): Promise<void> {
    await this.outbox.add(BILLS_WITHDRAWN, { runId });
  }

  @Handles(BILLS_WITHDRAWN)
  async takeBack({ runId }: { runId: number }): Promise<void> {
    await this.notifications.withdraw(keysOf(runId));
  }

  /** The next records, and a message for those after them. May run again: one key, one message. */
  @Handles(BILLS_ISSUED)
  async digest({ runId, after }: DigestMessage): Promise<void> {
    const issued = { table: 'bills', where: `x."run_id" = ? AND x."state" = 'ISSUED'`, amount: 'x."amount"' };
    const { tallies, next } = await this.tally.page({ ...issued, parameters: [runId] }, after, CHUNK);
    await this.uow.run(async () => {
      // Held: whoever has it reversed waits, and then takes these back, too.
      await this.store.hold(BillRun, [runId]);
      const run = await this.store.reads(BillRun).findOneBy({ id: runId, state: 'ISSUED', task: IsNull() });
      if (!run) return;
      const { period, dueOn } = run;
      await this.notifications.sendMany(
        tallies.map(({ oneRecordId, rows: bills, sums }) => ({
          to: { oneRecordId },
          values: { bills, period, sums: formatSums(sums), dueOn },
          dedupeKey: `${keysOf(runId)}:${oneRecordId}`,
        })),
        { template: DIGEST },
      );
      if (next !== null) await this.outbox.add(BILLS_ISSUED, { runId, after: next });
    });
  }
}

const keysOf = (runId: number): string => `bills:${runId}`;
