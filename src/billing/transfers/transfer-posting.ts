import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { In, MoreThan, Not } from 'typeorm';
import { Account } from '../accounts/account.entity';
import { ChargeHeads } from '../accounts/charge-heads';
import { Books } from '../books/books';
import { Charge, Credit } from '../books/open-item.entity';
import { LedgerEntry } from '../books/posting.entity';
import type { EntryLine, NewCharge, PostingRequest, TakenBack } from '../books/posting';
import { RecurringCharge } from '../recurring/recurring-charge.entity';
import { AccountMoves } from './account-moves';
import { Advances } from './advances';
import { AccountTransfer, TransferredAccount } from './transfer.entity';
import type { Split } from './transfer-split';
import { TRANSFERS } from './transfers.problems';

/** A split with the account that its buyer gets. */
interface Sale extends Split {
  buyerAccountId: number;
}

/** Rows of other slices that stand on an account, besides its entries; `?` is the list of accounts. */
const TOUCHES = [
  `SELECT "id" FROM "bills" WHERE "account_id" IN (?) AND "state" <> 'REVERSED'`,
  `SELECT c."id" FROM "charges" c JOIN "plan_charges" p ON p."charge_id" = c."id" WHERE c."account_id" IN (?)`,
  `SELECT c."id" FROM "charges" c JOIN "warning_charges" w ON w."charge_id" = c."id" WHERE c."account_id" IN (?)`,
  // Also one of cheques alone that count later, which has posted nothing on the account yet.
  `SELECT l."id" FROM "payment_lines" l JOIN "payments" p ON p."id" = l."payment_id"
   WHERE l."account_id" IN (?) AND p."state" = 'POSTED'`,
];

/** What a transfer does to the books, the accounts and the recurring charges, and its undoing. Inside a unit of work that holds the accounts. */
@Injectable()
export class TransferPosting {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly books: Books,
    private readonly heads: ChargeHeads,
    private readonly moves: AccountMoves,
    private readonly advances: Advances,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the posting; null when there was nothing to move or charge. @throws {Problem} as Books.post */
  async post(transfer: AccountTransfer, splits: readonly Split[], by: Principal): Promise<number | null> {
    const sales = await this.openAccounts(transfer, splits);
    const postingId = await this.move(transfer, sales, by);
    const lines: TransferredAccount[] = [];
    for (const sale of sales) {
      const { account, buyerAccountId, advance, carried, sellerBalance } = sale;
      // One that owes, or has an advance, stays open for payments; ended, it is billed no more.
      const state = sellerBalance === 0 ? ('CLOSED' as const) : ('OPEN' as const);
      await this.store.update(Account, { id: account.id }, { closedOn: transfer.soldOn, state });
      lines.push({
        ...{ id: await this.ids.one(), transferId: transfer.id, sellerAccountId: account.id, buyerAccountId },
        ...{ lines: sale.lines, advance, carried, recurring: await this.handOver(sale, by) },
      });
    }
    await this.store.insert(TransferredAccount, lines);
    await this.announce(transfer, by, lines, ({ sellerAccountId, buyerAccountId }) => [
      sellerAccountId,
      buyerAccountId,
    ]);
    await this.reopenCredited(lines.map(({ sellerAccountId }) => sellerAccountId));
    return postingId;
  }

  /** @returns as {@link post} @throws {Problem} billing.transfer-touched; as Books.post */
  async reverse(transfer: AccountTransfer, by: Principal): Promise<number | null> {
    const lines = await this.store.reads(TransferredAccount).findBy({ transferId: transfer.id });
    const buyers = lines.map(({ buyerAccountId }) => buyerAccountId);
    const sellers = lines.map(({ sellerAccountId }) => sellerAccountId);
    await this.store.hold(Account, [...sellers, ...buyers]);
    if (await this.isTouched(transfer, lines)) throw new Problem(TRANSFERS['billing.transfer-touched']);
    await this.store.update(Account, { id: In(sellers) }, { state: 'OPEN', closedOn: null });
    const postingId = transfer.postingId === null ? null : await this.moveBack(transfer, lines, by);
    // Of no day: whoever asks who held the number on a day finds the seller.
    await this.store.update(Account, { id: In(buyers) }, { state: 'CLOSED', closedOn: transfer.soldOn });
    for (const { from, to } of lines.flatMap(({ recurring }) => recurring)) {
      await this.setActive(from, true);
      if (to !== null) await this.setActive(to, false);
    }
    await this.announce(transfer, by, lines, ({ sellerAccountId, buyerAccountId }) => [
      buyerAccountId,
      sellerAccountId,
    ]);
    return postingId;
  }

