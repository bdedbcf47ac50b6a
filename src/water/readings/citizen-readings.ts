import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Page, type PageQuery } from '@libs/http';
import { Capture } from './capture';
import { readingOf } from './capture.rules';
import { ReadingList, type ReadingDetail } from './reading-list';
import { REFUSED } from './readings.problems';

/** Readings as the subscriber sees and gives them. */
@Injectable()
export class CitizenReadings {
  constructor(
    private readonly capture: Capture,
    private readonly list: ReadingList,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The newest period first. @param since first day that is the subscriber's; null: all */
  of(subscriptionId: number, since: string | null, query: PageQuery): Promise<Page<ReadingDetail>> {
    return this.list.list({ subscriptionId, ...(since !== null && { since }), ...query });
  }

  /**
   * What the subscriber reads off the register today, for this month. It is judged as every reading, and takes no other's
   * place.
   * @param number of the subscription
   * @throws {Problem} a code of REFUSED, such as water.reading-twice, no-meter, reading-period-closed, period-billed
   */
  async take(number: string, value: number, by: number): Promise<ReadingDetail> {
    const now = this.clock.now();
    const readOn = localDateOf(now);
    const read = readingOf(
      { subscription: number, value, readOn },
      { period: readOn.slice(0, 7), source: 'CITIZEN', now },
    );
    const [outcome] = await this.capture.take([read], { userId: by, mayCorrect: false });
    if (outcome!.outcome === 'REFUSED') throw new Problem(REFUSED[outcome!.code]);
    return this.list.get(outcome!.reading.id);
  }
}
