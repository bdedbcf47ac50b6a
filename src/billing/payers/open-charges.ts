import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import type { ChargeHead } from '../accounts/account.entity';
import { ChargeHeads } from '../accounts/charge-heads';
import { paymentOrder } from '../books/open-items';

/** A charge of which something is still to be paid, in minor units of its account's currency. */
export interface OpenCharge {
  id: number;
  head: Pick<ChargeHead, 'code' | 'nameAr' | 'nameEn'>;
  /** `YYYY-MM` it is for. */
  period: string;
  dueOn: string;
  detail: string | null;
  outstanding: number;
}

interface Row {
  id: number | string;
  account_id: number | string;
  head: string;
  period: string;
  due_on: string;
  detail: string | null;
  outstanding: number | string;
}

/** What accounts owe, charge by charge. */
@Injectable()
export class OpenCharges {
  constructor(
    private readonly store: Store,
    private readonly heads: ChargeHeads,
  ) {}

  /** By account, in the order in which a payment pays them; empty for accounts that owe nothing. */
  async of(accountIds: readonly number[]): Promise<Map<number, OpenCharge[]>> {
    const rows = await this.store.selectIn<Row>(
      (list) =>
        `SELECT "id", "account_id", "head", "period", "due_on", "detail", "outstanding" FROM "charges"
         WHERE "account_id" IN (${list}) AND "outstanding" > 0`,
      accountIds,
    );
    const heads = await this.heads.require(rows.map(({ head }) => head));
    const charges = rows.map(({ id, head, account_id, due_on, outstanding, ...row }) => ({
      ...row,
      id: Number(id),
      accountId: Number(account_id),
      dueOn: due_on,
      outstanding: Number(outstanding),
      priority: heads.get(head)!.priority,
      head: heads.get(head)!,
    }));
    const open = new Map(accountIds.map((id) => [id, [] as OpenCharge[]]));
    for (const { accountId, ...charge } of charges.sort(paymentOrder)) open.get(accountId)!.push(charge);
    return open;
  }
}