  private announce(
    { id: transferId, soldOn: on }: AccountTransfer,
    { userId: by }: Principal,
    lines: readonly TransferredAccount[],
    way: (line: TransferredAccount) => [from: number, to: number],
  ): Promise<void> {
    return this.moves.announce(
      lines.map((line) => {
        const [fromAccountId, toAccountId] = way(line);
        return { transferId, fromAccountId, toAccountId, on, by };
      }),
    );
  }

  /** A module may have given back what the seller had paid for days of the buyer. */
  private async reopenCredited(sellers: readonly number[]): Promise<void> {
    const credits = { accountId: In([...sellers]), remaining: MoreThan(0) };
    const credited = await this.store.reads(Credit).find({ select: { accountId: true }, where: credits });
    const closed = { id: In(credited.map(({ accountId }) => accountId)), state: 'CLOSED' as const };
    if (credited.length > 0) await this.store.update(Account, closed, { state: 'OPEN' });
  }

  /** The next tenure of the number, for the buyer. */
  private async openAccounts({ number, buyerId, soldOn }: AccountTransfer, splits: readonly Split[]): Promise<Sale[]> {
    const all = await this.store.reads(Account).findBy({ number });
    const tenure = Math.max(...all.map((account) => account.tenure)) + 1;
    const ids = await this.ids.many(splits.length);
    const sales = splits.map((split, at) => ({ ...split, buyerAccountId: ids[at]! }));
    const holder = { legacyCitizenId: null, oneRecordId: buyerId, openedOn: soldOn, version: 1 };
    await this.store.insert(
      Account,
      sales.map(({ account, buyerAccountId: id }) => ({ ...account, id, tenure, ...holder })),
    );
    return sales;
  }

  private async move(transfer: AccountTransfer, sales: readonly Sale[], by: Principal): Promise<number | null> {
    const on = localDateOf(this.clock.now());
    const heads = await this.heads.require(sales.flatMap(({ lines }) => lines.map(({ head }) => head)));
    const request: Required<Pick<PostingRequest, 'entries' | 'charges' | 'credits' | 'chargesBack' | 'creditsBack'>> = {
      ...{ entries: [], charges: [], credits: [], chargesBack: [], creditsBack: [] },
    };
    for (const { account, buyerAccountId, lines, carried } of sales) {
      for (const line of lines) {
        const { chargeId, recurringId, head, period, detail, seller, buyer } = line;
        const { depositBack = 0, depositRelieved = 0 } = line;
        if (depositBack > 0) request.chargesBack.push({ id: chargeId!, amount: depositBack });
        if (depositBack + depositRelieved > 0) {
          const shared = { currency: account.currency, dimension: head };
          request.entries.push({ ledger: 'DEPOSITS', amount: depositBack + depositRelieved, ...shared });
          request.entries.push({ ledger: 'ADJUSTMENTS', amount: -depositRelieved, ...shared });
        }
        const source = `transfer:${transfer.id}:${chargeId === null ? `recurring:${recurringId}:${period}` : chargeId}`;
        // Nobody is late with what has only just become theirs.
        const dueOn = line.dueOn !== null && line.dueOn > on ? line.dueOn : on;
        const charge = (accountId: number, amount: number, whose: string): NewCharge[] =>
          amount === 0 ? [] : [{ accountId, head, amount, period, dueOn, detail, source: source + whose }];
        request.charges.push(...charge(buyerAccountId, buyer, ''));
        if (chargeId !== null && buyer > 0) request.chargesBack.push({ id: chargeId, amount: buyer });
        if (chargeId !== null) continue;
        request.charges.push(...charge(account.id, seller, ':seller'));
        const ledger = heads.get(head)!.ledger as EntryLine['ledger'];
        request.entries.push({ ledger, currency: account.currency, amount: -(seller + buyer), dimension: head });
      }
      if (carried === 0) continue;
      const taken = await this.takeAdvance(account.id, carried);
      request.creditsBack.push(...taken.map(({ id, amount }) => ({ id, amount })));
      // Money stays money: what partners have a share in is told by where a credit came from.
      request.credits.push(...taken.map(({ amount, origin }) => ({ accountId: buyerAccountId, amount, origin })));
    }
    const { entries, charges, credits, chargesBack } = request;
    if ([entries, charges, credits, chargesBack].every(({ length }) => length === 0)) return null;
    return this.write('TRANSFER', `نقل الحساب ${transfer.number}`, request, transfer, by);
  }

