import { Injectable } from '@nestjs/common';
import { invalidField, Problem, type CitizenPrincipal } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { Otp, Passwords, RateLimits, requireGoodPassword } from '../../identity';
import { OneRecords } from '../one-records/one-records';
import { CitizenAccounts } from './accounts';
import type { ResetPassphrase, SetPassphrase, SetSecondStep } from './accounts.dto';
import { ACCESS } from './accounts.problems';
import { CitizenAccount } from './citizen-account.entity';
import { CitizenCodes, ofRecord } from './codes';
import { PassphraseWriting } from './passphrase-writing';
import { PhoneCooling } from './phone-cooling';
import { Proofs } from './proofs';

/** Changes in a session, which every time send a message that no limit or budget of messages holds back. */
const CHANGES = { name: 'citizens.passphrase-day', most: 5, seconds: 24 * 60 * 60 };

/** Passphrases of citizens: chosen, changed, forgotten. */
@Injectable()
export class Passphrases {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly records: OneRecords,
    private readonly accounts: CitizenAccounts,
    private readonly proofs: Proofs,
    private readonly cooling: PhoneCooling,
    private readonly codes: CitizenCodes,
    private readonly passwords: Passwords,
    private readonly otp: Otp,
    private readonly limits: RateLimits,
    private readonly writing: PassphraseWriting,
  ) {}

  /** In a session; ends the others. @throws {Problem} http.invalid, and as {@link Proofs.proved} */
  async set(citizen: CitizenPrincipal, { newPassphrase, ...proof }: SetPassphrase): Promise<void> {
    requireGoodPassword(newPassphrase, undefined, '/newPassphrase');
    if (newPassphrase === proof.passphrase) throw invalidField('/newPassphrase', 'unchanged');
    const hash = await this.passwords.hash(newPassphrase);
    await this.proofs.proved(citizen, 'PASSPHRASE', proof, async (account, record) => {
      await this.limits.take({ ...CHANGES, key: String(account.id) });
      return this.writing.write(account, record, { newPassphrase, hash }, citizen.sessionId);
    });
  }

  /**
   * Without a session, by a code; ends every session. Refused alike for whom nobody knows.
   * @throws {Problem} citizens.code-refused; http.invalid; citizens.cooling, once the code is right
   */
  async reset({ login, code, newPassphrase }: ResetPassphrase): Promise<void> {
    requireGoodPassword(newPassphrase, undefined, '/newPassphrase');
    await this.limits.take(this.codes.perAddress());
    const hash = await this.passwords.hash(newPassphrase);
    const { record: named } = await this.accounts.named(login);
    const done = await this.uow.run(async () => {
      const answered = await this.otp.answer(ofRecord('PASSPHRASE', named?.id ?? 0), code);
      const record = answered && (await this.records.hold(named!.id));
      if (record?.state !== 'ACTIVATED' || record.phoneE164 !== answered?.phone) return false;
      await this.cooling.requireSettled(record.id);
      const { id } = await this.accounts.ensure(record.id);
      await this.writing.write(await this.accounts.hold(id), record, { newPassphrase, hash });
      return true;
    });
    if (!done) throw new Problem(ACCESS['citizens.code-refused']);
  }

  /** A code beside the passphrase at each login. @throws {Problem} http.invalid without a passphrase, and as {@link Proofs.proved} */
  async setSecondStep(citizen: CitizenPrincipal, { on, passphrase }: SetSecondStep): Promise<void> {
    const { passphraseHash } = await this.accounts.get(citizen.citizenAccountId);
    if (passphraseHash === null) throw invalidField('/passphrase', 'unset');
    await this.proofs.proved(citizen, 'PASSPHRASE', { passphrase }, (account) =>
      this.store.updateVersioned(CitizenAccount, account, { secondStep: on }),
    );
  }
}
