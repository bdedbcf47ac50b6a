import { Inject, Injectable } from '@nestjs/common';
import { compare, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import type { Charge } from '../books/open-item.entity';
import { paymentOrder } from '../books/open-items';
import { ChargeHeads } from './charge-heads';

/** A charge of which something is still owed. Minor units of the account's currency. */
export type OpenCharge = Pick<
  Charge,
  'id' | 'head' | 'period' | 'chargedOn' | 'dueOn' | 'amount' | 'outstanding' | 'detail'
> & { nameAr: string; nameEn: string; overdue: boolean };

type Row = Record<'id' | 'account_id' | 'amount' | 'outstanding', number | string> &
  Record<'head' | 'period' | 'charged_on' | 'due_on', string> & { detail: string | null };

/** What accounts owe, charge by charge. */
@Injectable()
export class OpenCharges {
  constructor(
    private readonly store: Store,
    private readonly heads: ChargeHeads,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the order in which they are due. */
  async of(accountId: number): Promise<OpenCharge[]> {
    const open = (await this.byAccount([accountId])).get(accountId)!;
    return open.sort((a, b) => compare(a.dueOn, b.dueOn) || a.id - b.id);
  }

  /** In the order in which a payment pays them; empty for accounts that owe nothing. */
  async byAccount(accountIds: readonly number[]): Promise<Map<number, OpenCharge[]>> {
    const rows = await this.store.selectIn<Row>(
      (list) =>
        `SELECT "id", "account_id", "head", "period", "charged_on", "due_on", "amount", "outstanding", "detail"
         FROM "charges" WHERE "account_id" IN (${list}) AND "outstanding" > 0`,
      accountIds,
    );
    const heads = await this.heads.require(rows.map(({ head }) => head));
    const today = localDateOf(this.clock.now());
    const charges = rows.map(({ account_id, charged_on: chargedOn, due_on: dueOn, ...row }) => {
      const { nameAr, nameEn, priority } = heads.get(row.head)!;
      const [id, amount, outstanding] = [Number(row.id), Number(row.amount), Number(row.outstanding)];
      const charge = { ...row, id, chargedOn, dueOn, amount, outstanding, nameAr, nameEn, overdue: dueOn < today };
      return { accountId: Number(account_id), priority, ...charge };
    });
    const open = new Map(accountIds.map((id) => [id, [] as OpenCharge[]]));
    for (const { accountId, priority: _, ...charge } of charges.sort(paymentOrder)) open.get(accountId)!.push(charge);
    return open;
  }
}
