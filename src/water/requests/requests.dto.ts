import {
  DateField,
  Flag,
  Id,
  IdList,
  InstantField,
  Int,
  ListOf,
  MoneyField,
  OneOf,
  PageQuery,
  Part,
  TextList,
  Txt,
} from '@libs/http';
import { formatAmount } from '@libs/money';
import { WATER_CLASSES, type WaterClass } from '../subscriptions/subscription.entity';
import {
  REQUEST_KINDS,
  REQUEST_STATES,
  type RequestKind,
  type RequestState,
  type WaterRequestStep,
} from './request.entity';
import { WORKFLOWS } from './request.rules';
import type { RequestNow } from './requests';

export class RequestParam {
  @Id() id: number;
}

export class ListRequests extends PageQuery {
  @OneOf(REQUEST_STATES, { optional: true, example: 'PAID', about: 'where it stands: PAID waits for the work' })
  state?: RequestState;
  @OneOf(REQUEST_KINDS, { optional: true, example: 'NEW_SUBSCRIPTION' }) kind?: RequestKind;
  @Id({ optional: true, about: 'of the applicant' }) oneRecordId?: number;
  @Id({ optional: true }) subscriptionId?: number;
  @Flag({ optional: true, about: 'only those whose next step is late' }) overdue?: boolean;
}

class Details {
  @OneOf(WATER_CLASSES, { optional: true, example: 'COMMERCIAL', about: 'of a new subscription or a change of class' })
  waterClass?: WaterClass;
  @Int({ optional: true, min: 10, max: 500, example: 15, about: 'of a new subscription' }) sizeMm?: number;
  @Int({ optional: true, min: 1, max: 1000, example: 4, about: 'flats or shops; default 1' }) units?: number;
  @Flag({ optional: true, about: 'on the sewer as well; default no' }) sewer?: boolean;
  @Txt({ optional: true, min: 3, max: 300, example: 'رفيديا، شارع الجامعة، بناية النور' }) address?: string;
  @Txt({ optional: true, max: 40, example: '24' }) basin?: string;
  @Txt({ optional: true, max: 40, example: '117' }) plot?: string;
  @Id({ optional: true }) zoneId?: number;
  @DateField({ optional: true, about: 'of a transfer: the buyer’s first day' }) soldOn?: string;
  @Txt({ optional: true, min: 1, max: 100, example: 'عقد بيع 2026/311', about: 'of a transfer' })
  contractNumber?: string;
  @Txt({ optional: true, min: 3, max: 500, example: 'سفر سنة' }) reason?: string;
  @Int({ optional: true, example: 1320, about: 'own reading, of the register' }) reading?: number;
  @DateField({ optional: true, about: 'day of the own reading' }) readOn?: string;
}

export class SubmitRequest {
  @OneOf(REQUEST_KINDS, { example: 'METER_TEST' }) kind: RequestKind;
  @Id({ about: 'approved record of the applicant: the subscriber, or the buyer of a transfer' }) oneRecordId: number;
  @Id({ optional: true, about: 'needed but for a new subscription' }) subscriptionId?: number;
  @Part(() => Details, { optional: true }) details?: Details;
  @TextList({ optional: true, max: 20, length: 40, example: ['ID_CARD'], about: 'codes of the documents shown' })
  documents?: string[];
}

export class StepNote {
  @Txt({ optional: true, max: 500, example: 'مطابق' }) note?: string;
}

export class CheckRequest extends StepNote {
  @TextList({ optional: true, max: 20, length: 40, example: ['ID_CARD'], about: 'codes of the documents shown since' })
  documents?: string[];
}

export class SurveyRequest extends StepNote {
  @Id({ optional: true, about: 'of a new subscription' }) routeId?: number;
  @Int({ optional: true, example: 369, about: 'place in the walk' }) sequence?: number;
  @Int({ optional: true, min: 10, max: 500, example: 20, about: 'as the surveyor found it' }) sizeMm?: number;
  @Int({ optional: true, min: 1, max: 1000, example: 4 }) units?: number;
}

export class EndRequest {
  @Txt({ min: 3, max: 500, example: 'العقار خارج الشبكة' }) reason: string;
}

class FeeView {
  @Txt({ example: 'METER_TEST', about: 'head of the charge' }) head: string;
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ example: '5000' }) amount: string;
  @Txt({ example: '50.00' }) formatted: string;
}

export class RequestKindView {
  @OneOf(REQUEST_KINDS, { example: 'METER_TEST' }) kind: string;
  @TextList({ example: ['SUBMITTED', 'FEES_DUE', 'PAID', 'EXECUTED', 'CLOSED'] }) steps: string[];
  @TextList({ example: [], about: 'codes of the documents that have to be shown' }) documents: string[];
  @TextList({ example: [], about: 'members of `details` that have to be told' }) details: string[];
  @Part(() => FeeView, { nullable: true, about: 'null where none is charged' }) fee: FeeView | null;
}

class DetailsView extends Details {}

export class RequestView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Txt({ example: 'WR-OSS-2026-000012-08' }) number: string;
  @OneOf(REQUEST_KINDS, { example: 'METER_TEST' }) kind: string;
  @OneOf(REQUEST_STATES, { example: 'SUBMITTED', about: 'FEES_DUE becomes PAID when its charges are settled' })
  state: string;
  @OneOf(REQUEST_STATES, {
    nullable: true,
    example: 'CHECKED',
    about: 'the step to be done next; null: a payment, or none',
  })
  next: string | null;
  @DateField({ nullable: true, about: 'by when' }) dueOn: string | null;
  @Id() oneRecordId: number;
  @Id() subscriptionId: number;
  @Part(() => DetailsView) details: DetailsView;
  @TextList({ example: ['ID_CARD'] }) documents: string[];
  @TextList({ example: ['ID_CARD', 'SALE_CONTRACT'] }) requiredDocuments: string[];
  @IdList({ min: 0, example: [], about: 'charges of the fees' }) feeChargeIds: number[];
  @Id({ nullable: true, about: 'transfer of billing' }) transferId: number | null;
  @Id({ nullable: true }) orderId: number | null;
  @Id({ about: 'employee' }) submittedBy: number;
  @InstantField() submittedAt: string;
}

class StepView {
  @OneOf(REQUEST_STATES, { nullable: true, example: null }) fromState: string | null;
  @OneOf(REQUEST_STATES, { example: 'SUBMITTED' }) toState: string;
  @Txt({ nullable: true, max: 500, example: null }) note: string | null;
  @Id({ about: 'employee' }) doneBy: number;
  @InstantField() doneAt: string;
}

export class RequestDetailView extends RequestView {
  @ListOf(() => StepView) steps: StepView[];
}

export const requestKindView = (kind: RequestKind, fees: Readonly<Record<string, number>>): RequestKindView => {
  const { steps, documents, details, fee: head } = WORKFLOWS[kind];
  const amount = (head !== undefined && fees[head]) || 0;
  const money = { currency: 'ILS', amount: String(amount), formatted: formatAmount(amount, 'ILS') };
  return {
    ...{ kind, steps: [...steps], documents: [...documents], details: [...details] },
    fee: head !== undefined && amount > 0 ? { head, ...money } : null,
  };
};

export const requestView = ({ request, standing, next }: RequestNow): RequestView => ({
  ...request,
  details: request.details as DetailsView,
  state: standing,
  next,
  requiredDocuments: [...WORKFLOWS[request.kind].documents],
});

export const requestDetailView = (now: RequestNow, steps: readonly WaterRequestStep[]): RequestDetailView => ({
  ...requestView(now),
  steps: steps.map(({ id: _, requestId: __, ...step }) => step),
});
