import { DateField, Id, IdList, InstantField, Int, ListOf, OneOf, Part, TextList, Txt } from '@libs/http';
import {
  REQUEST_KINDS,
  REQUEST_STATES,
  RequestDetails,
  WORKFLOWS,
  type RequestNow,
  type WaterRequestStep,
} from '../../water';

/** An own reading is given at its subscription. */
const KINDS = REQUEST_KINDS.filter((kind) => kind !== 'OWN_READING');

class TransferredField {
  @Txt({ max: 100, example: '20005', about: 'as on the seller’s bills' }) subscriptionNumber: string;
  @Txt({ max: 60, example: 'Z2409234', about: 'of the meter at the place' }) meterSerial: string;
}

export class PortalNewRequest {
  @OneOf(KINDS, { example: 'METER_TEST' }) kind: (typeof KINDS)[number];
  @Id({ optional: true, about: 'own one; left out for a new subscription and a transfer' }) subscriptionId?: number;
  @Part(() => TransferredField, { optional: true, about: 'of a transfer, which the buyer asks for' })
  transfer?: TransferredField;
  @Part(() => RequestDetails, { optional: true }) details?: RequestDetails;
}

export class PortalRequestParam {
  @Id() id: number;
}

class PortalRequestDetailsView extends RequestDetails {}

export class PortalRequestView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Txt({ example: 'WR-WEB-2026-000012-08' }) number: string;
  @OneOf(REQUEST_KINDS, { example: 'METER_TEST' }) kind: string;
  @OneOf(REQUEST_STATES, { example: 'SUBMITTED', about: 'FEES_DUE becomes PAID when its charges are settled' })
  state: string;
  @OneOf(REQUEST_STATES, { nullable: true, example: 'CHECKED', about: 'next step; null: a payment, or none' })
  next: string | null;
  @DateField({ nullable: true, about: 'by when' }) dueOn: string | null;
  @Id() subscriptionId: number;
  @Part(() => PortalRequestDetailsView) details: PortalRequestDetailsView;
  @TextList({ example: ['ID_CARD'], about: 'to be shown at the counter' }) requiredDocuments: string[];
  @TextList({ example: [], about: 'of these, shown' }) documents: string[];
  @IdList({ min: 0, example: [], about: 'charges of the fees: `chargeIds` of a payment' }) feeChargeIds: number[];
  @InstantField() submittedAt: string;
}

class PortalStepView {
  @OneOf(REQUEST_STATES, { example: 'SUBMITTED' }) state: string;
  @Txt({ nullable: true, max: 500, example: null, about: 'why it was rejected or withdrawn' }) reason: string | null;
  @InstantField() at: string;
}

export class PortalRequestDetailView extends PortalRequestView {
  @ListOf(() => PortalStepView) steps: PortalStepView[];
}

export const requestView = ({ request, standing, next }: RequestNow): PortalRequestView => {
  const { id, version, number, kind, dueOn, subscriptionId, details, documents, feeChargeIds, submittedAt } = request;
  return {
    ...{ id, version, number, kind, next, dueOn, subscriptionId, documents, feeChargeIds, submittedAt },
    state: standing,
    details: details as PortalRequestDetailsView,
    requiredDocuments: [...WORKFLOWS[kind].documents],
  };
};

/** What staff note to each other is not for the citizen. */
export const requestDetailView = (now: RequestNow, steps: readonly WaterRequestStep[]): PortalRequestDetailView => ({
  ...requestView(now),
  steps: steps.map(({ toState, note, doneAt }) => ({
    state: toState,
    reason: toState === 'REJECTED' || toState === 'WITHDRAWN' ? note : null,
    at: doneAt,
  })),
});
