import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { In, IsNull, MoreThan } from 'typeorm';
import { Account } from '../accounts/account.entity';
import { ItemStore } from '../books/item-store';
import { Charge } from '../books/open-item.entity';
import { RecurringCharge } from '../recurring/recurring-charge.entity';
import { isDueIn } from '../recurring/recurring.rules';
import { Advances } from './advances';
import { AccountTransfer, TransferredAccount, type AdvanceChoice, type SplitLine } from './transfer.entity';
import { buyersPart, firstDay, handOver, movedPart } from './transfer.rules';

/** One account of the number, as the sale splits it. Minor units of its currency. */
export interface Split {
  account: Account;
  lines: SplitLine[];
  /** The seller's now. */
  advance: number;
  /** Of it to the buyer. */
  carried: number;
  /** By the seller once the transfer is posted: positive is owed, negative is an advance that stays. */
  sellerBalance: number;
  recurring: { charge: RecurringCharge; first: string | null }[];
}

type Span = Pick<SplitLine, 'months' | 'from'>;

export const sum = <T>(list: readonly T[], of: (each: T) => number): number =>
  list.reduce((total, each) => total + of(each), 0);

/** Who bears what of an account that is sold: computed from the books as they stand, and stored nowhere. */
@Injectable()
export class TransferSplit {
  constructor(
    private readonly store: Store,
    private readonly advances: Advances,
    private readonly items: ItemStore,
  ) {}

  /** The accounts of a number that its holder of today has, by currency: none when they are closed or were transferred. */
  accounts(number: string): Promise<Account[]> {
    const where = { number, state: 'OPEN' as const, closedOn: IsNull() };
    return this.store.reads(Account).find({ where, order: { currency: 'ASC', id: 'ASC' } });
  }

  async of(accounts: readonly Account[], soldOn: string, advance: AdvanceChoice): Promise<Split[]> {
    const ids = accounts.map(({ id }) => id);
    const deposits = await this.deposits(ids);
    const found = await this.store.reads(Charge).find({
      where: { accountId: In(ids), outstanding: MoreThan(0) },
      order: { period: 'ASC', id: 'ASC' },
    });
    const open = found.filter(({ id }) => !deposits.has(id));
    const recurring = await this.store.reads(RecurringCharge).find({
      where: { accountId: In(ids), active: true },
      order: { id: 'ASC' },
    });
    const [billed, advances] = [await this.billed(ids), await this.advances.of(ids)];
    const moved = await this.movedSpans(open);
    return accounts.map((account) => {
      const own = recurring.filter(({ accountId }) => accountId === account.id);
      const charges = open
        .filter(({ accountId }) => accountId === account.id)
        .map((charge) => splitCharge(charge, moved.get(charge.id) ?? { months: monthsOf(charge, own) }, soldOn));
      const handed = own.map((charge) => ({
        charge,
        ...handOver(charge, soldOn, billed.get(`${account.id} ${charge.head}`) ?? null),
      }));
      const last = handed.flatMap(({ charge, unbilled }) =>
        unbilled.map((period) => splitRecurring(charge, period, soldOn)),
      );
      const paid = advances.filter(({ accountId }) => accountId === account.id);
      const held = sum(paid, ({ remaining }) => remaining);
      const firm = sum(paid, (each) => (each.firm ? each.remaining : 0));
      // The seller's own last charges come out of the advance before the buyer gets the rest.
      const rest = Math.max(0, held - sum(last, ({ seller }) => seller));
      const carried = advance === 'CARRY' ? Math.min(rest, firm) : 0;
      const back = [...deposits.values()].filter(({ accountId }) => accountId === account.id);
      const lines = [...charges, ...last, ...back.map(({ line }) => line)];
      const sellerBalance = sum(lines, ({ seller }) => seller) - held + carried;
      return { account, lines, advance: held, carried, sellerBalance, recurring: handed };
    });
  }

  /** What the holder gave as a deposit, by charge: it goes back to them whole, against what they owe first. */
  private async deposits(accountIds: readonly number[]): Promise<Map<number, { accountId: number; line: SplitLine }>> {
    const rows = await this.store.selectIn<{ id: number | string }>(
      (list) =>
        `SELECT c."id" FROM "charges" c JOIN "charge_heads" h ON h."code" = c."head"
         WHERE c."account_id" IN (${list}) AND c."cancelled" < c."amount" AND h."ledger" = 'DEPOSITS' ORDER BY c."id"`,
      accountIds,
    );
    const ids = rows.map(({ id }) => Number(id));
    const relieved = await this.items.reliefs(ids);
    const released = await this.releasedDeposits(ids);
    const charges = (await this.store.findIn(Charge, 'id', ids)).sort((a, b) => a.id - b.id);
    return new Map(
      charges.map(({ id, accountId, head, period, dueOn, detail, amount, cancelled, outstanding }) => {
        const depositBack = amount - cancelled - (relieved.get(id) ?? 0);
        const depositRelieved = (relieved.get(id) ?? 0) - (released.get(id) ?? 0);
        const shares = { seller: outstanding - depositBack, buyer: 0, depositBack, depositRelieved };
        return [
          id,
          { accountId, line: { chargeId: id, recurringId: null, head, period, months: 1, dueOn, detail, ...shares } },
        ];
      }),
    );
  }

