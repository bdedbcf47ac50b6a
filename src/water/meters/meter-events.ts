import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store } from '@libs/persistence';
import { MeterEvent, type MeterAct, type MeterState } from './meter.entity';

export interface NewMeterEvent {
  meterId: number;
  act: MeterAct;
  state: MeterState;
  by: number;
  on?: LocalDate;
  subscriptionId?: number;
  reason?: string | null;
}

/** The history of meters. */
@Injectable()
export class MeterEvents {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the active unit. */
  async record(events: readonly NewMeterEvent[]): Promise<void> {
    const recordedAt = this.clock.now();
    const ids = await this.ids.many(events.length);
    const rows = events.map(({ meterId, act, state, by, on, subscriptionId, reason }, at) => ({
      ...{ id: ids[at]!, meterId, act, state, recordedBy: by, recordedAt },
      happenedOn: on ?? localDateOf(recordedAt),
      subscriptionId: subscriptionId ?? null,
      reason: reason || null,
    }));
    await this.store.insert(MeterEvent, rows);
  }
}
