import { Flag, InstantField, Int, OneOf, Secret, Txt } from '@libs/http';
import { PASSWORD_MAX, PASSWORD_MIN } from '../../identity';

export const Login = () =>
  Txt({ max: 40, example: '2026-000042', about: 'number of the OneRecord, or of the national ID' });
export const CodeText = () => Txt({ max: 20, example: '123456', about: 'six digits, Latin or Arabic' });
export const Device = () =>
  Txt({ optional: true, max: 60, example: 'هاتف سامي', about: 'shown in the list of sessions' });
export const NewPassphrase = () => Secret({ min: PASSWORD_MIN, max: PASSWORD_MAX });

const OldPassphrase = () => Secret({ optional: true });

/** What a code is asked for without a session. */
export const ASKED_PURPOSES = ['LOGIN', 'PASSPHRASE'] as const;
export type AskedPurpose = (typeof ASKED_PURPOSES)[number];

export class AskCode {
  @Login() login: string;
  @Txt({
    max: 30,
    example: '0599123456',
    about: 'the phone of the record; a code leaves only where both belong together',
  })
  phone: string;
  @OneOf(ASKED_PURPOSES, { example: 'LOGIN', about: 'to log in, or to choose a passphrase' }) purpose: AskedPurpose;
}

export class AskedCodeView {
  @InstantField({ example: '2026-11-24T08:45:00.000Z', about: 'end of the code, if one was sent' }) expiresAt: string;
  @InstantField({ example: '2026-11-24T08:31:00.000Z', about: 'not before this may another be asked for' })
  resendFrom: string;
}

export class PassphraseLogin {
  @Login() login: string;
  @Secret() passphrase: string;
  @Txt({ optional: true, max: 20, example: '123456', about: 'when `citizens.code-needed` was answered' }) code?: string;
  @Device() device?: string;
}

export class CodeLogin {
  @Login() login: string;
  @CodeText() code: string;
  @Device() device?: string;
}

export class ResetPassphrase {
  @Login() login: string;
  @CodeText() code: string;
  @NewPassphrase() newPassphrase: string;
}

export class CitizenRefresh {
  @Secret({ example: 'q0hVb1yX…' }) refreshToken: string;
}

export class CitizenTokensView {
  @Txt({ max: 4096, example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9…' }) accessToken: string;
  @Txt({ example: 'q0hVb1yX…', about: 'works once; a second use ends the session' }) refreshToken: string;
  @Int({ example: 900, about: 'seconds until the access token expires' }) expiresIn: number;
  @Txt({ example: '2026-000042' }) recordNumber: string;
}

export class SecurityView {
  @Txt({ nullable: true, example: '+970*****0001' }) phone: string | null;
  @Flag({ example: true }) hasPassphrase: boolean;
  @Flag({ example: false, about: 'a code is asked for beside the passphrase' }) secondStep: boolean;
  @InstantField({ nullable: true, example: null, about: 'until then a change of phone settles' })
  coolingUntil: string | null;
}

export class SetPassphrase {
  @OldPassphrase() passphrase?: string;
  @Txt({ optional: true, max: 20, example: '123456', about: 'in the place of the passphrase, by who has none' })
  code?: string;
  @NewPassphrase() newPassphrase: string;
}

export class SetSecondStep {
  @Flag({ example: true }) on: boolean;
  @Secret() passphrase: string;
}

export const OWN_PURPOSES = ['PASSPHRASE', 'PHONE_CHANGE'] as const;

export class AskOwnCode {
  @OneOf(OWN_PURPOSES, { example: 'PHONE_CHANGE' }) purpose: (typeof OWN_PURPOSES)[number];
}

export class SentCodeView {
  @Txt({ example: '+970*****0001' }) phone: string;
  @InstantField({ example: '2026-11-24T08:45:00.000Z' }) expiresAt: string;
  @InstantField({ example: '2026-11-24T08:31:00.000Z' }) resendFrom: string;
}

export class ChangePhone {
  @Txt({ max: 30, example: '0569123456', about: 'a mobile; a code is sent there' }) phone: string;
  @OldPassphrase() passphrase?: string;
  @Txt({ optional: true, max: 20, example: '123456', about: 'sent to the old phone; by who has no passphrase' })
  code?: string;
}

export class ConfirmPhone {
  @CodeText() code: string;
}

export class PhoneChangedView {
  @Txt({ example: '+970*****3456' }) phone: string;
  @InstantField({ example: '2026-11-26T08:30:00.000Z', about: 'until then the old phone can undo it' })
  coolingUntil: string;
}
