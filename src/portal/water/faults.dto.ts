import { Id, InstantField, OneOf, Txt } from '@libs/http';
import { FAULT_KINDS, FAULT_STATES, type Fault, type FaultKind } from '../../water';

export class PortalNewFault {
  @OneOf(FAULT_KINDS, { example: 'LEAK' }) kind: FaultKind;
  @Txt({ min: 3, max: 300, example: 'شارع رفيديا، قرب المسجد' }) place: string;
  @Id({ optional: true, about: 'own subscription, whose zone it is in; else a zone' }) subscriptionId?: number;
  @Txt({ optional: true, min: 1, max: 20, example: 'Z-WEST', about: 'code of a zone, see `GET /public/water/supply`' })
  zone?: string;
  @Txt({ optional: true, max: 1000, example: 'ماء يجري في الشارع منذ الصباح' }) note?: string;
}

export class PortalFaultParam {
  @Id() id: number;
}

export class PortalFaultView {
  @Id() id: number;
  @OneOf(FAULT_KINDS, { example: 'LEAK' }) kind: string;
  @OneOf(FAULT_STATES, { example: 'OPEN', about: 'ORDERED: a crew has it; DUPLICATE: somebody reported it before' })
  state: string;
  @Txt({ max: 300, example: 'شارع رفيديا، قرب المسجد' }) place: string;
  @Id({ nullable: true }) subscriptionId: number | null;
  @Txt({ nullable: true, max: 1000, example: 'ماء يجري في الشارع' }) note: string | null;
  @InstantField() reportedAt: string;
  @InstantField({ nullable: true }) closedAt: string | null;
}

export const faultView = (fault: Fault): PortalFaultView => ({
  id: fault.id,
  kind: fault.kind,
  state: fault.state,
  place: fault.place,
  subscriptionId: fault.subscriptionId,
  note: fault.note,
  reportedAt: fault.reportedAt,
  closedAt: fault.closedAt,
});
