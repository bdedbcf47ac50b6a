import { DateField, Id, InstantField, ListOf, MoneyField, Txt } from '@libs/http';
import { formatAmount } from '@libs/money';
import { cubicMetres } from '../tariffs/rating.view';
import type { LeakAllowance } from './leak-allowance.entity';

export class LeakParam {
  @Id() id: number;
}

export class ProposeLeakAllowance {
  @Txt({ min: 7, max: 7, pattern: /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/, example: '2026-10', about: 'of the bill' })
  period: string;
  @DateField({ about: 'the repair that is documented' }) repairedOn: string;
  @Txt({ max: 100, example: 'أ.ص 2026/311', about: 'number of the paper that shows the leak and its repair' })
  documentNumber: string;
}

class LeakHeadView {
  @Txt({ example: 'WATER' }) head: string;
  @MoneyField({ example: '60000', about: 'as it was billed' }) billed: string;
  @MoneyField({ example: '10000', about: 'as the usual water would have been' }) usual: string;
  @MoneyField({ example: '25000' }) relief: string;
}

class CreditNoteOfView {
  @Id() adjustmentId: number;
}

export class LeakAllowanceView {
  @Id() id: number;
  @Id() subscriptionId: number;
  @Txt({ example: '2026-10' }) period: string;
  @DateField() repairedOn: string;
  @Txt({ example: 'أ.ص 2026/311' }) documentNumber: string;
  @Txt({ example: '75.000', about: 'm³ of the cycle' }) consumption: string;
  @Txt({ example: '30.492', about: 'm³ that are usual in as many days' }) usual: string;
  @Txt({ example: 'percent:50', about: 'the rule in force when it was proposed' }) rule: string;
  @ListOf(() => LeakHeadView) heads: LeakHeadView[];
  @MoneyField({ example: '30000' }) total: string;
  @Txt({ example: '300.00' }) formatted: string;
  @ListOf(() => CreditNoteOfView, { about: 'decided under billing/adjustments' }) creditNotes: CreditNoteOfView[];
  @Id({ about: 'employee' }) proposedBy: number;
  @InstantField() proposedAt: string;
}

export class LeakAllowancesView {
  @ListOf(() => LeakAllowanceView, { max: 1000 }) allowances: LeakAllowanceView[];
}

export function leakAllowanceView(allowance: LeakAllowance): LeakAllowanceView {
  const { computation, total, adjustmentIds } = allowance;
  const { relief, heads } = computation;
  return {
    id: allowance.id,
    subscriptionId: allowance.subscriptionId,
    period: allowance.period,
    repairedOn: allowance.repairedOn,
    documentNumber: allowance.documentNumber,
    consumption: cubicMetres(allowance.litres),
    usual: cubicMetres(allowance.usualLitres),
    rule: 'percent' in relief ? `percent:${relief.percent}` : `price:${relief.price / 1e6}`,
    heads: heads.map((each) => ({
      ...{ head: each.head, billed: String(each.billed), usual: String(each.usual), relief: String(each.relief) },
    })),
    total: String(total),
    formatted: formatAmount(total, 'ILS'),
    creditNotes: adjustmentIds.map((adjustmentId) => ({ adjustmentId })),
    proposedBy: allowance.proposedBy,
    proposedAt: allowance.proposedAt,
  };
}
