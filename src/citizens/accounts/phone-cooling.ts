import { Inject, Injectable } from '@nestjs/common';
import { addDuration, type Clock, type Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { In, MoreThan } from 'typeorm';
import { selvesOf } from '../one-records/selves';
import { ACCESS } from './accounts.problems';
import { PhoneChange } from './phone-change.entity';

/** The time after a change of phone in which nothing is done that a thief of the phone would want. */
@Injectable()
export class PhoneCooling {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Also of a change before its record was merged into this one. @returns its end; null when nothing has to settle */
  async until(ofRecordId: number): Promise<Instant | null> {
    const oneRecordId = In(await selvesOf(this.store, ofRecordId));
    const where = { oneRecordId, state: 'DONE' as const, coolsUntil: MoreThan(this.clock.now()) };
    const order = { coolsUntil: 'DESC', id: 'DESC' } as const;
    const [latest] = await this.store.reads(PhoneChange).find({ where, order, take: 1 });
    return latest?.coolsUntil ?? null;
  }

  /** @throws {Problem} citizens.cooling */
  async requireSettled(oneRecordId: number): Promise<void> {
    const coolingUntil = await this.until(oneRecordId);
    if (coolingUntil) throw new Problem(ACCESS['citizens.cooling'], { extra: { coolingUntil } });
  }

  /** In the unit of work that changes the phone. */
  async begin(
    change: Pick<PhoneChange, 'oneRecordId' | 'oldPhone' | 'newPhone' | 'changedBy' | 'undoHash'>,
  ): Promise<PhoneChange> {
    const changedAt = this.clock.now();
    const begun: PhoneChange = {
      id: await this.ids.one(),
      state: 'DONE',
      ...change,
      changedAt,
      coolsUntil: addDuration(changedAt, { hours: this.config.phoneCoolingHours }),
      undoneAt: null,
    };
    await this.store.insert(PhoneChange, begun);
    return begun;
  }
}
