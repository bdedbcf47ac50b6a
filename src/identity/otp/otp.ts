import { Inject, Injectable } from '@nestjs/common';
import { foldDigits } from '@libs/arabic';
import { addDays, addDuration, compare, localDateOf, startOfLocalDay, type Clock, type Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { LessThan, MoreThan, MoreThanOrEqual } from 'typeorm';
import { codeHash, equalHashes, newCode, newSalt } from './code-hash';
import { OneTimeCode, type OtpPurpose } from './one-time-code.entity';

export interface OtpFor {
  purpose: OtpPurpose;
  /** Whom the code is for, at most 60 characters: `record:1042`. */
  subject: string;
}

export interface IssuedCode {
  /** Also the key under which its message is sent once. */
  id: number;
  /** For the message alone: never stored, logged or answered. */
  code: string;
  expiresAt: Instant;
  /** Not before this may another be issued. */
  resendFrom: Instant;
  sendsLeftToday: number;
}

export interface NoCode {
  refused: 'TOO_SOON' | 'DAILY_LIMIT';
  /** When another may be issued. */
  from: Instant;
}

/** Stands in for the code of a subject that has none, so that the answer takes the same steps. */
const NOBODYS = { id: 0, salt: newSalt(), codeHash: '0'.repeat(64) };

const keyOf = ({ purpose, subject }: OtpFor): string => `${purpose}:${subject}`;

/** One-time codes (OTP): bound to a purpose and a subject, sent to one phone, answered once. */
@Injectable()
export class Otp {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * A new code, which ends the one before. The caller sends it in the same unit of work, in which it holds the subject: or
   * two at once would both find the pause kept, and the second fail at the unique index.
   */
  async issue(of: OtpFor, phoneE164: string): Promise<IssuedCode | NoCode> {
    const now = this.clock.now();
    const { otpMinutes, otpPerDay, otpResendSeconds, jwtSecret } = this.config;
    const room = await this.room(of, phoneE164, now);
    if ('refused' in room) return room;
    const openKey = keyOf(of);
    await this.store.update(OneTimeCode, { openKey }, { state: 'REPLACED', openKey: null });
    const [id, code, salt] = [await this.ids.one(), newCode(), newSalt()];
    const expiresAt = addDuration(now, { minutes: otpMinutes });
    await this.store.insert(OneTimeCode, {
      id,
      purpose: of.purpose,
      subject: of.subject,
      openKey,
      state: 'OPEN',
      phoneE164,
      salt,
      codeHash: codeHash(jwtSecret, openKey, salt, code),
      tries: 0,
      sentAt: now,
      expiresAt,
      usedAt: null,
    });
    const resendFrom = addDuration(now, { seconds: otpResendSeconds });
    return { id, code, expiresAt, resendFrom, sendsLeftToday: otpPerDay - room.sentToday - 1 };
  }

  /**
   * Judges an answer, in Latin or Arabic digits. It counts as a try before it is judged, also when several come at once, and a
   * right one uses the code up. The caller commits its unit of work also when this answers null, or the try is not counted.
   * @returns the phone the code was sent to; null when it is wrong, expired, used, replaced, worn out or was never sent
   */
  answer(of: OtpFor, answer: string): Promise<{ phone: string } | null> {
    return this.uow.run(async () => {
      const openKey = keyOf(of);
      const code = await this.store.reads(OneTimeCode).findOneBy({ openKey });
      const { id, salt, codeHash: wanted } = code ?? NOBODYS;
      const counted = await this.countTry(id);
      const given = codeHash(this.config.jwtSecret, openKey, salt, foldDigits(answer));
      const isRight = equalHashes(given, wanted) && counted;
      const used = { state: 'USED', openKey: null, usedAt: this.clock.now() } as const;
      const open = { id: isRight ? id : NOBODYS.id, state: 'OPEN' as const };
      return (await this.store.update(OneTimeCode, open, used)) === 1 ? { phone: code!.phoneE164 } : null;
    });
  }

  /** @returns false when the code is over: expired, replaced, used, or tried too often */
  private async countTry(id: number): Promise<boolean> {
    const tried = await this.store.update(
      OneTimeCode,
      { id, state: 'OPEN', tries: LessThan(this.config.otpTries), expiresAt: MoreThan(this.clock.now()) },
      { tries: () => '"tries" + 1' } as never,
    );
    return tried === 1;
  }

  /** The pause and the day's limit of the subject, and the day's limit of a phone that several may share. */
  private async room({ purpose, subject }: OtpFor, phoneE164: string, now: Instant) {
    const { otpPerDay, otpPerPhoneDay, otpResendSeconds } = this.config;
    const today = localDateOf(now);
    const sentAt = MoreThanOrEqual(startOfLocalDay(today));
    const refused = (kind: NoCode['refused'], from: Instant): NoCode => ({ refused: kind, from });
    const [last] = await this.store
      .reads(OneTimeCode)
      .find({ where: { purpose, subject }, order: { sentAt: 'DESC', id: 'DESC' }, take: 1 });
    const resendFrom = last && addDuration(last.sentAt, { seconds: otpResendSeconds });
    if (resendFrom && compare(now, resendFrom) < 0) return refused('TOO_SOON', resendFrom);
    const sentToday = await this.store.reads(OneTimeCode).countBy({ purpose, subject, sentAt });
    const toPhone = await this.store.reads(OneTimeCode).countBy({ phoneE164, sentAt });
    const isUsedUp = sentToday >= otpPerDay || toPhone >= otpPerPhoneDay;
    if (isUsedUp) return refused('DAILY_LIMIT', startOfLocalDay(addDays(today, 1)));
    return { sentToday };
  }
}
