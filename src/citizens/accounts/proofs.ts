import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { invalidField, Problem, type CitizenPrincipal } from '@libs/http';
import { Audit, LoginGuards, Otp, Passwords, type OtpFor } from '../../identity';
import type { OneRecord } from '../one-records/one-record.entity';
import { OneRecords } from '../one-records/one-records';
import { CitizenAccounts } from './accounts';
import { ACCESS, comeAgain } from './accounts.problems';
import type { CitizenAccount } from './citizen-account.entity';
import { ofRecord } from './codes';
import { PhoneCooling } from './phone-cooling';

export interface Proof {
  passphrase?: string | undefined;
  code?: string | undefined;
}

/** Before a sensitive act a citizen proves again who they are: a session may be in other hands. */
@Injectable()
export class Proofs {
  constructor(
    private readonly accounts: CitizenAccounts,
    private readonly records: OneRecords,
    private readonly cooling: PhoneCooling,
    private readonly passwords: Passwords,
    private readonly guards: LoginGuards,
    private readonly otp: Otp,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Runs `act` in the unit of work that judged the proof: the passphrase, or, of a citizen who has none, a code of `purpose`
   * sent to their phone. Wrong ones count like failed logins of the account.
   * @throws {Problem} citizens.passphrase-wrong, citizens.code-refused, citizens.cooling, http.too-many-requests,
   *   http.invalid at /passphrase or /code when it is missing
   */
  async proved<T>(
    { citizenAccountId, oneRecordId }: CitizenPrincipal,
    purpose: OtpFor['purpose'],
    { passphrase, code }: Proof,
    act: (account: CitizenAccount, record: OneRecord) => Promise<T>,
  ): Promise<T> {
    const guard = `citizen-account:${citizenAccountId}`;
    const known = await this.accounts.get(citizenAccountId);
    const byCode = known.passphraseHash === null;
    const wanted = byCode ? code : passphrase;
    if (wanted === undefined) throw invalidField(byCode ? '/code' : '/passphrase', 'required');
    const isRight = !byCode && (await this.passwords.verify(known.passphraseHash!, wanted));
    const outcome = await this.guards.judge(guard, async (lock): Promise<{ done: T } | Problem> => {
      if (lock) return comeAgain(lock, this.clock.now());
      const account = await this.accounts.hold(citizenAccountId);
      const record = await this.records.get(oneRecordId);
      if (account.passphraseHash !== known.passphraseHash) return new Problem('http.conflict');
      await this.cooling.requireSettled(oneRecordId);
      if (byCode) {
        const answered = await this.otp.answer(ofRecord(purpose, oneRecordId), wanted);
        if (answered?.phone !== record.phoneE164) return this.fail(guard, 'citizens.code-refused');
      } else if (!isRight) return this.fail(guard, 'citizens.passphrase-wrong');
      await this.guards.clear(guard);
      return { done: await act(account, record) };
    });
    if (outcome instanceof Problem) throw outcome;
    return outcome.done;
  }

  private async fail(guard: string, code: keyof typeof ACCESS): Promise<Problem> {
    const lockedUntil = await this.guards.fail(guard);
    await this.audit.record({ action: 'citizens.proof', outcome: 'REFUSED', detail: { code, lockedUntil } });
    return new Problem(ACCESS[code]);
  }
}
