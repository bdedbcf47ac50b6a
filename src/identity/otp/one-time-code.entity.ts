import { EnumColumn, IdColumn, InstantColumn, IntColumn, KeyColumn, whereSet } from '@libs/persistence';
import { Entity, Index } from 'typeorm';

/** What a code is good for; one for another purpose opens nothing. */
export const OTP_PURPOSES = [
  'ACTIVATION',
  'LOGIN',
  'SECOND_STEP',
  'PASSPHRASE',
  'PHONE_CHANGE',
  'NEW_PHONE',
  'PAYMENT',
] as const;
export type OtpPurpose = (typeof OTP_PURPOSES)[number];

/** A code sent to a phone. The code itself is nowhere but in that message. */
@Entity('one_time_codes')
@Index(['purpose', 'subject', 'sentAt'])
@Index(['phoneE164', 'sentAt'])
@Index(['sentAt'])
@Index(['openKey'], { unique: true, where: whereSet('open_key') })
export class OneTimeCode {
  @IdColumn() id: number;
  @EnumColumn(OTP_PURPOSES) purpose: OtpPurpose;
  /** Whom it is for, in the words of the asking module: `record:1042`. */
  @KeyColumn(60) subject: string;
  /** Purpose and subject while the code is OPEN: one such code each. */
  @KeyColumn(80, { nullable: true }) openKey: string | null;
  @EnumColumn(['OPEN', 'USED', 'REPLACED']) state: 'OPEN' | 'USED' | 'REPLACED';
  @KeyColumn(20) phoneE164: string;
  @KeyColumn(32) salt: string;
  /** HMAC-SHA256 of open key, salt and code under a key of this installation. */
  @KeyColumn(64) codeHash: string;
  /** Answers judged so far, right or wrong. */
  @IntColumn() tries: number;
  @InstantColumn() sentAt: string;
  @InstantColumn() expiresAt: string;
  @InstantColumn({ nullable: true }) usedAt: string | null;
}
