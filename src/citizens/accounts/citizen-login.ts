import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Instant } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type CitizenPrincipal } from '@libs/http';
import { UnitOfWork } from '@libs/persistence';
import { maskPhone } from '@libs/phone';
import { Audit, LoginGuards, Otp, Passwords, RateLimits, Sessions, type FoundToken } from '../../identity';
import type { OneRecord } from '../one-records/one-record.entity';
import { OneRecords } from '../one-records/one-records';
import { CitizenAccounts, type Admitted, type Named } from './accounts';
import type { CitizenTokensView, CodeLogin, PassphraseLogin } from './accounts.dto';
import { ACCESS, comeAgain } from './accounts.problems';
import { citizenActor } from './citizen-authenticator';
import { CitizenCodes, ofRecord } from './codes';

const guardOf = ({ key }: Named): string => `citizen:${key}`;

/** Logins of citizens. What is refused commits its record first and answers afterwards, alike for whom nobody knows. */
@Injectable()
export class CitizenLogin {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: CitizenAccounts,
    private readonly records: OneRecords,
    private readonly codes: CitizenCodes,
    private readonly passwords: Passwords,
    private readonly guards: LoginGuards,
    private readonly otp: Otp,
    private readonly limits: RateLimits,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws {Problem} citizens.login-refused; citizens.code-needed once the passphrase is right and a code was sent;
   *   http.too-many-requests
   */
  async byPassphrase(input: PassphraseLogin): Promise<CitizenTokensView> {
    await this.limits.take(this.codes.perAddress());
    const named = await this.accounts.named(input.login);
    const locked = await this.guards.lockOf(guardOf(named));
    if (locked) throw comeAgain(locked, this.clock.now());
    const isRight = await this.passwords.verify(named.account?.passphraseHash ?? undefined, input.passphrase);
    const outcome = await this.guards.judge(guardOf(named), (lock) => this.judge(named, isRight, input, lock));
    if (outcome instanceof Problem) throw outcome;
    return this.accounts.tokensView(outcome);
  }

  /** @throws {Problem} citizens.login-refused, http.too-many-requests */
  async byCode({ login, code, device }: CodeLogin): Promise<CitizenTokensView> {
    await this.limits.take(this.codes.perAddress());
    const named = await this.accounts.named(login);
    const admitted = await this.uow.run(async () => {
      const answered = await this.otp.answer(ofRecord('LOGIN', named.record?.id ?? 0), code);
      const opened = answered && (await this.admitBy(answered.phone, named.record!.id, device));
      return opened ?? this.refuse(named, 'CODE');
    });
    if (admitted instanceof Problem) throw admitted;
    return this.accounts.tokensView(admitted);
  }

  /** @throws {Problem} citizens.session-over */
  async refresh(refreshToken: string): Promise<CitizenTokensView> {
    const found = await this.sessions.find(refreshToken);
    const accountId = found?.session.citizenAccountId;
    const account = accountId ? await this.accounts.get(accountId) : null;
    const record = account && (await this.records.get(account.oneRecordId));
    const rotated = found && record && (await this.uow.run(() => this.rotate(found, record)));
    if (!found || !account || !rotated) throw new Problem(ACCESS['citizens.session-over']);
    return this.accounts.tokensView({ account, sessionId: found.session.id, ...rotated });
  }

  async logout({ sessionId }: CitizenPrincipal): Promise<void> {
    await this.uow.run(async () => {
      await this.sessions.end(sessionId, 'LOGOUT');
      await this.audit.record({ action: 'citizens.logout' });
    });
  }

  private async judge(named: Named, isRight: boolean, input: PassphraseLogin, lock: Instant | null) {
    const { account, record } = named;
    if (lock) {
      await this.refuse(named, 'LOCKED');
      return comeAgain(lock, this.clock.now());
    }
    if (!isRight || !account || record?.state !== 'ACTIVATED') return this.countFailure(named, 'CREDENTIALS');
    if (this.accounts.needsSecondStep(account)) {
      // Held: a change of the phone is over before a code is sent there or judged, and two codes are not sent at once.
      const current = await this.records.hold(record.id);
      if (input.code === undefined) return this.askSecondStep(current);
      const answered = await this.otp.answer(ofRecord('SECOND_STEP', record.id), input.code);
      if (answered?.phone !== current.phoneE164) return this.countFailure(named, 'CODE');
    }
    const admitted = await this.accounts.admit(account, 'PASSPHRASE', input.device);
    if (!admitted) return this.refuse(named, 'CHANGED');
    await this.guards.clear(guardOf(named));
    return admitted;
  }

  /** The holder of the passphrase may know that it is right, and where the code went. */
  private async askSecondStep(record: OneRecord): Promise<Problem> {
    const sent = await this.codes.send(ofRecord('SECOND_STEP', record.id), record, record.phoneE164!);
    if ('refused' in sent && sent.refused === 'DAILY_LIMIT') return comeAgain(sent.from, this.clock.now());
    const resendFrom = 'refused' in sent ? sent.from : sent.resendFrom;
    return new Problem(ACCESS['citizens.code-needed'], { extra: { phone: maskPhone(record.phoneE164!), resendFrom } });
  }

  /** A code proves the phone also where staff had entered it. The record is held, or its phone could change meanwhile. */
  private async admitBy(phone: string, oneRecordId: number, device?: string): Promise<Admitted | null> {
    const record = await this.records.hold(oneRecordId);
    if (record.state !== 'ACTIVATED' || record.phoneE164 !== phone) return null;
    const account = await this.accounts.ensure(record.id);
    if (this.accounts.needsSecondStep(account)) return null;
    if (record.phoneVerifiedAt === null) await this.records.markActivated(record.id, phone, null);
    return this.accounts.admit(account, 'CODE', device);
  }

  private async countFailure(named: Named, reason: string): Promise<Problem> {
    const lockedUntil = await this.guards.fail(guardOf(named));
    return this.refuse(named, lockedUntil ? `${reason}, LOCK` : reason);
  }

  private async refuse({ record }: Named, reason: string): Promise<Problem> {
    const actor = citizenActor(record?.number ?? 'unknown');
    await this.audit.record({ action: 'citizens.login', outcome: 'REFUSED', actor, detail: { reason } });
    return new Problem(ACCESS['citizens.login-refused']);
  }

  private async rotate(found: FoundToken, { state, number }: OneRecord) {
    const sessionId = found.session.id;
    const actor = citizenActor(number);
    const rotated = state === 'ACTIVATED' ? await this.sessions.rotate(found) : { refused: 'RECORD' };
    if ('refreshToken' in rotated) return { refreshToken: rotated.refreshToken, recordNumber: number };
    const detail = { reason: rotated.refused, sessionId };
    await this.audit.record({ action: 'citizens.refresh', outcome: 'REFUSED', actor, detail });
    return null;
  }
}
