import { Injectable } from '@nestjs/common';
import { Holders, LEGAL } from '../../billing';
import { defineTemplate, Notifications } from '../../notifications';
import type { CutNotice } from './cut.entity';

const CUT_NOTICED = defineTemplate({
  code: 'water.cut-noticed',
  topic: LEGAL,
  lane: 'TRANSACTIONAL',
  placeholders: { serial: 'code', subscription: 'text', owed: 'money', days: 'number' },
  texts: {
    SMS: {
      ar: '{{municipality}}: صدر إخطار قطع المياه {{serial}} عن الاشتراك {{subscription}}، المستحق {{owed}}. تقطع بعد {{days}} أيام من تبليغه. هذه الرسالة للعلم وليست تبليغاً',
      en: '{{municipality}}: notice {{serial}}: the water of subscription {{subscription}} is cut {{days}} days after its service; owed {{owed}}. This message informs you and does not serve it',
    },
    INAPP: {
      ar: {
        subject: 'إخطار قطع المياه',
        body: 'الاشتراك {{subscription}}، المستحق {{owed}}، الإخطار {{serial}}، {{days}} أيام من تبليغه',
      },
      en: {
        subject: 'Notice of disconnection',
        body: 'Subscription {{subscription}}, owed {{owed}}, notice {{serial}}, {{days}} days from its service',
      },
    },
  },
});

/** A courtesy beside the service of notices of disconnection: a text message alone serves nothing. */
@Injectable()
export class CutMessages {
  constructor(
    private readonly holders: Holders,
    private readonly notifications: Notifications,
  ) {}

  /** In the unit that issues them. */
  async tell(notices: readonly CutNotice[]): Promise<void> {
    const holders = await this.holders.of(notices.map(({ accountId }) => accountId));
    const recipients = notices.flatMap(({ id, accountId, serial, content }) => {
      const oneRecordId = holders.get(accountId)?.oneRecordId ?? null;
      if (oneRecordId === null) return [];
      const { subscription, owed: minor, noticeDays: days } = content;
      const values = { serial, subscription, owed: { minor, currency: 'ILS' as const }, days };
      return [{ to: { oneRecordId }, values, dedupeKey: `cut-notice:${id}` }];
    });
    await this.notifications.sendMany(recipients, { template: CUT_NOTICED });
  }
}
