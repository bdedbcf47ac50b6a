import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { defineMessage, Handles, Outbox } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { AccountTally, BILLS } from '../../billing';
import { defineTemplate, Notifications } from '../../notifications';
import { ReRating } from './re-rating.entity';

interface ReRatedMessage {
  reRatingId: number;
  /** The last record that was dealt with. */
  after: number;
}

const RE_RATED = defineMessage<ReRatedMessage>('water.re-rated', 'BULK');
/** Records a unit of work. */
const CHUNK = 1000;

const placeholders = { from: 'code', to: 'code', decision: 'text', amount: 'money' } as const;
const CREDITED = defineTemplate({
  code: 'water.re-rated-credit',
  topic: BILLS,
  lane: 'BULK',
  placeholders,
  texts: {
    SMS: {
      ar: '{{municipality}}: أعيد احتساب مياهكم من {{from}} إلى {{to}} بقرار {{decision}}، وقُيّد لحسابكم {{amount}}',
      en: '{{municipality}}: your water from {{from}} to {{to}} was rated again by decision {{decision}}: {{amount}} were credited to you',
    },
    INAPP: {
      ar: { subject: 'إعادة احتساب المياه', body: 'من {{from}} إلى {{to}} بقرار {{decision}}: قُيّد لحسابكم {{amount}}' },
      en: { subject: 'Water rated again', body: '{{from}} to {{to}}, decision {{decision}}: {{amount}} credited' },
    },
  },
});
const CHARGED = defineTemplate({
  code: 'water.re-rated-debit',
  topic: BILLS,
  lane: 'BULK',
  placeholders: { ...placeholders, dueOn: 'date' },
  texts: {
    SMS: {
      ar: '{{municipality}}: أعيد احتساب مياهكم من {{from}} إلى {{to}} بقرار {{decision}}، والفرق عليكم {{amount}} يستحق {{dueOn}}',
      en: '{{municipality}}: your water from {{from}} to {{to}} was rated again by decision {{decision}}: {{amount}} more, due {{dueOn}}',
    },
    INAPP: {
      ar: {
        subject: 'إعادة احتساب المياه',
        body: 'من {{from}} إلى {{to}} بقرار {{decision}}: الفرق عليكم {{amount}} يستحق {{dueOn}}',
      },
      en: {
        subject: 'Water rated again',
        body: '{{from}} to {{to}}, decision {{decision}}: {{amount}} more, due {{dueOn}}',
      },
    },
  },
});

/** What a re-rating comes to for each person: one message, whatever the number of cycles and subscriptions. */
@Injectable()
export class ReRatingNotices {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly tally: AccountTally,
    private readonly notifications: Notifications,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** In the unit that ends the posting. */
  async ask(reRatingId: number): Promise<void> {
    if (this.config.billNotices) await this.outbox.add(RE_RATED, { reRatingId, after: 0 });
  }

  /** The next records, and a message for those after them. May run again: one key, one message. */
  @Handles(RE_RATED)
  async tell({ reRatingId, after }: ReRatedMessage): Promise<void> {
    const run = await this.store.reads(ReRating).findOneBy({ id: reRatingId, state: 'POSTED' });
    if (!run) return;
    const posted = {
      table: 'water_re_rating_differences',
      where: `x."re_rating_id" = ? AND x."state" = 'POSTED'`,
      amount: 'x."after" - x."before"',
    };
    const { tallies, next } = await this.tally.page({ ...posted, parameters: [reRatingId] }, after, CHUNK);
    const { fromPeriod: from, toPeriod: to, decisionNumber: decision, dueOn } = run;
    // Water is charged in ILS.
    const sums = tallies.map(({ oneRecordId, sums: [sum] }) => ({ oneRecordId, minor: sum!.minor }));
    const recipient = ({ oneRecordId, minor }: (typeof sums)[number]) => ({
      to: { oneRecordId },
      values: { from, to, decision, amount: { minor: Math.abs(minor), currency: 'ILS' as const } },
      dedupeKey: `re-rated:${reRatingId}:${oneRecordId}`,
    });
    const credited = sums.filter(({ minor }) => minor < 0).map(recipient);
    const charged = sums
      .filter(({ minor }) => minor > 0)
      .map(recipient)
      .map(({ values, ...rest }) => ({ ...rest, values: { ...values, dueOn } }));
    await this.uow.run(async () => {
      await this.notifications.sendMany(credited, { template: CREDITED });
      await this.notifications.sendMany(charged, { template: CHARGED });
      if (next !== null) await this.outbox.add(RE_RATED, { reRatingId, after: next });
    });
  }
}
