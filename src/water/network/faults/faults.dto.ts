import { Id, IdList, InstantField, Int, ListOf, OneOf, PageQuery, Part, TextList, Txt } from '@libs/http';
import { LIKENESSES } from './fault.rules';
import {
  FAULT_KINDS,
  FAULT_SOURCES,
  FAULT_STATES,
  SEVERITIES,
  type Fault,
  type FaultKind,
  type FaultSource,
  type FaultState,
  type Severity,
} from './fault.entity';
import type { Surroundings } from './fault-surroundings';

const COUNTER_SOURCES = FAULT_SOURCES.filter((source) => source !== 'CITIZEN');

export class FaultParam {
  @Id() id: number;
}

export class NewFault {
  @OneOf(FAULT_KINDS, { example: 'LEAK' }) kind: FaultKind;
  @OneOf(SEVERITIES, { example: 'HIGH' }) severity: Severity;
  @OneOf(COUNTER_SOURCES, { example: 'PHONE', about: 'seen by staff, or told by phone' })
  source: Exclude<FaultSource, 'CITIZEN'>;
  @Txt({ max: 300, example: 'شارع رفيديا، قرب المسجد' }) place: string;
  @Id({ optional: true, about: 'left out: the zone of the subscription' }) zoneId?: number;
  @Id({ optional: true }) subscriptionId?: number;
  @Txt({ optional: true, max: 200, example: 'سمير النابلسي' }) reporterName?: string;
  @Txt({ optional: true, max: 30, example: '0599000001' }) reporterPhone?: string;
  @Txt({ optional: true, max: 1000, example: 'ماء يجري في الشارع منذ الصباح' }) note?: string;
}

export class FaultsQuery extends PageQuery {
  @OneOf(FAULT_STATES, { optional: true, example: 'OPEN' }) state?: FaultState;
  @OneOf(FAULT_KINDS, { optional: true, example: 'LEAK' }) kind?: FaultKind;
  @Id({ optional: true }) zoneId?: number;
  @Id({ optional: true }) subscriptionId?: number;
  @Id({ optional: true }) orderId?: number;
}

export class FaultDuplicate {
  @Id({ about: 'the report that says the same; its own original when it is a duplicate too' }) ofId: number;
}

export class FaultDismissal {
  @Txt({ max: 500, example: 'لم يوجد تسرب في الموقع' }) reason: string;
}

export class FaultView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @OneOf(FAULT_KINDS, { example: 'LEAK' }) kind: FaultKind;
  @OneOf(SEVERITIES, { example: 'HIGH' }) severity: Severity;
  @OneOf(FAULT_SOURCES, { example: 'PHONE' }) source: FaultSource;
  @OneOf(FAULT_STATES, { example: 'OPEN' }) state: FaultState;
  @Txt({ max: 300, example: 'شارع رفيديا، قرب المسجد' }) place: string;
  @Id() zoneId: number;
  @Id({ nullable: true }) subscriptionId: number | null;
  @Txt({ nullable: true, example: 'سمير النابلسي' }) reporterName: string | null;
  @Txt({ nullable: true, example: '+970599000001' }) reporterPhone: string | null;
  @Txt({ nullable: true, max: 1000, example: 'ماء يجري في الشارع' }) note: string | null;
  @InstantField() reportedAt: string;
  @Id({ nullable: true }) orderId: number | null;
  @Id({ nullable: true, about: 'of a DUPLICATE: the report that says the same' }) duplicateOfId: number | null;
  @InstantField({ nullable: true }) closedAt: string | null;
  @Txt({ nullable: true, max: 500, example: 'لم يوجد تسرب في الموقع' }) closingNote: string | null;
}

export class SimilarFaultView extends FaultView {
  @TextList({
    example: ['SAME_PLACE', 'SAME_KIND'],
    about: `of ${LIKENESSES.join(', ')}; beside the zone and the hours`,
  })
  reasons: string[];
}

export class FaultSurroundingsView {
  @ListOf(() => SimilarFaultView, { max: 20, about: 'open reports of the zone, the likeliest duplicates first' })
  similar: SimilarFaultView[];
  @IdList({ min: 0, about: 'interruptions of the zone now: taps may be dry because of them' })
  interruptionIds: number[];
}

export class ReportedFaultView extends FaultSurroundingsView {
  @Part(() => FaultView) fault: FaultView;
}

export const faultView = (fault: Fault): FaultView => ({
  id: fault.id,
  version: fault.version,
  kind: fault.kind,
  severity: fault.severity,
  source: fault.source,
  state: fault.state,
  place: fault.place,
  zoneId: fault.zoneId,
  subscriptionId: fault.subscriptionId,
  reporterName: fault.reporterName,
  reporterPhone: fault.reporterPhone,
  note: fault.note,
  reportedAt: fault.reportedAt,
  orderId: fault.orderId,
  duplicateOfId: fault.duplicateOfId,
  closedAt: fault.closedAt,
  closingNote: fault.closingNote,
});

export const surroundingsView = ({ similar, interruptionIds }: Surroundings): FaultSurroundingsView => ({
  similar: similar.map(({ fault, reasons }) => ({ ...faultView(fault), reasons })),
  interruptionIds,
});
