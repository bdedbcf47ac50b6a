import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem, skipped, type Principal, invalidField } from '@libs/http';
import { IdAllocator, StaleVersionError, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { officeCode, serialOf } from '@libs/serial';
import { Audit, Staff } from '../../identity';
import { Account } from '../accounts/account.entity';
import { ChargeHeads } from '../accounts/charge-heads';
import { BOOKS } from '../billing.problems';
import { Books } from '../books/books';
import { ItemStore } from '../books/item-store';
import { Charge } from '../books/open-item.entity';
import { LedgerEntry, LedgerPosting } from '../books/posting.entity';
import { Adjustment, type AdjustmentKind } from './adjustment.entity';
import { otherSide, postingOf, SERIAL_KINDS, withinLimit } from './adjustment.rules';
import type { AdjustmentsQuery, ProposeDebitNote, ProposeOnCharge } from './adjustments.dto';
import { ADJUSTMENTS } from './adjustments.problems';
import { typedAmount } from './typed-amount';

const ANY_AMOUNT = 'billing.adjustment.approve-any-amount';

type Proposal = Pick<
  Adjustment,
  'kind' | 'accountId' | 'chargeId' | 'currency' | 'head' | 'amount' | 'period' | 'dueOn' | 'reason' | 'documentNumber'
>;

/** Credit notes, debit notes and write-offs: PROPOSED → POSTED | REJECTED, POSTED → REVERSED. */
@Injectable()
export class Adjustments {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly books: Books,
    private readonly items: ItemStore,
    private readonly heads: ChargeHeads,
    private readonly staff: Staff,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws {Problem} http.invalid for an amount that is none or a charge that is not there; billing.exceeds-charge for
   * more than the charge, billing.charge-settled for a write-off of what is paid
   */
  proposeOnCharge(
    kind: Exclude<AdjustmentKind, 'DEBIT_NOTE'>,
    { chargeId, amount: typed, reason, documentNumber }: ProposeOnCharge,
    by: Principal,
  ): Promise<Adjustment> {
    return this.uow.run(async () => {
      const charge = await this.store.reads(Charge).findOneBy({ id: chargeId });
      if (!charge) throw invalidField('/chargeId', 'unknown');
      const { accountId, head } = charge;
      const { currency } = await this.account(accountId);
      const amount = typedAmount(typed, currency, '/amount');
      const left = await this.left(kind, charge);
      if (left === 0) throw new Problem(BOOKS['billing.charge-settled'], { extra: { chargeId } });
      if (amount > left) throw new Problem(BOOKS['billing.exceeds-charge'], { extra: { left: String(left) } });
      const dates = { period: null, dueOn: null };
      return this.propose({ kind, accountId, chargeId, currency, head, amount, ...dates, reason, documentNumber }, by);
    });
  }

  /** @throws {Problem} http.invalid; billing.account-unknown, account-closed, head-unknown */
  proposeDebitNote(input: ProposeDebitNote, by: Principal): Promise<Adjustment> {
    const { accountId, head, amount: typed, period = null, dueOn = null, reason, documentNumber } = input;
    return this.uow.run(async () => {
      const { currency, state } = await this.account(accountId);
      if (state !== 'OPEN') throw new Problem(BOOKS['billing.account-closed'], { extra: { accountId } });
      const known = (await this.heads.require([head])).get(head)!;
      if (!known.active) throw new Problem(BOOKS['billing.head-unknown'], { extra: { head } });
      const amount = typedAmount(typed, currency, '/amount');
      const kind = 'DEBIT_NOTE' as const;
      return this.propose(
        { kind, accountId, chargeId: null, currency, head, amount, period, dueOn, reason, documentNumber },
        by,
      );
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<Adjustment> {
    const adjustment = await this.store.reads(Adjustment).findOneBy({ id });
    if (!adjustment) throw new Problem('http.not-found');
    return adjustment;
  }

  /** Newest first. */
  list({ state, kind, accountId, ...query }: AdjustmentsQuery): Promise<[Adjustment[], number]> {
    const where = { ...(state && { state }), ...(kind && { kind }), ...(accountId && { accountId }) };
    const page = { skip: skipped(query), take: query.pageSize };
    return this.store.reads(Adjustment).findAndCount({ where, order: { proposedAt: 'DESC', id: 'DESC' }, ...page });
  }

  /**
   * Posts it today under the next serial of the approver's office.
   * @throws {Problem} billing.four-eyes, above-limit, adjustment-not-open; as Books.post
   * @throws {StaleVersionError} when another decided first
   */
  approve(target: Versioned, by: Principal): Promise<Adjustment> {
    return this.uow.run(async () => {
      const adjustment = await this.open(target);
      if (adjustment.proposedBy === by.userId) throw new Problem(ADJUSTMENTS['billing.four-eyes']);
      const decidedAt = this.clock.now();
      const postedOn = localDateOf(decidedAt);
      const claim = { state: 'POSTED' as const, decidedBy: by.userId, decidedAt, postedOn };
      await this.store.updateVersioned(Adjustment, target, claim);
      await this.store.hold(Account, [adjustment.accountId]);
      await this.checkLimit(adjustment, postedOn, by);
      if (adjustment.kind === 'CREDIT_NOTE') await this.refuseRelieved(adjustment);
      const { postingId } = await this.books.post({
        ...postingOf(adjustment, await this.ledgerOf(adjustment)),
        on: postedOn,
        by: by.userId,
        reason: adjustment.reason,
        document: { type: 'adjustment', id: adjustment.id },
      });
      const serial = await this.nextSerial(adjustment.kind, postedOn, by);
      await this.store.update(Adjustment, { id: adjustment.id }, { postingId, serial });
      await this.record('billing.adjustment-posted', adjustment, { serial });
      return this.get(adjustment.id);
    });
  }

  /** Also by the proposer, who so withdraws it. @throws as {@link approve} */
  reject(target: Versioned, rejection: string, by: Principal): Promise<Adjustment> {
    return this.uow.run(async () => {
      const adjustment = await this.open(target);
      const decidedAt = this.clock.now();
      const decided = { state: 'REJECTED' as const, decidedBy: by.userId, decidedAt, rejection };
      await this.store.updateVersioned(Adjustment, target, decided);
      await this.record('billing.adjustment-rejected', adjustment);
      return this.get(adjustment.id);
    });
  }

  /**
   * Posts the opposite today. A credit note is undone by charging its amount again under the head, period and due day
   * of the charge that it took back.
   * @throws {Problem} billing.adjustment-not-posted; as Books.reverse
   */
  reverse(target: Versioned, reversal: string, by: Principal): Promise<Adjustment> {
    return this.uow.run(async () => {
      const adjustment = await this.current(target);
      if (adjustment.state !== 'POSTED') throw new Problem(ADJUSTMENTS['billing.adjustment-not-posted']);
      const reversedAt = this.clock.now();
      const claim = { state: 'REVERSED' as const, reversedBy: by.userId, reversedAt, reversal };
      await this.store.updateVersioned(Adjustment, target, claim);
      const shared = {
        on: localDateOf(reversedAt),
        by: by.userId,
        description: `عكس ${adjustment.serial}`,
        reason: reversal,
        document: { type: 'adjustment', id: adjustment.id },
      };
      const { postingId } =
        adjustment.kind === 'CREDIT_NOTE'
          ? await this.chargeAgain(adjustment, shared)
          : await this.books.reverse({ postingId: adjustment.postingId!, ...shared });
      await this.store.update(Adjustment, { id: adjustment.id }, { reversalPostingId: postingId });
      await this.record('billing.adjustment-reversed', adjustment, { serial: adjustment.serial });
      return this.get(adjustment.id);
    });
  }

  private async propose(proposal: Proposal, by: Principal): Promise<Adjustment> {
    const adjustment: Adjustment = {
      id: await this.ids.one(),
      state: 'PROPOSED',
      ...proposal,
      proposedBy: by.userId,
      proposedAt: this.clock.now(),
      decidedBy: null,
      decidedAt: null,
      rejection: null,
      serial: null,
      postedOn: null,
      postingId: null,
      reversedBy: null,
      reversedAt: null,
      reversal: null,
      reversalPostingId: null,
      version: 1,
    };
    await this.store.insert(Adjustment, adjustment);
    await this.record('billing.adjustment-proposed', adjustment);
    return adjustment;
  }

  /** What may be taken off a charge: of one that was relieved, not the relief again, which would become an advance. */
  private async left(kind: AdjustmentKind, { id, amount, cancelled, outstanding }: Charge): Promise<number> {
    if (kind === 'WRITE_OFF') return outstanding;
    return amount - cancelled - ((await this.items.reliefs([id])).get(id) ?? 0);
  }

  /** Once more when it is posted and the account is held. @throws {Problem} billing.exceeds-charge */
  private async refuseRelieved({ kind, chargeId, amount }: Adjustment): Promise<void> {
    const left = await this.left(kind, (await this.store.reads(Charge).findOneBy({ id: chargeId! }))!);
    if (amount > left) throw new Problem(BOOKS['billing.exceeds-charge'], { extra: { left: String(left) } });
  }

  private async chargeAgain(
    { accountId, chargeId, amount, postingId, id }: Adjustment,
    shared: { on: string; by: number; description: string; reason: string; document: { type: string; id: number } },
  ): Promise<{ postingId: number }> {
    const { head, period, dueOn, detail } = (await this.store.reads(Charge).findOneBy({ id: chargeId! }))!;
    const entries = await this.store.reads(LedgerEntry).findBy({ postingId: postingId! });
    return this.books.post({
      ...shared,
      kind: 'REVERSAL',
      reverses: postingId!,
      charges: [{ accountId, head, period, dueOn, detail, amount, source: `adjustment:${id}:reversed` }],
      entries: entries
        .filter((entry) => entry.accountId === null)
        .map(({ ledger, currency, amount: side, dimension }) => ({
          ledger: ledger as 'INCOME',
          currency,
          amount: -side,
          dimension,
        })),
    });
  }

  private async checkLimit(adjustment: Adjustment, today: string, by: Principal): Promise<void> {
    if (by.permissions.has(ANY_AMOUNT)) return;
    const { id, accountId, kind } = adjustment;
    const [sum] = await this.store.sql<{ posted: number | string | null }>(
      `SELECT SUM("amount") AS "posted" FROM "adjustments"
       WHERE "account_id" = ? AND "kind" = ? AND "state" = 'POSTED' AND "posted_on" >= ? AND "id" <> ?`,
      [accountId, kind, `${today.slice(0, 7)}-01`, id],
    );
    if (!withinLimit(adjustment, Number(sum?.posted ?? 0), this.config.officerAdjustmentLimits)) {
      throw new Problem(BOOKS['billing.above-limit']);
    }
  }

  private async ledgerOf({ chargeId, head }: Adjustment): Promise<ReturnType<typeof otherSide>> {
    const known = (await this.heads.require([head])).get(head)!;
    if (chargeId === null) return otherSide(known, false);
    const charge = (await this.store.reads(Charge).findOneBy({ id: chargeId }))!;
    const posting = (await this.store.reads(LedgerPosting).findOneBy({ id: charge.postingId }))!;
    return otherSide(known, posting.kind === 'OPENING');
  }

  /** Last in its unit, because the next one of the office waits for the sequence from here on. */
  private async nextSerial(kind: AdjustmentKind, on: string, by: Principal): Promise<string> {
    const office = officeCode(await this.staff.departmentCode(by.departmentId));
    const [code, year] = [SERIAL_KINDS[kind], Number(on.slice(0, 4))];
    const number = await this.ids.reserve(`adjustments-${code}-${office}-${year}`, 1);
    return serialOf({ kind: code, office, year, number });
  }

  private async account(id: number): Promise<Account> {
    const account = await this.store.reads(Account).findOneBy({ id });
    if (!account) throw new Problem(BOOKS['billing.account-unknown'], { extra: { accountId: id } });
    return account;
  }

  private async current(target: Versioned): Promise<Adjustment> {
    const adjustment = await this.get(target.id);
    if (adjustment.version !== target.version) throw new StaleVersionError(Adjustment.name, target.id);
    return adjustment;
  }

  private async open(target: Versioned): Promise<Adjustment> {
    const adjustment = await this.current(target);
    if (adjustment.state !== 'PROPOSED') throw new Problem(ADJUSTMENTS['billing.adjustment-not-open']);
    return adjustment;
  }

  private record(action: string, { id, kind, amount, currency }: Adjustment, more: object = {}): Promise<void> {
    return this.audit.record({ action, detail: { adjustmentId: id, kind, amount: String(amount), currency, ...more } });
  }
}
