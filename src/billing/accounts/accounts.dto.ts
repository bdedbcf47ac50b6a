import { DateField, Id, Int, ListOf, MoneyField, OneOf, Txt } from '@libs/http';
import { formatAmount, sumByCurrency, type Currency } from '@libs/money';
import { ACCOUNT_STATES, SERVICE_TYPES } from './account.entity';
import type { HeldAccount } from './accounts';

export class RecordOfAccounts {
  @Id() id: number;
}

export class AsOfQuery {
  @DateField({ optional: true, about: 'balances at the end of this day; default now' }) asOf?: string;
}

export class AccountView {
  @Id() id: number;
  @Txt({ example: '20011' }) number: string;
  @Txt({ example: 'ILS' }) currency: string;
  @Int({ min: 1, example: 1, about: 'one more with each transfer to another holder' }) tenure: number;
  @OneOf(SERVICE_TYPES, { example: 'WATER' }) serviceType: string;
  @OneOf(ACCOUNT_STATES, { example: 'OPEN' }) state: string;
  @DateField() openedOn: string;
  @DateField({
    nullable: true,
    example: null,
    about: 'first day of the next holder; until all is settled it is open for payments',
  })
  closedOn: string | null;
  @Txt({ example: 'SAME_PERSON', about: 'how the record stands to the account' }) relation: string;
  @MoneyField({ about: 'positive is owed, negative is an advance' }) balance: string;
  @Txt({ example: '1,250.00' }) formatted: string;
}

class BalanceTotalView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField() balance: string;
  @Txt({ example: '1,250.00' }) formatted: string;
}

export class RecordAccountsView {
  @ListOf(() => AccountView, { max: 100_000 }) accounts: AccountView[];
  @ListOf(() => BalanceTotalView, { about: 'of the accounts that are the person’s own, one sum a currency' })
  totals: BalanceTotalView[];
}

export class ChargeHeadView {
  @Txt({ example: 'WATER' }) code: string;
  @Txt({ example: 'أثمان مياه' }) nameAr: string;
  @Txt({ example: 'Water' }) nameEn: string;
  @OneOf(SERVICE_TYPES, { example: 'WATER' }) serviceType: string;
  @Int({ example: 10, about: 'of charges of one period the smaller is paid first' }) priority: number;
}

export function recordAccountsView(held: readonly HeldAccount[]): RecordAccountsView {
  const own = held.filter(({ relation }) => relation === 'SAME_PERSON');
  const totals = sumByCurrency(
    own.map(({ account, balance }) => ({ minor: balance, currency: account.currency as Currency })),
  );
  return {
    accounts: held.map(({ account, balance, relation }) => ({
      id: account.id,
      number: account.number,
      currency: account.currency,
      tenure: account.tenure,
      serviceType: account.serviceType,
      state: account.state,
      openedOn: account.openedOn,
      closedOn: account.closedOn,
      relation,
      balance: String(balance),
      formatted: formatAmount(balance, account.currency as Currency),
    })),
    totals: [...totals].map(([currency, minor]) => ({
      currency,
      balance: String(minor),
      formatted: formatAmount(minor, currency),
    })),
  };
}
