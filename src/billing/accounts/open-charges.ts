import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { MoreThan } from 'typeorm';
import { Charge } from '../books/open-item.entity';
import { ChargeHeads } from './charge-heads';

/** A charge of which something is still owed. */
export type OpenCharge = Pick<
  Charge,
  'id' | 'head' | 'period' | 'chargedOn' | 'dueOn' | 'amount' | 'outstanding' | 'detail'
> & { nameAr: string; nameEn: string; overdue: boolean };

/** What an account owes, item by item. */
@Injectable()
export class OpenCharges {
  constructor(
    private readonly store: Store,
    private readonly heads: ChargeHeads,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the order in which they are due. */
  async of(accountId: number): Promise<OpenCharge[]> {
    const charges = await this.store.reads(Charge).find({
      where: { accountId, outstanding: MoreThan(0) },
      order: { dueOn: 'ASC', id: 'ASC' },
    });
    const heads = await this.heads.require(charges.map(({ head }) => head));
    const today = localDateOf(this.clock.now());
    return charges.map((charge) => {
      const { nameAr, nameEn } = heads.get(charge.head)!;
      return { ...charge, nameAr, nameEn, overdue: charge.dueOn < today };
    });
  }
}
