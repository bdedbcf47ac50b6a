import { Injectable } from '@nestjs/common';
import { parsePhone } from '@libs/phone';
import { ACCOUNT, Contacts, Notifications } from '../../notifications';

/** Of both languages, for the one that the citizen reads. */
export interface SecurityText {
  ar: string;
  en: string;
}

/** What a citizen is told of the own account, in the unit of work that changes it. */
@Injectable()
export class CitizenMessages {
  constructor(
    private readonly contacts: Contacts,
    private readonly notifications: Notifications,
  ) {}

  /**
   * By SMS, at any hour and whatever they prefer, as codes are: it may be a stranger who did it. In the language that they
   * have chosen, Arabic where nothing is known. No employee can read it later. A record whose phone is a fixed line is told
   * nothing, and what is told is done all the same.
   */
  async tell(oneRecordId: number, to: string | null, text: SecurityText, dedupeKey: string): Promise<void> {
    if (parsePhone(to).kind !== 'mobile') return;
    const language = (await this.contacts.of([oneRecordId])).get(oneRecordId)?.language ?? 'ar';
    const words = { text: text[language], lane: 'OTP', topic: ACCOUNT, language } as const;
    await this.notifications.sms({ to: to!, ...words, dedupeKey });
  }
}
