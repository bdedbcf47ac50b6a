import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@libs/calendar';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { Account } from '../accounts/account.entity';
import { ChargeHeads } from '../accounts/charge-heads';
import type { EntryLine, NewCredit, Posted } from '../books/posting';
import type { PaidAccount, PaidLine } from './payment-lines';
import { PAYMENTS } from './payments.problems';
import type { ReceiptRelief } from './receipt.content';
import {
  creditsOf,
  reliefEntries,
  sum,
  type Budgets,
  type PaidPart,
  type PayableCharge,
  type ReliefGrant,
  type ReliefOffer,
} from './relief';
import { closing, relieve } from './relief.rules';

export interface PayableAccount extends PaidAccount {
  /** All that are open. */
  charges: PayableCharge[];
}

/** A relief of a payment; `collected` is what the payment puts on the account beside it. */
export interface GrantedRelief extends ReliefGrant {
  account: PaidAccount;
  currency: string;
  collected: number;
}

/** What grants reliefs: discounts for early payment, campaigns. */
export interface ReliefSource {
  /** Whether anything can be offered on the day; asked at every payment. */
  isOpen(on: LocalDate): Promise<boolean>;
  /** @param claim keep budgets from other units until this one ends */
  offers(accounts: readonly PayableAccount[], on: LocalDate, claim: boolean): Promise<ReliefOffer[]>;
  /** In the unit of the payment, with the reliefs of every source. @throws {Problem} to undo it all */
  granted?(payment: { id: number; on: LocalDate; by: number | null }, reliefs: readonly GrantedRelief[]): Promise<void>;
  /** In the unit that undoes the payment, after its posting was reversed. */
  undone?(payment: { id: number; on: LocalDate; by: number | null }): Promise<void>;
}

/** What a line could come to. */
export interface QuotedLine {
  account: PaidAccount;
  owed: number;
  /** What closes it, and with which reliefs. */
  closes: number;
  reliefs: GrantedRelief[];
}

type AskedLine = Pick<PaidLine, 'accountId' | 'amount' | 'chargeIds'>;

/** What is granted with payments, in the same posting, so that it is reversed with them. */
@Injectable()
export class Reliefs {
  private readonly sources: ReliefSource[] = [];

  constructor(
    private readonly store: Store,
    private readonly heads: ChargeHeads,
  ) {}

  register(source: ReliefSource): void {
    this.sources.push(source);
  }

  /**
   * Of a payment that is about to be posted, in its unit: keeps the accounts and the budgets from others.
   * @throws {Problem} billing.relief-differs when a line expects another
   */
  async claim(
    lines: readonly PaidLine[],
    on: LocalDate,
    { wanted, surplus }: { wanted: boolean; surplus: 'REFUSE' | 'ADVANCE' },
  ): Promise<GrantedRelief[]> {
    const reliefs: GrantedRelief[] = [];
    const sources = wanted ? await this.open(on) : [];
    if (sources.length > 0) {
      const ids = lines.map(({ accountId }) => accountId);
      await this.store.hold(Account, [...new Set(ids)]);
      const accounts = await this.payable(lines);
      reliefs.push(...granted(accounts, lines, await offersOf(sources, accounts, on, true), surplus));
    }
    refuseOthers(lines, reliefs);
    return reliefs;
  }

  /** What the lines would be granted now. */
  async of(lines: readonly (AskedLine & PaidAccount)[], on: LocalDate): Promise<GrantedRelief[]> {
    const accounts = await this.payable(lines);
    const offers = await offersOf(await this.open(on), accounts, on, false);
    return granted(accounts, lines, offers, 'ADVANCE');
  }

  /** What closes each account, or the charges that are named; one line an account. */
  async closing(
    lines: readonly (PaidAccount & { chargeIds?: number[] | undefined })[],
    on: LocalDate,
  ): Promise<QuotedLine[]> {
    const accounts = await this.payable(lines);
    const offers = await offersOf(await this.open(on), accounts, on, false);
    const budgets: Budgets = new Map();
    return lines.map(({ accountId, chargeIds }) => {
      const account = accounts.find((each) => each.accountId === accountId)!;
      const { charges, ...said } = account;
      const own = offers.filter((offer) => offer.accountId === accountId);
      const closes = closing(charges, own, chargeIds, budgets);
      const part: PaidPart = { amount: closes, chargeIds, surplus: 'REFUSE' };
      const reliefs = closes === 0 ? [] : relieve(charges, [part], own, budgets);
      const owed = charges.filter(({ id }) => chargeIds?.includes(id) ?? true);
      return {
        account: said,
        owed: sum(owed.map(({ outstanding }) => outstanding)),
        closes,
        reliefs: reliefs.map((grant) => granting(grant, account, closes)),
      };
    });
  }

  async tell(
    payment: { id: number; on: LocalDate; by: number | null },
    reliefs: readonly GrantedRelief[],
  ): Promise<void> {
    if (reliefs.length > 0) for (const source of this.sources) await source.granted?.(payment, reliefs);
  }

