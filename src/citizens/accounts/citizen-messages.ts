import { Injectable } from '@nestjs/common';
import { parsePhone } from '@libs/phone';
import { Notifications } from '../../notifications';

/** What a citizen is told of the own account, in the unit of work that changes it. */
@Injectable()
export class CitizenMessages {
  constructor(private readonly notifications: Notifications) {}

  /** By SMS; a record whose phone is a fixed line is told nothing, and what is told is done all the same. */
  async tell(to: string | null, text: string, dedupeKey: string, { secret = false } = {}): Promise<void> {
    if (parsePhone(to).kind !== 'mobile') return;
    await this.notifications.sms({ to: to!, text, lane: 'TRANSACTIONAL', language: 'ar', dedupeKey, secret });
  }
}
