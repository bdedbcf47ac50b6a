import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { IdAllocator, Store } from '@libs/persistence';
import { AccessTokens, Audit, RequestTrail, Sessions } from '../../identity';
import type { OneRecord } from '../one-records/one-record.entity';
import { OneRecords } from '../one-records/one-records';
import type { CitizenTokensView } from './accounts.dto';
import { CitizenAccount } from './citizen-account.entity';
import { citizenActor } from './citizen-authenticator';
import { deviceLabel, keyOfLogin, loginName, maskAddress } from './logins.rules';

/** Whom a login names: the survivor of a merged record, and the account that opens it. */
export interface Named {
  /** The login, the same for every way to type it. */
  key: string;
  record: OneRecord | null;
  account: CitizenAccount | null;
}

export interface Admitted {
  account: CitizenAccount;
  recordNumber: string;
  sessionId: number;
  refreshToken: string;
}

/** Accounts of citizens as the rest of the system may ask for them; writes join the caller's unit of work. */
@Injectable()
export class CitizenAccounts {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly records: OneRecords,
    private readonly sessions: Sessions,
    private readonly tokens: AccessTokens,
    private readonly trail: RequestTrail,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async named(typed: string): Promise<Named> {
    const name = loginName(typed);
    const found = await this.records.findByLogin(name);
    const record = found?.mergedIntoId ? await this.records.getSurvivor(found.mergedIntoId) : found;
    return { key: keyOfLogin(name), record, account: await this.of(record?.id ?? 0) };
  }

  of(oneRecordId: number): Promise<CitizenAccount | null> {
    return this.store.reads(CitizenAccount).findOneBy({ oneRecordId });
  }

  get(id: number): Promise<CitizenAccount> {
    return this.store.reads(CitizenAccount).findOneByOrFail({ id });
  }

  /** The account as it is now; nobody changes it before the active unit ends. */
  async hold(id: number): Promise<CitizenAccount> {
    await this.store.hold(CitizenAccount, [id]);
    return this.get(id);
  }

  /** The account of a record, opened when there is none. */
  async ensure(oneRecordId: number): Promise<CitizenAccount> {
    const known = await this.of(oneRecordId);
    if (known) return known;
    const account: CitizenAccount = {
      id: await this.ids.one(),
      version: 1,
      oneRecordId,
      homeRecordId: oneRecordId,
      passphraseHash: null,
      passphraseChangedAt: null,
      secondStep: false,
      lastLoginAt: null,
      createdAt: this.clock.now(),
    };
    await this.store.insert(CitizenAccount, account);
    return account;
  }

  /**
   * A session for a citizen who has proved who they are.
   * @returns null when the account or its record changed while that was judged
   */
  async admit(account: CitizenAccount, by: string, device?: string): Promise<Admitted | null> {
    const unchanged = { id: account.id, version: account.version };
    if ((await this.store.update(CitizenAccount, unchanged, { lastLoginAt: this.clock.now() })) !== 1) return null;
    // Under the lock of the account, which whoever suspends the record takes before ending its sessions.
    const record = await this.records.find(account.oneRecordId);
    if (record?.state !== 'ACTIVATED') return null;
    const network = maskAddress(this.trail.current.ip);
    const sessionId = await this.sessions.open(
      { citizenAccountId: account.id },
      { device: deviceLabel(device), network },
    );
    const actor = citizenActor(record.number);
    await this.audit.record({ action: 'citizens.login', actor, detail: { sessionId, by } });
    const refreshToken = await this.sessions.giveToken(sessionId);
    return { account, recordNumber: record.number, sessionId, refreshToken };
  }

  async tokensView({ account, sessionId, ...given }: Admitted): Promise<CitizenTokensView> {
    const accessToken = await this.tokens.issue('baladiya-citizen', { subject: account.id, sessionId });
    return { accessToken, ...given, expiresIn: this.tokens.lifeSeconds };
  }

  needsSecondStep({ passphraseHash, secondStep }: CitizenAccount): boolean {
    return passphraseHash !== null && (secondStep || this.config.citizenSecondStep === 'always');
  }
}
