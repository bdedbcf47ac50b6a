import { Id, InstantField, Int, OneOf, Secret, Txt } from '@libs/http';
import { PASSWORD_MAX, PASSWORD_MIN } from '../../identity';
import { CitizenTokensView, Device } from '../accounts/accounts.dto';

export class ActivationRecordId {
  @Id() id: number;
}

export class ActivationSentView {
  @Txt({ example: '2026-000042' }) recordNumber: string;
  @Txt({ example: '+970*****0001', about: 'the phone of the record, masked' }) phone: string;
  @InstantField({ example: '2026-11-24T08:45:00.000Z' }) expiresAt: string;
  @InstantField({ example: '2026-11-24T08:31:00.000Z', about: 'not before this may another code be sent' })
  resendFrom: string;
  @Int({ example: 4, about: 'codes that may still be sent today' }) sendsLeftToday: number;
}

export class VerifyActivationBody {
  @Txt({ max: 20, example: '2026-000042' }) recordNumber: string;
  @Txt({ max: 20, example: '123456', about: 'the six digits of the message, in Latin or Arabic digits' }) code: string;
  @Secret({ min: PASSWORD_MIN, max: PASSWORD_MAX, optional: true }) newPassphrase?: string;
  @Device() device?: string;
}

/** The citizen is logged in. */
export class ActivatedView extends CitizenTokensView {
  @OneOf(['ACTIVATED']) state: 'ACTIVATED';
}
