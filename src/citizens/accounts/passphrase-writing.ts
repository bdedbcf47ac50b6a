import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Store } from '@libs/persistence';
import { Audit, requireGoodPassword, Sessions } from '../../identity';
import { PushSubscriptions } from '../../notifications';
import type { OneRecord } from '../one-records/one-record.entity';
import { CitizenAccount } from './citizen-account.entity';
import { citizenActor } from './citizen-authenticator';
import { CitizenMessages } from './citizen-messages';
import { passphraseChangedText } from './code-texts';
import { personalWords } from './logins.rules';

/** The one place that writes a citizen's passphrase, in the unit of work that has judged who asks. */
@Injectable()
export class PassphraseWriting {
  constructor(
    private readonly store: Store,
    private readonly sessions: Sessions,
    private readonly browsers: PushSubscriptions,
    private readonly messages: CitizenMessages,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Ends the other sessions; a citizen who had another passphrase is told.
   * @param hash of `newPassphrase`, made before the unit of work began
   * @throws {Problem} http.invalid at /newPassphrase when it is built around the citizen's name or numbers
   */
  async write(
    account: CitizenAccount,
    record: OneRecord,
    { newPassphrase, hash }: { newPassphrase: string; hash: string },
    actingSessionId?: number,
  ): Promise<CitizenAccount> {
    requireGoodPassword(newPassphrase, { code: 'containsPersonal', words: personalWords(record) }, '/newPassphrase');
    const changes = { passphraseHash: hash, passphraseChangedAt: this.clock.now() };
    const version = await this.store.updateVersioned(CitizenAccount, account, changes);
    await this.sessions.endAll({ citizenAccountId: account.id }, 'PASSWORD', actingSessionId);
    if (actingSessionId === undefined) await this.browsers.endAll(record.id);
    if (account.passphraseHash !== null) {
      const text = passphraseChangedText(this.config);
      await this.messages.tell(record.id, record.phoneE164, text, `citizens.passphrase:${account.id}:${version}`);
    }
    await this.audit.record({ action: 'citizens.passphrase', actor: citizenActor(record.number) });
    return { ...account, ...changes, version };
  }
}
