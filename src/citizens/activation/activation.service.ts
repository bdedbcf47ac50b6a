import { Inject, Injectable, Logger } from '@nestjs/common';
import { foldDigits } from '@libs/arabic';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { UnitOfWork } from '@libs/persistence';
import { maskPhone, parsePhone } from '@libs/phone';
import { Audit, Otp, Passwords, RateLimits, requireGoodPassword } from '../../identity';
import { CitizenAccounts, type Admitted } from '../accounts/accounts';
import { comeAgain } from '../accounts/accounts.problems';
import { CitizenCodes, ofRecord } from '../accounts/codes';
import { PassphraseWriting } from '../accounts/passphrase-writing';
import { OneRecords } from '../one-records/one-records';
import type { ActivatedView, ActivationSentView, VerifyActivationBody } from './activation.dto';
import { CODES } from './activation.problems';

/** The code that opens e-services to a OneRecord: sent to its phone, answered once, and answered by an account. */
@Injectable()
export class Activation {
  private readonly logger = new Logger(Activation.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly records: OneRecords,
    private readonly accounts: CitizenAccounts,
    private readonly codes: CitizenCodes,
    private readonly writing: PassphraseWriting,
    private readonly passwords: Passwords,
    private readonly otp: Otp,
    private readonly limits: RateLimits,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Sends a new code to the phone of the record and ends the one before.
   * @throws {Problem} http.not-found; citizens.activation-not-ready unless APPROVED with a mobile;
   *   citizens.activation-too-soon and -daily-limit
   */
  send(oneRecordId: number): Promise<ActivationSentView> {
    return this.uow.run(async () => {
      // Held, or two at once would both find the pause and the day's limit kept.
      const record = await this.records.hold(oneRecordId);
      const phone = record.phoneE164;
      if (record.state !== 'APPROVED' || phone === null || parsePhone(phone).kind !== 'mobile') {
        throw new Problem(CODES['citizens.activation-not-ready'], { extra: { state: record.state } });
      }
      const sent = await this.codes.send(ofRecord('ACTIVATION', oneRecordId), record, phone);
      if ('refused' in sent) {
        const { retryAfterSeconds } = comeAgain(sent.from, this.clock.now()).details;
        const code = sent.refused === 'TOO_SOON' ? 'citizens.activation-too-soon' : 'citizens.activation-daily-limit';
        throw new Problem(CODES[code], { retryAfterSeconds: retryAfterSeconds!, extra: { resendFrom: sent.from } });
      }
      await this.audit.record({ action: 'citizens.activation-sent', detail: { oneRecordId } });
      const { expiresAt, resendFrom, sendsLeftToday } = sent;
      return { recordNumber: record.number, phone: maskPhone(phone), expiresAt, resendFrom, sendsLeftToday };
    });
  }

  /**
   * Answers a code; the record becomes ACTIVATED, its citizen has an account and is logged in. Every answer counts as a try
   * before it is judged, also when several come at once. Unknown record, wrong, expired, used, replaced and worn-out code
   * are told apart by nobody.
   * @throws {Problem} citizens.activation-refused; http.too-many-requests; http.invalid for a passphrase that is none, or,
   *   once the code is right, built around the citizen's name or numbers
   */
  async verify({ recordNumber, code, newPassphrase, device }: VerifyActivationBody): Promise<ActivatedView> {
    if (newPassphrase !== undefined) requireGoodPassword(newPassphrase, undefined, '/newPassphrase');
    await this.limits.take(this.codes.perAddress());
    const chosen =
      newPassphrase === undefined ? null : { newPassphrase, hash: await this.passwords.hash(newPassphrase) };
    const number = foldDigits(recordNumber);
    const admitted = await this.uow
      .run(() => this.tryCode(number, code, chosen, device))
      .catch((error: unknown) => {
        if (!(error instanceof Problem) || error.code === 'http.invalid') throw error;
        this.logger.warn(`activation refused: ${error.code}`);
        return null;
      });
    if (!admitted) throw new Problem(CODES['citizens.activation-refused']);
    return { ...(await this.accounts.tokensView(admitted)), state: 'ACTIVATED' };
  }

  private async tryCode(
    number: string,
    code: string,
    chosen: { newPassphrase: string; hash: string } | null,
    device?: string,
  ): Promise<Admitted | null> {
    const record = await this.records.findByNumber(number);
    const answered = await this.otp.answer(ofRecord('ACTIVATION', record?.id ?? 0), code);
    if (!answered) return null;
    const activated = await this.records.markActivated(record!.id, answered.phone, null);
    const account = await this.accounts.ensure(activated.id);
    const withPassphrase = chosen ? await this.writing.write(account, activated, chosen) : account;
    return this.accounts.admit(withPassphrase, 'ACTIVATION', device);
  }
}