  /** What of deposits was written off out of DEPOSITS itself; what a campaign waives is held there until the sale. */
  private async releasedDeposits(chargeIds: readonly number[]): Promise<Map<number, number>> {
    const rows = await this.store.selectIn<{ charge_id: number | string; released: number | string }>(
      (list) =>
        `SELECT l."charge_id", SUM(l."amount") AS "released" FROM "allocations" l
         JOIN "credits" k ON k."id" = l."credit_id"
         WHERE l."charge_id" IN (${list}) AND k."origin" = 'WRITE_OFF' AND EXISTS (
           SELECT 1 FROM "ledger_entries" e WHERE e."posting_id" = k."posting_id" AND e."ledger" = 'DEPOSITS')
         GROUP BY l."charge_id"`,
      chargeIds,
    );
    return new Map(rows.map(({ charge_id, released }) => [Number(charge_id), Number(released)]));
  }

  /** Of the charges that an earlier transfer or its reversal made, the days they are for. */
  private async movedSpans(charges: readonly Charge[]): Promise<Map<number, Span>> {
    const made = charges.flatMap(({ id, period, source }) => {
      const [type, transferId, ...key] = source?.split(':') ?? [];
      return type === 'transfer' ? [{ id, period, transferId: Number(transferId), key }] : [];
    });
    const transferIds = [...new Set(made.map(({ transferId }) => transferId))];
    const transfers = await this.store.reads(AccountTransfer).findBy({ id: In(transferIds) });
    const accounts = await this.store.reads(TransferredAccount).findBy({ transferId: In(transferIds) });
    return new Map(
      made.flatMap(({ id, period, transferId, key: [first, second] }) => {
        const soldOn = transfers.find((transfer) => transfer.id === transferId)?.soldOn;
        const line = accounts
          .filter((each) => each.transferId === transferId)
          .flatMap(({ lines }) => lines)
          .find(({ chargeId, recurringId, period: begins }) =>
            first === 'recurring' ? `${recurringId}` === second && begins === period : `${chargeId}` === first,
          );
        if (!soldOn || !line) return [];
        return [[id, { months: line.months, from: firstDay(line, soldOn, second === 'reversed') }] as const];
      }),
    );
  }

  /** The last month that each account was billed for under each head of its recurring charges. */
  private async billed(accountIds: readonly number[]): Promise<Map<string, string>> {
    const rows = await this.store.selectIn<{ account_id: number | string; head: string; last: string }>(
      (list) =>
        `SELECT "account_id", "head", MAX("period") AS "last" FROM "charges"
         WHERE "account_id" IN (${list}) AND "source" LIKE 'recurring:%' AND "cancelled" < "amount"
         GROUP BY "account_id", "head"`,
      accountIds,
    );
    return new Map(rows.map(({ account_id, head, last }) => [`${account_id} ${head}`, last]));
  }
}

/** A charge is for its month; a bill of a recurring charge for as many as that one says. */
function monthsOf({ source, head, period }: Charge, recurring: readonly RecurringCharge[]): number {
  if (!source?.startsWith('recurring:')) return 1;
  return recurring.find((each) => each.head === head && isDueIn(each, period))?.everyMonths ?? 1;
}

function splitCharge(charge: Charge, span: Span, soldOn: string): SplitLine {
  const { id, head, period, dueOn, detail, outstanding } = charge;
  const buyer = movedPart({ ...charge, ...span }, soldOn);
  return { chargeId: id, recurringId: null, head, period, ...span, dueOn, detail, seller: outstanding - buyer, buyer };
}

function splitRecurring(charge: RecurringCharge, period: string, soldOn: string): SplitLine {
  const { id, head, amount, everyMonths: months, detail } = charge;
  const buyer = buyersPart({ amount, period, months }, soldOn);
  return {
    ...{ chargeId: null, recurringId: id, head, period, months, dueOn: null, detail },
    seller: amount - buyer,
    buyer,
  };
}