  /** Whoever undoes a payment calls it in the same unit. */
  async undone(payment: { id: number; on: LocalDate; by: number | null }): Promise<void> {
    for (const source of this.sources) await source.undone?.(payment);
  }

  private async open(on: LocalDate): Promise<ReliefSource[]> {
    const open: ReliefSource[] = [];
    for (const source of this.sources) if (await source.isOpen(on)) open.push(source);
    return open;
  }

  /** The accounts of lines, ascending, with what is open on them. */
  async payable(lines: readonly PaidAccount[]): Promise<PayableAccount[]> {
    const accounts = new Map<number, PayableAccount>();
    for (const { accountId, accountNumber, serviceType, currency } of lines) {
      accounts.set(accountId, { accountId, accountNumber, serviceType, currency, charges: [] });
    }
    const rows = await this.store.selectIn<
      Record<'id' | 'account_id' | 'outstanding', number | string> & Record<'head' | 'period' | 'due_on', string>
    >(
      (list) =>
        `SELECT "id", "account_id", "head", "period", "due_on", "outstanding" FROM "charges"
         WHERE "account_id" IN (${list}) AND "outstanding" > 0 ORDER BY "due_on", "id"`,
      [...accounts.keys()],
    );
    const heads = await this.heads.require(new Set(rows.map(({ head }) => head)));
    for (const { id, account_id, head, period, due_on, outstanding } of rows) {
      const accountId = Number(account_id);
      const { priority, ledger } = heads.get(head)!;
      accounts.get(accountId)!.charges.push({
        id: Number(id),
        accountId,
        head,
        period,
        priority,
        dueOn: due_on,
        outstanding: Number(outstanding),
        deposit: ledger === 'DEPOSITS',
      });
    }
    return [...accounts.values()].sort((a, b) => a.accountId - b.accountId);
  }
}

/** What reliefs add to the posting of a payment. Their credits come first: by name, before the money looks for the oldest. */
export const postedWith = (reliefs: readonly GrantedRelief[]): { credits: NewCredit[]; entries: EntryLine[] } => ({
  credits: creditsOf(reliefs),
  entries: reliefEntries(reliefs),
});

/** The posting as far as the lines made it. */
export const withoutReliefs = (posted: Posted, { credits }: { credits: readonly NewCredit[] }): Posted => ({
  ...posted,
  credits: posted.credits.slice(credits.length),
});

/** As the receipt tells it; absent when there is none. */
export const reliefsSaid = (reliefs: readonly GrantedRelief[]): { reliefs?: ReceiptRelief[] } =>
  reliefs.length === 0
    ? {}
    : {
        reliefs: reliefs.map(
          ({ offer: { nameAr, nameEn }, account: { accountId, accountNumber }, currency, amount }) => ({
            accountId,
            accountNumber,
            currency,
            amount,
            nameAr,
            nameEn,
          }),
        ),
      };

const granting = (
  grant: ReliefGrant,
  { charges: _, ...account }: PayableAccount,
  collected: number,
): GrantedRelief => ({
  ...grant,
  account,
  currency: account.currency,
  collected,
});

async function offersOf(
  sources: readonly ReliefSource[],
  accounts: readonly PayableAccount[],
  on: LocalDate,
  claim: boolean,
): Promise<ReliefOffer[]> {
  const offers: ReliefOffer[] = [];
  for (const source of sources) offers.push(...(await source.offers(accounts, on, claim)));
  return offers;
}

function granted(
  accounts: readonly PayableAccount[],
  lines: readonly AskedLine[],
  offers: readonly ReliefOffer[],
  surplus: 'REFUSE' | 'ADVANCE',
): GrantedRelief[] {
  const budgets: Budgets = new Map();
  return accounts.flatMap((account) => {
    const { accountId, charges } = account;
    const parts = lines
      .filter((line) => line.accountId === accountId)
      .map(({ amount, chargeIds }): PaidPart => ({ amount, chargeIds, surplus }));
    const own = offers.filter((offer) => offer.accountId === accountId);
    if (own.length === 0) return [];
    const collected = sum(parts.map(({ amount }) => amount));
    return relieve(charges, parts, own, budgets).map((grant) => granting(grant, account, collected));
  });
}

function refuseOthers(lines: readonly PaidLine[], reliefs: readonly GrantedRelief[]): void {
  const expected = new Map<number, number>();
  for (const { accountId, relief } of lines) {
    if (relief !== undefined) expected.set(accountId, (expected.get(accountId) ?? 0) + relief);
  }
  for (const [accountId, wanted] of expected) {
    const given = sum(reliefs.flatMap(({ offer, amount }) => (offer.accountId === accountId ? [amount] : [])));
    if (given === wanted) continue;
    throw new Problem(PAYMENTS['billing.relief-differs'], { extra: { accountId, relief: String(given) } });
  }
}
