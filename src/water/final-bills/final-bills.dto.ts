import { DateField, Id, InstantField, Int, ListOf, OneOf, Txt } from '@libs/http';
import { FINAL_CAUSES, type FinalBill, type FinalCause } from './final-bill.entity';

export class FinalBillParam {
  @Id() id: number;
}

export class RequestFinalBill {
  @OneOf(FINAL_CAUSES, { example: 'TRANSFER' }) cause: FinalCause;
  @DateField({ about: 'day of the reading, and the last that is billed' }) readOn: string;
  @Int({ max: 999_999_999, example: 1042, about: 'of the register' }) reading: number;
  @DateField({ example: '2026-12-15' }) dueOn: string;
  @Txt({ min: 3, max: 500, example: 'بيع العقار' }) reason: string;
}

export class FinalBillView {
  @Id() id: number;
  @Id() subscriptionId: number;
  @Id({ about: 'of who leaves' }) accountId: number;
  @OneOf(FINAL_CAUSES, { example: 'TRANSFER' }) cause: string;
  @DateField() readOn: string;
  @Int({ example: 1042 }) reading: number;
  @Txt({ max: 500, example: 'بيع العقار' }) reason: string;
  @Id({ about: 'bill run that is reviewed, posted and issued' }) runId: number;
  @Id({ about: 'employee' }) requestedBy: number;
  @InstantField() requestedAt: string;
}

export class FinalBillsView {
  @ListOf(() => FinalBillView, { max: 1000 }) finalBills: FinalBillView[];
}

export const finalBillView = ({ digits: _, multiplier: __, ...bill }: FinalBill): FinalBillView => bill;
