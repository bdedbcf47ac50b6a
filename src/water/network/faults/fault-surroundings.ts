import { Inject, Injectable } from '@nestjs/common';
import { addDuration } from '@libs/calendar';
import { CONFIG, type Config } from '@libs/config';
import { Store } from '@libs/persistence';
import { In, MoreThanOrEqual } from 'typeorm';
import { Interruptions } from '../interruptions/interruptions';
import { Fault } from './fault.entity';
import { rankSimilar, type Similar } from './fault.rules';

export interface Surroundings {
  similar: Similar[];
  /** Of the interruptions that the zone suffers now. */
  interruptionIds: number[];
}

const MOST_COMPARED = 500;
const MOST_SIMILAR = 20;

/** What may say the same as a report, or explain it. */
@Injectable()
export class FaultSurroundings {
  constructor(
    private readonly store: Store,
    private readonly interruptions: Interruptions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Unsettled reports of its zone, none older than the hours that are set before it, and interruptions now. */
  async of(fault: Fault): Promise<Surroundings> {
    const since = addDuration(fault.reportedAt, { hours: -this.config.waterDuplicateHours });
    const near = await this.store.reads(Fault).find({
      where: { zoneId: fault.zoneId, state: In(['OPEN', 'ORDERED']), reportedAt: MoreThanOrEqual(since) },
      order: { reportedAt: 'DESC', id: 'DESC' },
      take: MOST_COMPARED,
    });
    const others = near.filter(({ id }) => id !== fault.id);
    const current = await this.interruptions.current([fault.zoneId]);
    return {
      similar: rankSimilar(fault, others).slice(0, MOST_SIMILAR),
      interruptionIds: current.map(({ id }) => id),
    };
  }
}
