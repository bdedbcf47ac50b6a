import { Inject, Injectable } from '@nestjs/common';
import { addDuration, type Clock, type Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { invalidField } from '@libs/http';
import { defineMessage, Handles, Outbox } from '@libs/outbox';
import { isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { parsePhone } from '@libs/phone';
import { In } from 'typeorm';
import { Otp, RateLimits, RequestTrail, type IssuedCode, type NoCode, type OtpFor } from '../../identity';
import { Contacts, Notifications } from '../../notifications';
import { OneRecord } from '../one-records/one-record.entity';
import type { AskCode, AskedCodeView, AskedPurpose } from './accounts.dto';
import { CitizenAccounts } from './accounts';
import { CODE, whatFor } from './code-texts';
import { keyOfLogin, loginName, sourceOf } from './logins.rules';

interface CodeWanted {
  login: string;
  phoneE164: string;
  purpose: AskedPurpose;
  askedAt: Instant;
}

const CODE_WANTED = defineMessage<CodeWanted>('citizens.code-wanted', 'OTP', { secret: true });

/** Whom the codes of a record are for. */
export const ofRecord = (purpose: OtpFor['purpose'], oneRecordId: number): OtpFor => ({
  purpose,
  subject: `record:${oneRecordId}`,
});

/** One-time codes on their way to a citizen's phone. */
@Injectable()
export class CitizenCodes {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly accounts: CitizenAccounts,
    private readonly otp: Otp,
    private readonly limits: RateLimits,
    private readonly trail: RequestTrail,
    private readonly contacts: Contacts,
    private readonly notifications: Notifications,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Asks for a code without a session. The request only notes the wish: who it is about is looked up afterwards, so that
   * answer, time and limits are the same for a citizen, for a stranger and for a wrong phone.
   * @throws {Problem} http.too-many-requests, http.invalid
   */
  async ask({ login, phone, purpose }: AskCode): Promise<AskedCodeView> {
    const { kind, e164 } = parsePhone(phone);
    if (kind !== 'mobile' || !e164) throw invalidField('/phone', 'mobile');
    const { otpMinutes, otpPerDay, otpResendSeconds } = this.config;
    // Both together: whoever knows only one of them cannot use up the codes of the other.
    const key = `${purpose}:${keyOfLogin(loginName(login))}:${e164}`;
    await this.limits.take(
      this.perAddress(),
      { name: 'citizens.code-pause', key, most: 1, seconds: otpResendSeconds },
      { name: 'citizens.code-day', key, most: otpPerDay, seconds: 24 * 60 * 60 },
    );
    const now = this.clock.now();
    await this.uow.run(() => this.outbox.add(CODE_WANTED, { login, phoneE164: e164, purpose, askedAt: now }));
    return {
      expiresAt: addDuration(now, { minutes: otpMinutes }),
      resendFrom: addDuration(now, { seconds: otpResendSeconds }),
    };
  }

  /** Silent where there is nobody, or another phone, or no room within the limits of person and phone. May run again. */
  @Handles(CODE_WANTED)
  async sendWanted({ login, phoneE164, purpose, askedAt }: CodeWanted): Promise<void> {
    if (addDuration(askedAt, { minutes: this.config.otpMinutes }) <= this.clock.now()) return;
    const work = async () => {
      const { record, account } = await this.accounts.named(login);
      if (record?.state !== 'ACTIVATED' || record.phoneE164 !== phoneE164) return;
      // A code alone does not open an account that wants both.
      if (purpose === 'LOGIN' && account && this.accounts.needsSecondStep(account)) return;
      await this.store.hold(OneRecord, [record.id]);
      await this.send(ofRecord(purpose, record.id), record, phoneE164);
    };
    await this.uow.run(work).catch((error: unknown) => {
      // Another code for the same at the same moment: look again, and find the pause.
      if (isUniqueViolation(error)) return this.uow.run(work);
      throw error;
    });
  }

  /** A new code and its message, in the unit of work of a caller who holds the record or the account. */
  async send(of: OtpFor, record: OneRecord, phoneE164: string): Promise<IssuedCode | NoCode> {
    const issued = await this.otp.issue(of, phoneE164);
    if ('refused' in issued) return issued;
    const name = await this.nameOn(phoneE164, record);
    const { code, expiresAt } = issued;
    await this.notifications.send({
      template: CODE,
      to: { phone: phoneE164 },
      values: { what: whatFor(of.purpose, name), code, minutes: this.config.otpMinutes },
      language: (await this.contacts.of([record.id])).get(record.id)?.language ?? 'ar',
      dedupeKey: `citizens.code:${issued.id}`,
      channels: ['SMS'],
      expiresAt,
    });
    return issued;
  }

  /** The limit of whatever comes from one address without a session. */
  perAddress() {
    const key = sourceOf(this.trail.current.ip);
    return { name: 'citizens.address', key, most: this.config.citizenTriesPerAddress, seconds: 60 * 60 };
  }

  /** A shared phone is told whom the code is for. */
  private async nameOn(phoneE164: string, { id, nameParts }: OneRecord): Promise<string | null> {
    const living = In(['APPROVED', 'ACTIVATED', 'SUSPENDED']);
    const sharers = await this.store
      .reads(OneRecord)
      .find({ select: { id: true }, where: { phoneE164, state: living } });
    return sharers.some((other) => other.id !== id) ? (nameParts?.given ?? nameParts?.body ?? null) : null;
  }
}
