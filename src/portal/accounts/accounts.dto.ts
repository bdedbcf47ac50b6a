import { DateField, Flag, Id, Int, ListOf, MoneyField, Part, Txt } from '@libs/http';
import {
  AccountView,
  AsOfQuery,
  CurrencyAmountView,
  moneyView,
  NO_DAY,
  recordAccountsView,
  SERVICE_NAMES,
  type Account,
  type HeldAccount,
  type MovementPage,
  type OpenCharge,
} from '../../billing';
import { isShared } from '../scope/sharing';
import { movementName } from './movement-names';

export class PortalAccountsQuery extends AsOfQuery {}

export class PortalAccountParam {
  @Id({ about: 'one of `GET /me/accounts`' }) id: number;
}

export class PortalMovementsQuery {
  @Id({ optional: true, about: '`next` of the page before' }) after?: number;
  @Int({ optional: true, min: 1, max: 100, fallback: 20, example: 20 }) limit: number = 20;
}

class ServiceNameView {
  @Txt({ example: 'مياه' }) ar: string;
  @Txt({ example: 'Water' }) en: string;
}

export class PortalAccountView extends AccountView {
  @Part(() => ServiceNameView) service: ServiceNameView;
  @Flag({ about: 'held beside others: it is in no total' }) shared: boolean;
  @Txt({ nullable: true, max: 10_000, example: 'رفيديا - قرب المسجد', about: 'null where it is shared' })
  address: string | null;
}

class PortalTotalView extends CurrencyAmountView {}

export class PortalAccountsView {
  @DateField({ nullable: true, example: null, about: 'null: as of now' }) asOf: string | null;
  @ListOf(() => PortalAccountView, { max: 100_000 }) accounts: PortalAccountView[];
  @ListOf(() => PortalTotalView, { about: 'of the accounts that are not shared, one a currency' })
  totals: PortalTotalView[];
}

class PortalChargeView {
  @Id({ about: '`chargeIds` of a payment' }) id: number;
  @Txt({ example: 'WATER' }) head: string;
  @Txt({ example: 'أثمان مياه' }) nameAr: string;
  @Txt({ example: 'Water' }) nameEn: string;
  @Txt({ nullable: true, example: null, about: 'null where the account is shared' }) detail: string | null;
  @Txt({ example: '2026-10', about: 'the month it is for' }) period: string;
  @DateField() chargedOn: string;
  @DateField() dueOn: string;
  @Flag() overdue: boolean;
  @Part(() => CurrencyAmountView) charged: CurrencyAmountView;
  @Part(() => CurrencyAmountView, { about: 'still owed of it' }) outstanding: CurrencyAmountView;
}

export class PortalAccountDetailView extends PortalAccountView {
  @ListOf(() => PortalChargeView, { max: 10_000, about: 'what is owed, in the order in which it is due' })
  open: PortalChargeView[];
}

class PortalMovementView {
  @Id() id: number;
  @DateField({ nullable: true, about: 'null where the old system had no readable day' }) on: string | null;
  @Txt({ example: 'PAYMENT' }) kind: string;
  @Part(() => ServiceNameView) name: ServiceNameView;
  @Txt({ nullable: true, example: 'RC-WEB-2026-000123-45', about: 'number of the document' }) document: string | null;
  @Txt({ nullable: true, max: 300, example: 'فاتورة مياه 2026-10', about: 'null where the account is shared' })
  description: string | null;
  @MoneyField({ about: 'positive is charged, negative is paid or relieved' }) amount: string;
  @Txt({ example: '-125.50' }) formatted: string;
  @Part(() => CurrencyAmountView, { about: 'after it' }) balance: CurrencyAmountView;
}

export class PortalMovementsView {
  @ListOf(() => PortalMovementView, { about: 'the newest first' }) items: PortalMovementView[];
  @Id({ nullable: true, example: null, about: '`after` of the next page; null at the end' }) next: number | null;
}

/** @param addresses of the places that are served, by account */
export function accountsView(
  held: readonly HeldAccount[],
  addresses: ReadonlyMap<number, string | null>,
  asOf: string | null,
): PortalAccountsView {
  const { accounts, totals } = recordAccountsView(held);
  return {
    asOf,
    accounts: accounts.map((view) => ({
      ...view,
      service: SERVICE_NAMES[view.serviceType as Account['serviceType']],
      shared: isShared(view as Pick<HeldAccount, 'relation'>),
      address: addresses.get(view.id) ?? null,
    })),
    totals: totals.map(({ currency, balance, formatted }) => ({ currency, amount: balance, formatted })),
  };
}

export const openChargeView = (
  { id, head, nameAr, nameEn, detail, period, chargedOn, dueOn, overdue, amount, outstanding }: OpenCharge,
  held: HeldAccount,
): PortalChargeView => ({
  ...{ id, head, nameAr, nameEn, period, chargedOn, dueOn, overdue },
  detail: isShared(held) ? null : detail,
  charged: moneyView(held.account.currency, amount),
  outstanding: moneyView(held.account.currency, outstanding),
});

export const movementsView = ({ items, next }: MovementPage, held: HeldAccount): PortalMovementsView => ({
  next,
  items: items.map(({ entryId, on, kind, document, description, amount, balance }) => {
    const { currency } = held.account;
    return {
      id: entryId,
      on: on === NO_DAY ? null : on,
      kind,
      name: movementName(kind),
      document,
      description: isShared(held) ? null : description,
      amount: String(amount),
      formatted: moneyView(currency, amount).formatted,
      balance: moneyView(currency, balance),
    };
  }),
});
