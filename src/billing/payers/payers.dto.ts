import { DateField, Flag, Id, Int, invalidField, ListOf, OneOf, Part, Txt } from '@libs/http';
import { ACCOUNT_STATES, SERVICE_TYPES } from '../accounts/account.entity';
import { moneyView } from '../till/amounts';
import { CurrencyAmountView } from '../till/shifts.dto';
import type { AskedPayer, Payer } from './payers';

export class FindPayers {
  @Id({ optional: true, about: 'record; one of the three is given' }) oneRecordId?: number;
  @Id({ optional: true, about: 'row of the old systems' }) citizenId?: number;
  @Txt({ optional: true, max: 100, example: '20011', about: 'of an account, or the serial of a bill or receipt' })
  number?: string;
}

class PayerChargeView {
  @Id() id: number;
  @Txt({ example: 'WATER' }) head: string;
  @Txt({ example: 'أثمان مياه' }) nameAr: string;
  @Txt({ example: 'Water' }) nameEn: string;
  @Txt({ example: '2026-10' }) period: string;
  @DateField() dueOn: string;
  @Txt({ nullable: true, max: 200, example: null }) detail: string | null;
  @Part(() => CurrencyAmountView) outstanding: CurrencyAmountView;
}

class PayableAccountView {
  @Id() id: number;
  @Txt({ example: '20011' }) number: string;
  @OneOf(SERVICE_TYPES, { example: 'WATER' }) serviceType: string;
  @Txt({ nullable: true, max: 500, example: 'رفيديا' }) address: string | null;
  @OneOf(ACCOUNT_STATES, { example: 'OPEN', about: 'CLOSED takes no payment' }) state: string;
  @Int({ min: 1, example: 1 }) tenure: number;
  @DateField({ nullable: true, example: null, about: 'first day of the next holder' }) closedOn: string | null;
  @Txt({ example: 'SAME_PERSON', about: 'how the payer stands to the account' }) relation: string;
  @Flag({ example: true, about: 'the number that was asked for is of this account' }) named: boolean;
  @Part(() => CurrencyAmountView, { about: 'positive is owed, negative is an advance' }) balance: CurrencyAmountView;
  @ListOf(() => PayerChargeView, { max: 10_000, about: 'in the order in which a payment pays them' })
  charges: PayerChargeView[];
}

class PayerView {
  @Id({ nullable: true }) oneRecordId: number | null;
  @Txt({ nullable: true, example: '2026-000045' }) oneRecordNumber: string | null;
  @Id({ nullable: true, about: 'row of the old systems, of a payer without an approved record' })
  citizenId: number | null;
  @Txt({ max: 500, example: 'محمد أحمد النابلسي' }) name: string;
  @ListOf(() => PayableAccountView, { max: 100_000 }) accounts: PayableAccountView[];
}

export class PayersView {
  @ListOf(() => PayerView, { about: 'several when the number was of another before' }) payers: PayerView[];
}

/** @throws {Problem} http.invalid unless exactly one is given */
export function askedPayer(query: FindPayers): AskedPayer {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  if (given.length !== 1) throw invalidField('/number', 'oneOf');
  return Object.fromEntries(given) as unknown as AskedPayer;
}

export const payersView = (payers: readonly Payer[]): PayersView => ({
  payers: payers.map(({ accounts, ...payer }) => ({
    ...payer,
    accounts: accounts.map(({ account, balance, charges, ...rest }) => ({
      id: account.id,
      number: account.number,
      serviceType: account.serviceType,
      state: account.state,
      tenure: account.tenure,
      closedOn: account.closedOn,
      ...rest,
      balance: moneyView(account.currency, balance),
      charges: charges.map(({ id, head, nameAr, nameEn, period, dueOn, detail, outstanding }) => ({
        ...{ id, head, nameAr, nameEn, period, dueOn, detail },
        outstanding: moneyView(account.currency, outstanding),
      })),
    })),
  })),
});
