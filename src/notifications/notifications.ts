import { Inject, Injectable } from '@nestjs/common';
import { isolate, stripBidiControls } from '@libs/arabic';
import { compare, type Clock, type Instant } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { defineProblems, Problem } from '@libs/http';
import { defineMessage, Handles, Outbox, type Lane, type MessageType } from '@libs/outbox';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { parsePhone } from '@libs/phone';
import { SmsMessage, type LANGUAGES } from './notification.entities';
import { SmsProvider } from './sms-provider';
import { smsSize } from './sms-segments';

const CODES = defineProblems({
  'notifications.not-a-mobile': {
    status: 422,
    ar: 'الرسائل القصيرة ترسل إلى رقم جوال فقط',
    en: 'Text messages go to mobile numbers only',
  },
});

export interface Sms {
  /** As people write it; a mobile. */
  to: string;
  text: string;
  lane: Lane;
  language: (typeof LANGUAGES)[number];
  /** `module.what:id`, at most 100 characters: the same key again is the same message. */
  dedupeKey: string;
  /** Not sent any more after this. */
  expiresAt?: Instant;
}

interface QueuedSms {
  smsId: number;
  text: string;
}

const QUEUES: Record<Lane, MessageType<QueuedSms>> = {
  OTP: defineMessage('notifications.sms.otp', 'OTP', { secret: true }),
  EMERGENCY: defineMessage('notifications.sms.emergency', 'EMERGENCY', { secret: true }),
  TRANSACTIONAL: defineMessage('notifications.sms.transactional', 'TRANSACTIONAL', { secret: true }),
  BULK: defineMessage('notifications.sms.bulk', 'BULK', { secret: true }),
};

/** Messages to citizens. */
@Injectable()
export class Notifications {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly outbox: Outbox,
    private readonly provider: SmsProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * In the caller's unit of work: the message leaves if and only if that commits. In Arabic, numbers and Latin are
   * isolated, so that they read in their own direction.
   * @returns the id of the message, also of one queued before under the same key
   * @throws {Problem} notifications.not-a-mobile
   */
  sms({ to, text, lane, language, dedupeKey, expiresAt }: Sms): Promise<number> {
    return this.uow.run(async () => {
      const { kind, e164 } = parsePhone(to);
      if (kind !== 'mobile' || !e164) throw new Problem(CODES['notifications.not-a-mobile']);
      const known = await this.store.reads(SmsMessage).findOneBy({ dedupeKey });
      if (known) return known.id;
      const clean = stripBidiControls(text);
      const body = language === 'ar' ? isolate(clean) : clean;
      const { encoding, segments } = smsSize(body);
      const id = await this.ids.one();
      await this.store.insert(SmsMessage, {
        id,
        dedupeKey,
        recipient: e164,
        lane,
        language,
        state: 'QUEUED',
        encoding,
        segments,
        expiresAt: expiresAt ?? null,
        createdAt: this.clock.now(),
        settledAt: null,
      });
      await this.outbox.add(QUEUES[lane], { smsId: id, text: body });
      return id;
    });
  }

  /** May run again for a message that has left: the provider knows it by its key and takes it once. */
  @Handles(...Object.values(QUEUES))
  async deliver({ smsId, text }: QueuedSms): Promise<void> {
    const sms = await this.store.reads(SmsMessage).findOneBy({ id: smsId, state: 'QUEUED' });
    if (!sms) return;
    const { dedupeKey: reference, recipient: to, lane, expiresAt } = sms;
    const isLate = expiresAt !== null && compare(expiresAt, this.clock.now()) <= 0;
    if (!isLate) await this.provider.send({ reference, to, text, lane });
    const state = isLate ? 'EXPIRED' : 'SENT';
    const settled = { state, settledAt: this.clock.now() } as const;
    await this.uow.run(() => this.store.update(SmsMessage, { id: smsId, state: 'QUEUED' }, settled));
  }
}
