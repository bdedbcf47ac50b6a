import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { defineMessage, Handles, Outbox, Postponed } from '@libs/outbox';
import { formatSums } from '@libs/money';
import { Store, UnitOfWork } from '@libs/persistence';
import { defineTemplate, Notifications } from '../../notifications';
import { Bill, BillRun, type BillState } from '../bill-runs/bill-run.entity';
import { AccountTally, type Tallied, type Tally } from './account-tally';
import { BILLS } from './topics';

interface DigestMessage {
  runId: number;
  /** The last record that was dealt with. */
  after: number;
}

export const BILLS_ISSUED = defineMessage<DigestMessage>('billing.bills-issued', 'BULK');

const BILLS_WITHDRAWN = defineMessage<DigestMessage>('billing.bills-withdrawn', 'TRANSACTIONAL');

/** Records a unit of work. */
const CHUNK = 1000;
/** Between two looks at a run that is being reversed. */
const LONGEST_PAUSE_SECONDS = 600;

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

  /** In the unit that ends a reversal, whatever it has reached: what waits, such as for the end of the night, does not leave any more. */
  async withdraw(runId: number): Promise<void> {
    await this.outbox.add(BILLS_WITHDRAWN, { runId, after: 0 });
  }

  /**
   * People whose bills all stand keep their message; those of whose bills some do get one that tells of these, where theirs
   * had not left. May run again: what took its place is not taken back.
   */
  @Handles(BILLS_WITHDRAWN)
  async takeBack({ runId, after }: DigestMessage): Promise<void> {
    if (!(await this.store.reads(Bill).existsBy({ runId, state: 'ISSUED' }))) {
      await this.notifications.withdraw(keysOf(runId));
      return;
    }
    await this.uow.run(async () => {
      const run = await this.still(runId);
      const { tallies, next } = await this.tally.page(billsOf(runId, 'REVERSED'), after, CHUNK);
      const ids = tallies.map(({ oneRecordId }) => oneRecordId);
      const standing = new Map(
        (await this.tally.of(ids, billsOf(runId, 'ISSUED'))).map((each) => [each.oneRecordId, each]),
      );
      const told: (Tally & { dedupeKey: string })[] = [];
      for (const id of ids) {
        const left = standing.get(id);
        const dedupeKey = `${keyOf(runId, id)}:left-${left?.rows ?? 0}`;
        const taken = await this.notifications.withdraw(keyOf(runId, id), dedupeKey);
        if (left && taken > 0) told.push({ ...left, dedupeKey });
      }
      await this.tell(run, told);
      if (next !== null) await this.outbox.add(BILLS_WITHDRAWN, { runId, after: next });
    });
  }

  /** The next records, and a message for those after them. May run again: one key, one message. */
  @Handles(BILLS_ISSUED)
  digest({ runId, after }: DigestMessage): Promise<void> {
    return this.uow.run(async () => {
      const run = await this.still(runId);
      const { tallies, next } = await this.tally.page(billsOf(runId, 'ISSUED'), after, CHUNK);
      await this.tell(
        run,
        tallies.map((each) => ({ ...each, dedupeKey: keyOf(runId, each.oneRecordId) })),
      );
      if (next !== null) await this.outbox.add(BILLS_ISSUED, { runId, after: next });
    });
  }

  /** Held: whoever reverses it waits, and then takes these back, too. @throws {Postponed} while it is being reversed */
  private async still(runId: number): Promise<BillRun> {
    await this.store.hold(BillRun, [runId]);
    const run = await this.store.reads(BillRun).findOneByOrFail({ id: runId });
    // It may be refused, and then the bills stand.
    if (run.task !== null) throw new Postponed(`bill run ${runId} is being reversed`, LONGEST_PAUSE_SECONDS);
    return run;
  }

  private async tell({ period, dueOn }: BillRun, told: readonly (Tally & { dedupeKey: string })[]): Promise<void> {
    if (told.length === 0) return;
    await this.notifications.sendMany(
      told.map(({ oneRecordId, rows: bills, sums, dedupeKey }) => ({
        to: { oneRecordId },
        values: { bills, period, sums: formatSums(sums), dueOn },
        dedupeKey,
      })),
      { template: DIGEST },
    );
  }
}

const billsOf = (runId: number, state: BillState): Tallied => ({
  table: 'bills',
  where: 'x."run_id" = ? AND x."state" = ?',
  parameters: [runId, state],
  amount: 'x."amount"',
});
const keysOf = (runId: number): string => `bills:${runId}`;
const keyOf = (runId: number, oneRecordId: number): string => `${keysOf(runId)}:${oneRecordId}`;
