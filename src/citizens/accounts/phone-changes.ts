import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { compare, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { invalidField, Problem, type CitizenPrincipal } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { maskPhone, parsePhone } from '@libs/phone';
import { Audit, Otp, RateLimits, Sessions, type OtpFor } from '../../identity';
import { PushSubscriptions } from '../../notifications';
import { OneRecords } from '../one-records/one-records';
import { CitizenAccounts } from './accounts';
import type { ChangePhone, PhoneChangedView, SentCodeView } from './accounts.dto';
import { ACCESS, comeAgain } from './accounts.problems';
import { CitizenAccount } from './citizen-account.entity';
import { citizenActor } from './citizen-authenticator';
import { CitizenMessages } from './citizen-messages';
import { phoneChangedText } from './code-texts';
import { CitizenCodes, ofRecord } from './codes';
import { PhoneChange } from './phone-change.entity';
import { PhoneCooling } from './phone-cooling';
import { Proofs } from './proofs';

/** In the history of the record. */
const UNDONE = 'ألغى صاحب الجوال السابق التغيير';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * A citizen's own change of phone: proved by passphrase or by the old phone, then by the new one. The old phone is told and
 * can undo it while it settles.
 */
@Injectable()
export class PhoneChanges {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly records: OneRecords,
    private readonly accounts: CitizenAccounts,
    private readonly proofs: Proofs,
    private readonly codes: CitizenCodes,
    private readonly cooling: PhoneCooling,
    private readonly otp: Otp,
    private readonly limits: RateLimits,
    private readonly sessions: Sessions,
    private readonly browsers: PushSubscriptions,
    private readonly messages: CitizenMessages,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A code to the own phone, in the place of a passphrase. @throws {Problem} http.too-many-requests, citizens.cooling */
  async askOwn({ oneRecordId, citizenAccountId }: CitizenPrincipal, purpose: OtpFor['purpose']): Promise<SentCodeView> {
    return this.uow.run(async () => {
      await this.accounts.hold(citizenAccountId);
      await this.cooling.requireSettled(oneRecordId);
      return this.sendTo((await this.records.get(oneRecordId)).phoneE164!, purpose, oneRecordId);
    });
  }

  /**
   * Sends a code to the new phone once the citizen has proved who they are.
   * @throws {Problem} http.invalid at /phone: mobile, unchanged; and as {@link Proofs.proved}
   */
  async begin(citizen: CitizenPrincipal, { phone, ...proof }: ChangePhone): Promise<SentCodeView> {
    const { kind, e164 } = parsePhone(phone);
    if (kind !== 'mobile' || !e164) throw invalidField('/phone', 'mobile');
    return this.proofs.proved(citizen, 'PHONE_CHANGE', proof, (_, record) => {
      if (record.phoneE164 === e164) throw invalidField('/phone', 'unchanged');
      return this.sendTo(e164, 'NEW_PHONE', record.id);
    });
  }

  /** Answers the code of the new phone: from now on it is the record's. @throws {Problem} citizens.code-refused, .cooling */
  async confirm({ oneRecordId }: CitizenPrincipal, code: string): Promise<PhoneChangedView> {
    const changed = await this.uow.run(async () => {
      // Held first, or the counter could change the phone between the questions and the answer.
      const { phoneE164: oldPhone } = await this.records.hold(oneRecordId);
      await this.cooling.requireSettled(oneRecordId);
      const answered = await this.otp.answer(ofRecord('NEW_PHONE', oneRecordId), code);
      if (!answered) return null;
      await this.records.setVerifiedPhone(oneRecordId, answered.phone, null, null);
      return this.tellOld(oneRecordId, oldPhone!, answered.phone);
    });
    if (!changed) throw new Problem(ACCESS['citizens.code-refused']);
    return { phone: maskPhone(changed.newPhone), coolingUntil: changed.coolsUntil };
  }

  /** What a link in the message to the old phone would undo. @throws {Problem} citizens.undo-refused */
  async undoable(token: string): Promise<PhoneChange> {
    const change = await this.store.reads(PhoneChange).findOneBy({ undoHash: hashOf(token), state: 'DONE' });
    if (!change || compare(change.coolsUntil, this.clock.now()) <= 0)
      throw new Problem(ACCESS['citizens.undo-refused']);
    return change;
  }

  /**
   * The old phone is the record's again. Whoever changed it had a session, and perhaps the passphrase: every session ends,
   * and the passphrase is chosen anew.
   * @throws {Problem} citizens.undo-refused
   */
  async undo(token: string): Promise<void> {
    await this.limits.take(this.codes.perAddress());
    await this.uow.run(async () => {
      const { id, oneRecordId, oldPhone, newPhone } = await this.undoable(token);
      const undone = { state: 'UNDONE', undoneAt: this.clock.now() } as const;
      const isFirst = (await this.store.update(PhoneChange, { id, state: 'DONE' }, undone)) === 1;
      const survivor = await this.records.getSurvivor(oneRecordId);
      const record = await this.records.hold(survivor.id);
      if (!isFirst || record.state !== 'ACTIVATED' || record.phoneE164 !== newPhone) {
        throw new Problem(ACCESS['citizens.undo-refused']);
      }
      await this.records.setVerifiedPhone(record.id, oldPhone, null, UNDONE);
      const { id: accountId } = await this.accounts.ensure(record.id);
      const account = await this.accounts.hold(accountId);
      const without = { passphraseHash: null, passphraseChangedAt: undone.undoneAt, secondStep: false };
      await this.store.updateVersioned(CitizenAccount, account, without);
      await this.sessions.endAll({ citizenAccountId: accountId }, 'PHONE');
      await this.browsers.endAll(record.id);
      await this.audit.record({ action: 'citizens.phone-undone', actor: citizenActor(record.number), detail: { id } });
    });
  }

  private async sendTo(phone: string, purpose: OtpFor['purpose'], oneRecordId: number): Promise<SentCodeView> {
    const record = await this.records.get(oneRecordId);
    const sent = await this.codes.send(ofRecord(purpose, oneRecordId), record, phone);
    if ('refused' in sent) throw comeAgain(sent.from, this.clock.now());
    return { phone: maskPhone(phone), expiresAt: sent.expiresAt, resendFrom: sent.resendFrom };
  }

  private async tellOld(oneRecordId: number, oldPhone: string, newPhone: string): Promise<PhoneChange> {
    const token = randomBytes(16).toString('base64url');
    const change = { oneRecordId, oldPhone, newPhone, changedBy: null, undoHash: hashOf(token) };
    const begun = await this.cooling.begin(change);
    const { phoneCoolingHours, publicUrl } = this.config;
    const undo = `${publicUrl}/phone-undo/${token}`;
    const text = phoneChangedText(this.config, maskPhone(newPhone), undo, phoneCoolingHours);
    await this.messages.tell(oneRecordId, oldPhone, text, `citizens.phone-changed:${begun.id}`);
    await this.audit.record({ action: 'citizens.phone-changed', detail: { id: begun.id, oneRecordId } });
    return begun;
  }
}
