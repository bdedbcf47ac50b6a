import { Flag, Id, InstantField, Int, OneOf, PageQuery, Txt } from '@libs/http';
import { compare, type Instant } from '@libs/calendar';
import { LocalMinute } from '../local-times';
import {
  INTERRUPTION_KINDS,
  INTERRUPTION_STATES,
  NOTICE_KINDS,
  NOTICE_STATES,
  type Interruption,
  type InterruptionKind,
  type InterruptionNotice,
  type InterruptionState,
  type NoticeKind,
} from './interruption.entity';

export class InterruptionParam {
  @Id() id: number;
}

export class NewInterruption {
  @Id() zoneId: number;
  @OneOf(INTERRUPTION_KINDS, { example: 'PLANNED' }) kind: InterruptionKind;
  @Id({ optional: true, about: 'work order for which the zone is isolated' }) orderId?: number;
  @LocalMinute({ optional: true, about: 'of a PLANNED one, to come; an EMERGENCY begins now unless told otherwise' })
  from?: string;
  @LocalMinute({ about: 'when water is expected back, at most 30 days later' }) until: string;
  @Txt({ max: 300, example: 'صيانة الخط الرئيسي' }) reasonAr: string;
  @Txt({ max: 300, example: 'Repair of the main' }) reasonEn: string;
}

export class InterruptionUpdate {
  @LocalMinute({ optional: true, about: 'only before it has begun' }) from?: string;
  @LocalMinute({ about: 'when water is expected back' }) until: string;
  @Txt({ optional: true, min: 1, max: 300, example: 'العمل أكبر من المتوقع' }) reasonAr?: string;
  @Txt({ optional: true, min: 1, max: 300, example: 'More work than expected' }) reasonEn?: string;
}

export class Restoration {
  @LocalMinute({ optional: true, about: 'when water came back; default now' }) at?: string;
}

export class InterruptionsQuery extends PageQuery {
  @Id({ optional: true }) zoneId?: number;
  @OneOf(INTERRUPTION_STATES, { optional: true, example: 'ANNOUNCED' }) state?: InterruptionState;
  @Id({ optional: true }) orderId?: number;
}

export class NoticesQuery extends PageQuery {
  @Id({ optional: true }) zoneId?: number;
  @Id({ optional: true }) interruptionId?: number;
}

export class InterruptionView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @Id() zoneId: number;
  @OneOf(INTERRUPTION_KINDS, { example: 'PLANNED' }) kind: InterruptionKind;
  @OneOf(INTERRUPTION_STATES, { example: 'ANNOUNCED' }) state: InterruptionState;
  @Flag({ about: 'it has begun and not ended: the zone has no water now' }) current: boolean;
  @Flag({ about: 'it should have ended' }) overdue: boolean;
  @Id({ nullable: true }) orderId: number | null;
  @InstantField() fromAt: string;
  @InstantField({ about: 'when water is expected back' }) untilAt: string;
  @InstantField({ nullable: true }) endedAt: string | null;
  @Txt({ max: 300, example: 'صيانة الخط الرئيسي' }) reasonAr: string;
  @Txt({ max: 300, example: 'Repair of the main' }) reasonEn: string;
  @InstantField() createdAt: string;
}

export class NoticeView {
  @Id() id: number;
  @Id() interruptionId: number;
  @Int({ min: 1, example: 1, about: '1 is the announcement' }) sequence: number;
  @Id() zoneId: number;
  @OneOf(NOTICE_KINDS, { example: 'ANNOUNCEMENT' }) kind: NoticeKind;
  @InstantField() fromAt: string;
  @InstantField() untilAt: string;
  @Txt({ max: 900, example: 'قطع مبرمج للمياه عن المنطقة الغربية' }) textAr: string;
  @Txt({ max: 900, example: 'Planned water interruption in West' }) textEn: string;
  @OneOf(NOTICE_STATES, { example: 'RECORDED' }) state: (typeof NOTICE_STATES)[number];
  @Int({ nullable: true, example: 4120, about: 'subscriptions it concerns, once they are counted' })
  audience: number | null;
  @InstantField() createdAt: string;
}

export const interruptionView = ({ createdBy: _, ...interruption }: Interruption, now: Instant): InterruptionView => {
  const current = interruption.state === 'ANNOUNCED' && compare(interruption.fromAt, now) <= 0;
  return { ...interruption, current, overdue: current && compare(interruption.untilAt, now) < 0 };
};

export const noticeView = ({ createdBy: _by, recordedAt: _at, ...notice }: InterruptionNotice): NoticeView => notice;
