import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { Store } from '@libs/persistence';
import { maskPhone } from '@libs/phone';
import { Sessions } from '../../identity';
import { PushSubscriptions } from '../../notifications';
import type { OneRecord } from '../one-records/one-record.entity';
import { isActivated } from '../one-records/state.rules';
import { CitizenAccount } from './citizen-account.entity';
import { CitizenMessages } from './citizen-messages';
import { phoneChangedAtCounterText } from './code-texts';
import { PhoneCooling } from './phone-cooling';

/** What a change of a record does to the accounts that open it, in the unit of work of that change. */
@Injectable()
export class AccountFollower {
  constructor(
    private readonly store: Store,
    private readonly sessions: Sessions,
    private readonly browsers: PushSubscriptions,
    private readonly cooling: PhoneCooling,
    private readonly messages: CitizenMessages,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param by the employee; null where the citizen acted */
  async follow(was: OneRecord, is: OneRecord, by: number | null): Promise<void> {
    if (was.state === 'ACTIVATED' && is.state !== 'ACTIVATED') {
      await this.endSessions({ oneRecordId: is.id }, 'RECORD');
      await this.browsers.endAll(is.id);
    }
    if (is.mergedIntoId !== null && was.mergedIntoId === null) await this.moveTo(is.mergedIntoId, is.id);
    if (is.mergedIntoId === null && was.mergedIntoId !== null) await this.bringHome(is.id);
    const { phoneE164: oldPhone } = was;
    const { phoneE164: newPhone } = is;
    if (by !== null && isActivated(was) && oldPhone && newPhone && oldPhone !== newPhone) {
      await this.changedAtCounter(is.id, oldPhone, newPhone, by);
    }
  }

  /** The survivor opens to the account of the merged record, unless it has one of its own: that one stays. */
  private async moveTo(survivorId: number, mergedId: number): Promise<void> {
    if (await this.store.reads(CitizenAccount).existsBy({ oneRecordId: survivorId })) return;
    await this.store.update(CitizenAccount, { oneRecordId: mergedId }, { oneRecordId: survivorId });
  }

  private async bringHome(oneRecordId: number): Promise<void> {
    const home = { homeRecordId: oneRecordId };
    await this.endSessions(home, 'RECORD');
    await this.store.update(CitizenAccount, home, { oneRecordId });
  }

  /** The old phone may be lost with its sessions, or stolen: it is told, and cannot undo what the counter did. */
  private async changedAtCounter(oneRecordId: number, oldPhone: string, newPhone: string, changedBy: number) {
    await this.endSessions({ oneRecordId }, 'PHONE');
    await this.browsers.endAll(oneRecordId);
    const { id } = await this.cooling.begin({ oneRecordId, oldPhone, newPhone, changedBy, undoHash: null });
    const text = phoneChangedAtCounterText(this.config, maskPhone(newPhone));
    await this.messages.tell(oneRecordId, oldPhone, text, `citizens.phone-changed:${id}`);
  }

  /** Under the lock of the account, or a login at this moment would open one more. */
  private async endSessions(
    where: { oneRecordId: number } | { homeRecordId: number },
    endedBy: 'RECORD' | 'PHONE',
  ): Promise<void> {
    for (const { id } of await this.store.reads(CitizenAccount).find({ where, order: { id: 'ASC' } })) {
      await this.store.hold(CitizenAccount, [id]);
      await this.sessions.endAll({ citizenAccountId: id }, endedBy);
    }
  }
}
