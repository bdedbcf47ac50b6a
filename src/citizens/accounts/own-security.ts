import { Injectable } from '@nestjs/common';
import { Problem, type CitizenPrincipal } from '@libs/http';
import { UnitOfWork } from '@libs/persistence';
import { maskPhone } from '@libs/phone';
import { Audit, Sessions } from '../../identity';
import { OneRecords } from '../one-records/one-records';
import { CitizenAccounts } from './accounts';
import type { SecurityView } from './accounts.dto';
import { PhoneCooling } from './phone-cooling';
import type { SessionView } from './own-sessions.dto';

/** What a citizen sees of the own account, and the sessions that can be ended. */
@Injectable()
export class OwnSecurity {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly records: OneRecords,
    private readonly accounts: CitizenAccounts,
    private readonly cooling: PhoneCooling,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  async view({ citizenAccountId, oneRecordId }: CitizenPrincipal): Promise<SecurityView> {
    const account = await this.accounts.get(citizenAccountId);
    const { phoneE164 } = await this.records.get(oneRecordId);
    return {
      phone: phoneE164 && maskPhone(phoneE164),
      hasPassphrase: account.passphraseHash !== null,
      secondStep: this.accounts.needsSecondStep(account),
      coolingUntil: await this.cooling.until(oneRecordId),
    };
  }

  async running({ citizenAccountId, sessionId }: CitizenPrincipal): Promise<SessionView[]> {
    const running = await this.sessions.running(citizenAccountId);
    return running.map(({ id, device, network, createdAt, lastSeenAt }) => ({
      id,
      device,
      network,
      createdAt,
      lastSeenAt,
      current: id === sessionId,
    }));
  }

  /** @throws {Problem} http.not-found for one that is over or somebody else's */
  async end({ citizenAccountId }: CitizenPrincipal, id: number): Promise<void> {
    await this.uow.run(async () => {
      if (!(await this.sessions.end(id, 'ENDED', { citizenAccountId }))) throw new Problem('http.not-found');
      await this.audit.record({ action: 'citizens.session-ended', detail: { sessionId: id } });
    });
  }

  async endOthers({ citizenAccountId, sessionId }: CitizenPrincipal): Promise<void> {
    await this.uow.run(async () => {
      const ended = await this.sessions.endAll({ citizenAccountId }, 'ENDED', sessionId);
      await this.audit.record({ action: 'citizens.sessions-ended', detail: { ended } });
    });
  }
}