  /** The opposite: what was charged is taken back, what was moved is charged to the seller again under its own dates. */
  private async moveBack(
    transfer: AccountTransfer,
    lines: readonly TransferredAccount[],
    by: Principal,
  ): Promise<number> {
    const postingId = transfer.postingId!;
    const [charges, credits] = [
      await this.store.reads(Charge).findBy({ postingId }),
      await this.store.reads(Credit).findBy({ postingId }),
    ];
    const entries = await this.store.reads(LedgerEntry).findBy({ postingId });
    const again = lines.flatMap(({ sellerAccountId: accountId, lines: split }) =>
      split
        .filter(({ chargeId, buyer, depositBack = 0 }) => chargeId !== null && buyer + depositBack > 0)
        .map(({ chargeId, head, period, dueOn, detail, buyer, depositBack = 0 }): NewCharge => {
          const amount = buyer + depositBack;
          const source = `transfer:${transfer.id}:${chargeId}:reversed`;
          return { accountId, head, amount, period, dueOn: dueOn!, detail, source };
        }),
    );
    const request = {
      reverses: postingId,
      entries: entries
        .filter(({ accountId }) => accountId === null)
        .map(({ ledger, currency, amount, dimension }) => {
          return { ledger: ledger as EntryLine['ledger'], currency, amount: -amount, dimension };
        }),
      chargesBack: charges.map(({ id, amount }) => ({ id, amount })),
      creditsBack: credits.map(({ id, amount }) => ({ id, amount })),
      charges: again,
      credits: credits.map(({ accountId, amount, origin }) => ({
        accountId: lines.find(({ buyerAccountId }) => buyerAccountId === accountId)!.sellerAccountId,
        ...{ amount, origin },
      })),
    };
    return this.write('REVERSAL', `عكس نقل الحساب ${transfer.number}`, request, transfer, by);
  }

  private async write(
    kind: PostingRequest['kind'],
    description: string,
    request: Omit<PostingRequest, 'kind' | 'on' | 'by' | 'description'>,
    { id, reason, reversal }: AccountTransfer,
    { userId }: Principal,
  ): Promise<number> {
    const on = localDateOf(this.clock.now());
    const document = { type: 'transfer', id };
    const posted = await this.books.post({
      ...{ kind, on, description, by: userId, reason: reversal ?? reason, document },
      ...request,
    });
    return posted.postingId;
  }

  /** The newest first, so that what stays is the oldest. */
  private async takeAdvance(accountId: number, amount: number): Promise<(TakenBack & { origin: string })[]> {
    let left = amount;
    return (await this.advances.of([accountId])).flatMap(({ creditId, remaining, origin, firm }) => {
      const part = firm ? Math.min(remaining, left) : 0;
      left -= part;
      return part > 0 ? [{ id: creditId, amount: part, origin }] : [];
    });
  }

  private async handOver({ recurring, buyerAccountId }: Sale, { userId }: Principal) {
    const pairs: TransferredAccount['recurring'] = [];
    for (const { charge, first } of recurring) {
      await this.setActive(charge.id, false);
      const to = first === null ? null : await this.ids.one();
      pairs.push({ from: charge.id, to });
      if (to === null) continue;
      const made = { createdBy: userId, createdAt: this.clock.now(), version: 1 };
      const next = { ...charge, id: to, accountId: buyerAccountId, fromPeriod: first!, ...made };
      await this.store.insert(RecurringCharge, next);
    }
    return pairs;
  }

  private async setActive(id: number, active: boolean): Promise<void> {
    const { version } = await this.store.reads(RecurringCharge).findOneByOrFail({ id });
    await this.store.updateVersioned(RecurringCharge, { id, version }, { active });
  }

  /** Something happened on the buyer's accounts that the transfer did not do. */
  private async isTouched({ postingId }: AccountTransfer, lines: readonly TransferredAccount[]): Promise<boolean> {
    const accountId = In(lines.map(({ buyerAccountId }) => buyerAccountId));
    const ids = lines.map(({ buyerAccountId }) => buyerAccountId);
    const ended = await this.store.reads(Account).findBy({ id: accountId });
    if (ended.some(({ state, closedOn }) => state !== 'OPEN' || closedOn !== null)) return true;
    const made = new Set(lines.flatMap(({ recurring }) => recurring.map(({ to }) => to)));
    const recurring = await this.store.reads(RecurringCharge).findBy({ accountId });
    if (recurring.some(({ id, version }) => !made.has(id) || version > 1)) return true;
    for (const sql of TOUCHES) {
      const rows = await this.store.selectIn((list) => sql.replace('?', list), ids);
      if (rows.length > 0) return true;
    }
    return this.store.reads(LedgerEntry).existsBy({ accountId, ...(postingId && { postingId: Not(postingId) }) });
  }
}
