import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@libs/persistence';
import { Audit, Sessions } from '../../identity';
import { PushSubscriptions } from '../../notifications';
import { OneRecords } from '../one-records/one-records';
import { CitizenAccounts } from './accounts';
import type { EndedSessionsView, RunningSessionView } from './counter-sessions.dto';

/** Sessions of a citizen who stands at the counter, such as one whose phone is lost. */
@Injectable()
export class CounterSessions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly records: OneRecords,
    private readonly accounts: CitizenAccounts,
    private readonly sessions: Sessions,
    private readonly browsers: PushSubscriptions,
    private readonly audit: Audit,
  ) {}

  /** @throws {Problem} http.not-found */
  async running(oneRecordId: number): Promise<RunningSessionView[]> {
    const { id } = await this.records.getSurvivor(oneRecordId);
    const account = await this.accounts.of(id);
    const running = account ? await this.sessions.running(account.id) : [];
    return running.map(({ device, network, createdAt, lastSeenAt }) => ({ device, network, createdAt, lastSeenAt }));
  }

  /** All of them, and what is pushed to their browsers; a login at the same moment waits and is ended, too. @throws {Problem} http.not-found */
  end(oneRecordId: number, reason: string): Promise<EndedSessionsView> {
    return this.uow.run(async () => {
      const { id } = await this.records.getSurvivor(oneRecordId);
      const account = await this.accounts.of(id);
      if (account) await this.accounts.hold(account.id);
      const ended = account ? await this.sessions.endAll({ citizenAccountId: account.id }, 'ENDED') : 0;
      await this.browsers.endAll(id);
      await this.audit.record({ action: 'citizens.sessions-ended', detail: { oneRecordId: id, ended, reason } });
      return { ended };
    });
  }
}
