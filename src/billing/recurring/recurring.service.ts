import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type Principal, invalidField } from '@libs/http';
import { parseAmount, type Currency } from '@libs/money';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { Audit } from '../../identity';
import { Account } from '../accounts/account.entity';
import { ChargeHeads } from '../accounts/charge-heads';
import { BOOKS } from '../billing.problems';
import { RecurringCharge } from './recurring-charge.entity';
import {
  recurringView,
  type ChangeRecurringCharge,
  type CreateRecurringCharge,
  type RecurringChargeView,
  type RecurringQuery,
} from './recurring.dto';

@Injectable()
export class RecurringCharges {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly heads: ChargeHeads,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By account and id. */
  async list(query: RecurringQuery): Promise<Page<RecurringChargeView>> {
    const { accountId, active } = query;
    const [rows, total] = await this.store.reads(RecurringCharge).findAndCount({
      where: { ...(accountId !== undefined && { accountId }), ...(active !== undefined && { active }) },
      order: { accountId: 'ASC', id: 'ASC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    const accounts = await this.store.reads(Account).findBy({ id: In(rows.map((row) => row.accountId)) });
    const currencies = new Map(accounts.map(({ id, currency }) => [id, currency]));
    return pageOf(
      query,
      rows.map((row) => recurringView(row, currencies.get(row.accountId)!)),
      total,
    );
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<RecurringChargeView> {
    const { charge, account } = await this.find(id);
    return recurringView(charge, account.currency);
  }

  /** @throws {Problem} billing.account-unknown, account-closed, head-unknown; http.invalid for the amount or the months */
  create(input: CreateRecurringCharge, { userId }: Principal): Promise<RecurringChargeView> {
    return this.uow.run(async () => {
      const { accountId, head, everyMonths, fromPeriod, toPeriod = null } = input;
      // Held, or a transfer would hand over what is there and end the account meanwhile.
      await this.store.hold(Account, [accountId]);
      const account = await this.store.reads(Account).findOneBy({ id: accountId });
      if (!account) throw new Problem(BOOKS['billing.account-unknown'], { extra: { accountId } });
      if (account.state !== 'OPEN' || account.closedOn !== null) {
        throw new Problem(BOOKS['billing.account-closed'], { extra: { accountId } });
      }
      const known = (await this.heads.require([head])).get(head);
      if (!known?.active) throw new Problem(BOOKS['billing.head-unknown'], { extra: { head } });
      const amount = amountOf(input.amount, account);
      checkMonths(fromPeriod, toPeriod);
      const charge: RecurringCharge = {
        ...{ id: await this.ids.one(), accountId, head, amount, everyMonths, fromPeriod, toPeriod },
        ...{ detail: input.detail || null, active: true, createdBy: userId, createdAt: this.clock.now(), version: 1 },
      };
      await this.store.insert(RecurringCharge, charge);
      await this.audit.record({
        action: 'billing.recurring-charge.create',
        detail: { id: charge.id, accountId, head, amount, everyMonths },
      });
      return recurringView(charge, account.currency);
    });
  }

  /** @throws {Problem} http.not-found, http.stale; http.invalid for the amount or the months */
  change(id: number, version: number, input: ChangeRecurringCharge): Promise<RecurringChargeView> {
    return this.update(id, version, 'change', (charge, account) => {
      const { everyMonths = charge.everyMonths, toPeriod = charge.toPeriod, detail = charge.detail } = input;
      const amount = input.amount === undefined ? charge.amount : amountOf(input.amount, account);
      checkMonths(charge.fromPeriod, toPeriod);
      return { amount, everyMonths, toPeriod, detail };
    });
  }

  /** It stays in the list, and no bill is made of it any more. @throws {Problem} http.not-found, http.stale */
  withdraw(id: number, version: number): Promise<RecurringChargeView> {
    return this.update(id, version, 'withdraw', () => ({ active: false }));
  }

  private update(
    id: number,
    version: number,
    verb: string,
    decide: (charge: RecurringCharge, account: Account) => Partial<RecurringCharge>,
  ): Promise<RecurringChargeView> {
    return this.uow.run(async () => {
      const { charge, account } = await this.find(id);
      const changes = decide(charge, account);
      const next = await this.store.updateVersioned(RecurringCharge, { id, version }, changes);
      const { amount, everyMonths, toPeriod } = charge;
      const before = { amount, everyMonths, toPeriod };
      await this.audit.record({ action: `billing.recurring-charge.${verb}`, detail: { id, before, changes } });
      return recurringView({ ...charge, ...changes, version: next }, account.currency);
    });
  }

  private async find(id: number): Promise<{ charge: RecurringCharge; account: Account }> {
    const charge = await this.store.reads(RecurringCharge).findOneBy({ id });
    if (!charge) throw new Problem('http.not-found');
    return { charge, account: await this.store.reads(Account).findOneByOrFail({ id: charge.accountId }) };
  }
}

function amountOf(text: string, { currency }: Account): number {
  const parsed = parseAmount(text, currency as Currency);
  const code = !parsed.ok ? parsed.error : parsed.minor <= 0 ? 'notAboveZero' : null;
  if (!parsed.ok || code) throw invalidField('/amount', code!);
  return parsed.minor;
}

function checkMonths(fromPeriod: string, toPeriod: string | null): void {
  if (toPeriod === null || toPeriod >= fromPeriod) return;
  throw invalidField('/toPeriod', 'notBeforeFirst');
}
