import { Injectable } from '@nestjs/common';
import { parsePhone } from '@libs/phone';
import { ACCOUNT, Notifications } from '../../notifications';

/** What a citizen is told of the own account, in the unit of work that changes it. */
@Injectable()
export class CitizenMessages {
  constructor(private readonly notifications: Notifications) {}

  /**
   * By SMS, at any hour and whatever they prefer, as codes are: it may be a stranger who did it. No employee can read it
   * later. A record whose phone is a fixed line is told nothing, and what is told is done all the same.
   */
  async tell(to: string | null, text: string, dedupeKey: string): Promise<void> {
    if (parsePhone(to).kind !== 'mobile') return;
    await this.notifications.sms({ to: to!, text, lane: 'OTP', topic: ACCOUNT, language: 'ar', dedupeKey });
  }
}
