import { Injectable } from '@nestjs/common';
import { formatSums, type Currency } from '@libs/money';
import { defineTemplate, Notifications } from '../../notifications';
import { LEGAL } from '../notices/topics';
import type { Warning } from './warning.entity';

const WARNED = defineTemplate({
  code: 'billing.warned',
  topic: LEGAL,
  lane: 'TRANSACTIONAL',
  placeholders: { serial: 'code', sums: 'text' },
  texts: {
    SMS: {
      ar: '{{municipality}}: صدر بحقكم إخطار رقم {{serial}} بمبلغ {{sums}}. هذه الرسالة للعلم وليست تبليغاً؛ للدفع أو التقسيط راجعوا مركز الخدمات',
      en: '{{municipality}}: warning {{serial}} over {{sums}} was issued to you. This message informs you and does not serve it; to pay or agree on instalments come to the service centre',
    },
    INAPP: {
      ar: { subject: 'إخطار {{serial}}', body: 'صدر بحقكم إخطار رقم {{serial}} بمبلغ {{sums}}' },
      en: { subject: 'Warning {{serial}}', body: 'Warning {{serial}} over {{sums}} was issued to you' },
    },
  },
});

/** A courtesy: the warning itself is served in person, at the last address or by registered mail (Law 1/1997 art. 27). */
@Injectable()
export class WarningNotices {
  constructor(private readonly notifications: Notifications) {}

  /** In the unit that issues them. */
  async tell(warnings: readonly Warning[]): Promise<void> {
    const recipients = warnings.flatMap(({ id, oneRecordId, serial, content: { totals } }) => {
      const sums = formatSums(
        totals.map(({ currency, amount }) => ({ currency: currency as Currency, minor: amount })),
      );
      return oneRecordId === null
        ? []
        : [{ to: { oneRecordId }, values: { serial, sums }, dedupeKey: `warning:${id}` }];
    });
    await this.notifications.sendMany(recipients, { template: WARNED });
  }
}
