import { DateField, Id, Int, JsonField, ListOf, MoneyField, OneOf, PageQuery, Part, Txt } from '@libs/http';
import { SERVICE_TYPES } from '../accounts/account.entity';
import type { BillContent } from './bill-content';
import { BILL_STATES, type Bill } from './bill-run.entity';
import { formatted } from './run-reading.dto';

const SERIAL = 'BL-OSS-2026-000123-43';

export class BillParam {
  @Id() id: number;
}

export class PrintBill {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: 'ar' | 'en';
}

export class PrintBills extends PrintBill {
  @Int({
    min: 1,
    max: 100_000,
    optional: true,
    fallback: 1,
    example: 1,
    about: 'of the files of at most 100 bills each',
  })
  part: number = 1;
}

export class BillsQuery extends PageQuery {
  @OneOf(BILL_STATES, { optional: true, example: 'ISSUED' }) state?: string;
}

export class BillSummaryView {
  @Id() id: number;
  @Id() runId: number;
  @Id() accountId: number;
  @Txt({ nullable: true, example: SERIAL, about: 'null until it is issued' }) serial: string | null;
  @Txt({ example: 'recurring' }) feeder: string;
  @Txt({ example: '2026-11' }) period: string;
  @Int({ min: 1, example: 1, about: 'one more after each reversal' }) edition: number;
  @OneOf(BILL_STATES, { example: 'ISSUED' }) state: string;
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ about: 'sum of its lines' }) amount: string;
  @Txt({ example: '1,250.00' }) formatted: string;
}

export class BillLineView {
  @Txt({ example: 'WASTE' }) head: string;
  @Txt({ example: 'رسوم نفايات' }) nameAr: string;
  @Txt({ example: 'Solid waste' }) nameEn: string;
  @Txt({ nullable: true, example: null }) detail: string | null;
  @Txt({ example: '2026-11' }) period: string;
  @MoneyField() amount: string;
  @Txt({ example: '12.50' }) formatted: string;
}

class BilledHolderView {
  @Txt({ max: 10_000, example: 'محمد أحمد خليل النابلسي' }) name: string;
  @Txt({ nullable: true, example: '2026-000045' }) oneRecordNumber: string | null;
}

class BilledAccountView {
  @Txt({ example: '20011' }) number: string;
  @OneOf(SERVICE_TYPES, { example: 'WASTE' }) serviceType: string;
  @Txt({ nullable: true, max: 10_000, example: 'رفيديا - قرب المسجد' }) address: string | null;
}

export class BillView extends BillSummaryView {
  @DateField() issuedOn: string;
  @DateField({ example: '2026-12-15' }) dueOn: string;
  @Part(() => BilledHolderView) holder: BilledHolderView;
  @Part(() => BilledAccountView) account: BilledAccountView;
  @ListOf(() => BillLineView, { max: 1000 }) lines: BillLineView[];
  @MoneyField({ about: 'of the account before the bill: positive is owed, negative is an advance' })
  previousBalance: string;
  @MoneyField({ about: 'what of the amount advances have paid at once; it is in `previousBalance` already' })
  advanceApplied: string;
  @MoneyField({ about: '`previousBalance` + `amount`; negative when an advance is left' }) totalDue: string;
  @Txt({ example: '1,250.00' }) totalDueFormatted: string;
  @JsonField({ nullable: true, about: 'plan of the account: `planId`, `remaining`, `next`' }) plan: object | null;
  @JsonField({ nullable: true, about: 'what its feeder says: days, readings, tariff blocks, history' })
  detail: object | null;
  @Txt({ max: 64, example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', about: 'SHA-256' })
  contentHash: string;
}

export type BillSummary = Pick<
  Bill,
  'id' | 'runId' | 'accountId' | 'serial' | 'feeder' | 'period' | 'edition' | 'state' | 'currency' | 'amount'
>;

export const billSummaryView = ({ amount, ...bill }: BillSummary): BillSummaryView => ({
  ...bill,
  amount: String(amount),
  formatted: formatted(amount, bill.currency),
});

export function billView(
  { id, runId, accountId, serial, feeder, period, edition, state, currency, amount, contentHash }: Bill,
  content: BillContent,
): BillView {
  const { issuedOn, dueOn, holder, account, lines, previousBalance, advanceApplied, totalDue } = content;
  return {
    ...billSummaryView({ id, runId, accountId, serial, feeder, period, edition, state, currency, amount }),
    issuedOn,
    dueOn,
    holder,
    account: { number: account.number, serviceType: account.serviceType, address: account.address },
    lines: lines.map(({ amount: part, ...line }) => ({
      ...line,
      amount: String(part),
      formatted: formatted(part, currency),
    })),
    previousBalance: String(previousBalance),
    advanceApplied: String(advanceApplied),
    totalDue: String(totalDue),
    totalDueFormatted: formatted(totalDue, currency),
    plan: content.plan ?? null,
    detail: content.detail ?? null,
    contentHash: contentHash!,
  };
}
