import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { BOOKS } from '../billing.problems';
import { ChargeHead } from './account.entity';

/** The heads of charges, held in memory; a code that is not there is looked for in the table again. */
@Injectable()
export class ChargeHeads {
  private heads = new Map<string, ChargeHead>();

  constructor(private readonly store: Store) {}

  async all(): Promise<ChargeHead[]> {
    return this.store.reads(ChargeHead).find({ order: { priority: 'ASC', code: 'ASC' } });
  }

  /** @throws {Problem} billing.head-unknown */
  async require(codes: Iterable<string>): Promise<ReadonlyMap<string, ChargeHead>> {
    for (const code of codes) {
      if (this.heads.has(code)) continue;
      this.heads = new Map((await this.all()).map((head) => [head.code, head]));
      if (!this.heads.has(code)) throw new Problem(BOOKS['billing.head-unknown'], { extra: { head: code } });
    }
    return this.heads;
  }

  /** After a change of the table by this process. */
  forget(): void {
    this.heads.clear();
  }
}
