import { Injectable } from '@nestjs/common';
import type { Instant } from '@libs/calendar';
import { isUniqueViolation, Store } from '@libs/persistence';
import { In, LessThanOrEqual } from 'typeorm';
import { MessageCounter } from './counter.entity';

/** What is used up of limits, counted in the active unit: processes agree by the conditions of their UPDATEs. */
@Injectable()
export class Counters {
  constructor(private readonly store: Store) {}

  /**
   * Takes what there is room for.
   * @param endsAt when the counter is of no use any more
   * @returns how much was granted: 0 to `wanted`
   */
  async take(id: string, wanted: number, limit: number, endsAt: Instant): Promise<number> {
    for (let granted = Math.min(wanted, limit); granted > 0;) {
      const room = { id, used: LessThanOrEqual(limit - granted) };
      const added = { used: () => `"used" + ${granted}` } as never;
      if ((await this.store.update(MessageCounter, room, added)) === 1) return granted;
      const row = await this.store.reads(MessageCounter).findOneBy({ id });
      if (row) granted = Math.min(wanted, limit - row.used);
      else if (await this.begin(id, granted, endsAt)) return granted;
    }
    return 0;
  }

  /** What is used of each; absent: nothing yet. */
  async used(ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.store.reads(MessageCounter).findBy({ id: In([...ids]) });
    return new Map(rows.map(({ id, used }) => [id, used]));
  }

  /** @returns false when another unit began it meanwhile */
  private async begin(id: string, used: number, endsAt: Instant): Promise<boolean> {
    try {
      await this.store.insert(MessageCounter, { id, used, endsAt });
      return true;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return false;
    }
  }
}
