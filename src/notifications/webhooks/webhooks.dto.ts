import { compare } from '@libs/calendar';
import { Id, InstantField, Int, JsonField, OneOf, PageQuery, TextList, Txt } from '@libs/http';
import type { DeliveredEvent } from './deliveries';
import {
  DELIVERY_STATES,
  ENDPOINT_STATES,
  type DeliveryState,
  type EndpointState,
  type PreviousSecret,
  type WebhookEndpoint,
} from './webhook.entities';

const URL_EXAMPLE = 'https://erp.example.org/hooks/baladiya';
const TYPES_EXAMPLE = ['ps.nablus.billing.payment-received'];

export class WebhookParam {
  @Id() id: number;
}

export class NewEndpoint {
  @Txt({ max: 200, example: 'نظام المحاسبة' }) description: string;
  @Txt({ max: 500, example: URL_EXAMPLE, about: 'https, without credentials, on the public internet' }) url: string;
  @TextList({ min: 1, max: 50, length: 100, example: TYPES_EXAMPLE }) eventTypes: string[];
}

export class ChangeEndpoint {
  @Txt({ optional: true, min: 1, max: 200, example: 'نظام المحاسبة' }) description?: string;
  @Txt({ optional: true, min: 1, max: 500, example: URL_EXAMPLE }) url?: string;
  @TextList({ optional: true, min: 1, max: 50, length: 100, example: TYPES_EXAMPLE }) eventTypes?: string[];
}

export class EndpointsQuery extends PageQuery {
  @OneOf(ENDPOINT_STATES, { optional: true, example: 'ACTIVE' }) state?: EndpointState;
}

export class DeliveriesQuery extends PageQuery {
  @Id({ optional: true }) endpointId?: number;
  @OneOf(DELIVERY_STATES, { optional: true, example: 'DEAD' }) state?: DeliveryState;
}

export class EventTypeView {
  @Txt({ example: TYPES_EXAMPLE[0] }) name: string;
  @Txt({ example: 'قُبضت دفعة' }) aboutAr: string;
  @Txt({ example: 'A payment was received' }) aboutEn: string;
}

export class EndpointView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Txt({ example: 'نظام المحاسبة' }) description: string;
  @Txt({ max: 500, example: URL_EXAMPLE }) url: string;
  @TextList({ example: TYPES_EXAMPLE }) eventTypes: string[];
  @OneOf(ENDPOINT_STATES, { example: 'ACTIVE' }) state: EndpointState;
  @Int({ example: 0, about: 'attempts that failed since one succeeded' }) failures: number;
  @InstantField({ nullable: true, about: 'until when the last of the secrets before the present one signs too' })
  previousSecretUntil: string | null;
  @InstantField() createdAt: string;
}

export class EndpointSecretView extends EndpointView {
  @Txt({ example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', about: 'shown this once' }) secret: string;
}

export class PingView {
  @Id() deliveryId: number;
}

export class DeliveryView {
  @Id() id: number;
  @Id() endpointId: number;
  @Txt({ example: 'evt_1042', about: 'webhook-id and id of the CloudEvent' }) eventId: string;
  @Txt({ example: TYPES_EXAMPLE[0] }) type: string;
  @Txt({ example: 'receipt/1042' }) subject: string;
  @JsonField() data: Record<string, unknown>;
  @OneOf(DELIVERY_STATES, { example: 'DELIVERED' }) state: DeliveryState;
  @Int({ example: 1 }) attempts: number;
  @Int({ nullable: true, example: 200, about: 'HTTP status of the last answer' }) status: number | null;
  @Int({ nullable: true, example: 84, about: 'of the last attempt' }) latencyMs: number | null;
  @Txt({ nullable: true, example: 'HTTP_500' }) failure: string | null;
  @InstantField() occurredAt: string;
  @InstantField({ nullable: true }) triedAt: string | null;
  @InstantField({ nullable: true }) settledAt: string | null;
}

export const endpointView = ({
  salt: _salt,
  previous,
  createdBy: _by,
  ...endpoint
}: WebhookEndpoint): EndpointView => ({ ...endpoint, previousSecretUntil: lastOf(previous) });

const lastOf = (previous: readonly PreviousSecret[]) =>
  previous
    .map(({ until }) => until)
    .sort(compare)
    .at(-1) ?? null;

export const deliveryView = ({ delivery, event }: DeliveredEvent): DeliveryView => {
  const { id, endpointId, state, attempts, status, latencyMs, failure, triedAt, settledAt } = delivery;
  const { type, subject, data, occurredAt } = event;
  const told = { eventId: `evt_${event.id}`, type, subject, data, occurredAt };
  return { id, endpointId, ...told, state, attempts, status, latencyMs, failure, triedAt, settledAt };
};
