import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, skipped, type Principal, invalidField } from '@libs/http';
import { formatAmount, type Currency } from '@libs/money';
import { IdAllocator, StaleVersionError, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { OneRecords } from '../../citizens';
import { Audit } from '../../identity';
import { Account } from '../accounts/account.entity';
import { Holders } from '../bill-runs/holders';
import { BOOKS } from '../billing.problems';
import { CLEARANCE } from '../clearances/clearance.problems';
import { AccountTransfer, TransferredAccount, type TransferState } from './transfer.entity';
import { TransferPosting } from './transfer-posting';
import { TransferSplit, type Split } from './transfer-split';
import type { ProposeTransfer, TransferPreviewQuery, TransfersQuery } from './transfers.dto';
import { TRANSFERS } from './transfers.problems';

export const OVERRIDE_DEBT = 'billing.transfer.override-debt';

/** Transfers of accounts on sale: PROPOSED → POSTED | REJECTED, POSTED → REVERSED. */
@Injectable()
export class Transfers {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly records: OneRecords,
    private readonly holders: Holders,
    private readonly split: TransferSplit,
    private readonly posting: TransferPosting,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What a sale on a day would do: the seller's final bill. @throws {Problem} http.invalid; billing.account-unknown, account-closed */
  async preview(accountId: number, { soldOn, advance = 'KEEP' }: TransferPreviewQuery): Promise<Split[]> {
    return this.split.of(await this.accounts(accountId, soldOn), soldOn, advance);
  }

  /**
   * @throws {Problem} http.invalid, http.not-found for the buyer; billing.account-unknown, account-closed, same-holder,
   * record-not-approved; seller-owes unless it is asked for despite the debt
   */
  propose(input: ProposeTransfer, by: Principal): Promise<AccountTransfer> {
    const { accountId, buyerId, soldOn, advance = 'KEEP', despiteDebt = false, reason, documentNumber } = input;
    const agreementNumber = input.agreementNumber || null;
    if (advance === 'CARRY' && !agreementNumber) throw invalidField('/agreementNumber', 'required');
    return this.uow.run(async () => {
      const accounts = await this.accounts(accountId, soldOn);
      await this.checkBuyer(buyerId, accounts);
      if (!despiteDebt) refuseDebt(await this.split.of(accounts, soldOn, advance));
      const transfer: AccountTransfer = {
        id: await this.ids.one(),
        ...{ state: 'PROPOSED', number: accounts[0]!.number, accountId, buyerId, soldOn, advance, agreementNumber },
        ...{ despiteDebt, reason, documentNumber, proposedBy: by.userId, proposedAt: this.clock.now() },
        ...{ decidedBy: null, decidedAt: null, rejection: null, postingId: null },
        ...{ reversedBy: null, reversedAt: null, reversal: null, reversalPostingId: null, version: 1 },
      };
      await this.store.insert(AccountTransfer, transfer);
      await this.record('proposed', transfer);
      return transfer;
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<AccountTransfer> {
    const transfer = await this.store.reads(AccountTransfer).findOneBy({ id });
    if (!transfer) throw new Problem('http.not-found');
    return transfer;
  }

  /** The accounts of a posted transfer, by id. */
  async lines(transferId: number): Promise<{ line: TransferredAccount; account: Account }[]> {
    const lines = await this.store.reads(TransferredAccount).find({ where: { transferId }, order: { id: 'ASC' } });
    const found = [];
    for (const line of lines) {
      found.push({ line, account: await this.store.reads(Account).findOneByOrFail({ id: line.sellerAccountId }) });
    }
    return found;
  }

  /** Newest first. */
  list({ state, number, buyerId, ...query }: TransfersQuery): Promise<[AccountTransfer[], number]> {
    const where = {
      ...(state && { state: state as TransferState }),
      ...(number && { number }),
      ...(buyerId && { buyerId }),
    };
    const page = { skip: skipped(query), take: query.pageSize };
    return this.store
      .reads(AccountTransfer)
      .findAndCount({ where, order: { proposedAt: 'DESC', id: 'DESC' }, ...page });
  }

  /**
   * Splits, opens the buyer's accounts and ends the seller's, as everything stands now.
   * @throws {Problem} http.not-found; billing.transfer-not-open, transfer-own-proposal, debt-override-required; as
   * {@link propose} and Books.post
   * @throws {StaleVersionError} when another decided first
   */
  approve(target: Versioned, by: Principal): Promise<AccountTransfer> {
    return this.uow.run(async () => {
      const transfer = await this.current(target, 'PROPOSED', 'billing.transfer-not-open');
      if (transfer.proposedBy === by.userId) throw new Problem(TRANSFERS['billing.transfer-own-proposal']);
      const { id, accountId, buyerId, soldOn, advance, despiteDebt } = transfer;
      const decided = { state: 'POSTED' as const, decidedBy: by.userId, decidedAt: this.clock.now() };
      await this.store.updateVersioned(AccountTransfer, target, decided);
      const named = await this.split.accounts(transfer.number);
      await this.store.hold(
        Account,
        named.map((account) => account.id),
      );
      const accounts = await this.accounts(accountId, soldOn);
      await this.checkBuyer(buyerId, accounts);
      const splits = await this.split.of(accounts, soldOn, advance);
      if (!despiteDebt) refuseDebt(splits);
      else if (debts(splits).length > 0 && !by.permissions.has(OVERRIDE_DEBT)) {
        throw new Problem(TRANSFERS['billing.debt-override-required'], { extra: { accounts: debts(splits) } });
      }
      const postingId = await this.posting.post(transfer, splits, by);
      await this.store.update(AccountTransfer, { id }, { postingId });
      await this.record('posted', transfer);
      return this.get(id);
    });
  }

  /** Also by the proposer, who so withdraws it. @throws as {@link approve} */
  reject(target: Versioned, rejection: string, by: Principal): Promise<AccountTransfer> {
    return this.uow.run(async () => {
      const transfer = await this.current(target, 'PROPOSED', 'billing.transfer-not-open');
      const decided = { state: 'REJECTED' as const, decidedBy: by.userId, decidedAt: this.clock.now(), rejection };
      await this.store.updateVersioned(AccountTransfer, target, decided);
      await this.record('rejected', transfer);
      return this.get(transfer.id);
    });
  }

  /**
   * Gives the accounts back to the seller, while nothing has happened on the buyer's.
   * @throws {Problem} billing.transfer-not-posted, transfer-touched; as Books.post @throws {StaleVersionError}
   */
  reverse(target: Versioned, reversal: string, by: Principal): Promise<AccountTransfer> {
    return this.uow.run(async () => {
      const transfer = await this.current(target, 'POSTED', 'billing.transfer-not-posted');
      const reversed = { state: 'REVERSED' as const, reversedBy: by.userId, reversedAt: this.clock.now(), reversal };
      await this.store.updateVersioned(AccountTransfer, target, reversed);
      const reversalPostingId = await this.posting.reverse({ ...transfer, ...reversed }, by);
      await this.store.update(AccountTransfer, { id: transfer.id }, { reversalPostingId });
      await this.record('reversed', transfer);
      return this.get(transfer.id);
    });
  }

  /** All accounts of the number of the one that is named. @throws {Problem} http.invalid; billing.account-unknown, account-closed */
  private async accounts(accountId: number, soldOn: string): Promise<Account[]> {
    const named = await this.store.reads(Account).findOneBy({ id: accountId });
    if (!named) throw new Problem(BOOKS['billing.account-unknown'], { extra: { accountId } });
    const accounts = await this.split.accounts(named.number);
    if (!accounts.some(({ id }) => id === accountId)) {
      throw new Problem(BOOKS['billing.account-closed'], { extra: { accountId } });
    }
    if (soldOn > localDateOf(this.clock.now())) throw invalidField('/soldOn', 'inFuture');
    if (accounts.some(({ openedOn }) => openedOn >= soldOn)) throw invalidField('/soldOn', 'notAfterOpening');
    return accounts;
  }

  /** @throws {Problem} http.not-found; billing.record-not-approved, same-holder */
  private async checkBuyer(buyerId: number, accounts: readonly Account[]): Promise<void> {
    const { state } = await this.records.get(buyerId);
    if (state !== 'APPROVED' && state !== 'ACTIVATED') {
      throw new Problem(CLEARANCE['billing.record-not-approved'], { extra: { state } });
    }
    const held = await this.holders.of(accounts.map(({ id }) => id));
    if ([...held.values()].some(({ oneRecordId }) => oneRecordId === buyerId)) {
      throw new Problem(TRANSFERS['billing.same-holder']);
    }
  }

  private async current(
    target: Versioned,
    state: TransferState,
    otherwise: keyof typeof TRANSFERS,
  ): Promise<AccountTransfer> {
    const transfer = await this.get(target.id);
    if (transfer.version !== target.version) throw new StaleVersionError(AccountTransfer.name, target.id);
    if (transfer.state !== state) throw new Problem(TRANSFERS[otherwise], { extra: { state: transfer.state } });
    return transfer;
  }

  private record(verb: string, { id, number, buyerId, soldOn, despiteDebt }: AccountTransfer): Promise<void> {
    const detail = { transferId: id, number, buyerId, soldOn, despiteDebt };
    return this.audit.record({ action: `billing.transfer-${verb}`, detail });
  }
}

const debts = (splits: readonly Split[]) =>
  splits
    .filter(({ sellerBalance }) => sellerBalance > 0)
    .map(({ account: { id, currency }, sellerBalance }) => ({
      accountId: id,
      currency,
      owed: String(sellerBalance),
      formatted: formatAmount(sellerBalance, currency as Currency),
    }));

/** @throws {Problem} billing.seller-owes */
function refuseDebt(splits: readonly Split[]): void {
  const accounts = debts(splits);
  if (accounts.length > 0) throw new Problem(TRANSFERS['billing.seller-owes'], { extra: { accounts } });
}
