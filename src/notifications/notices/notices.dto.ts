import {
  DateField,
  Flag,
  Id,
  InstantField,
  Int,
  JsonField,
  JsonInput,
  ListOf,
  MoneyField,
  OneOf,
  PageQuery,
  Part,
  TextList,
  Txt,
} from '@libs/http';
import { IsIn } from 'class-validator';
import { CHANNELS, type Channel } from '../templates/template.entity';
import type { AudienceSource } from './audience-sources';
import type { NoticeReport } from './notice-reports';
import { NOTICE_STATES, type NoticeCount, type NoticeState, type PublicNotice } from './notice.entity';
import { costOf } from './notice.rules';

/** A notice is read at leisure: no letters, which the law asks for one by one. */
const NOTICE_CHANNELS = CHANNELS.filter((channel) => channel !== 'PRINT');
const LOCAL_MINUTE = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d$/;

export class NoticeParam {
  @Id() id: number;
}

export class Audience {
  @Txt({ max: 60, example: 'water.subscribers' }) source: string;
  @JsonInput({ example: { zone: 'Z-1' } }) parameters: Record<string, unknown>;
}

export class NoticeInput {
  @Txt({ max: 200, example: 'تعقيم شبكة المياه' }) titleAr: string;
  @Txt({ optional: true, max: 200, example: 'Chlorination of the network' }) titleEn?: string;
  @Txt({ max: 1000, example: 'يبدأ تعقيم الشبكة يوم الأحد' }) textAr: string;
  @Txt({ optional: true, max: 1000, example: 'Chlorination begins on Sunday', about: 'default: the Arabic text' })
  textEn?: string;
  @TextList({ min: 1, max: NOTICE_CHANNELS.length, example: ['SMS', 'INAPP'] })
  @IsIn(NOTICE_CHANNELS, { each: true })
  channels: Channel[];
  @Txt({ optional: true, min: 1, max: 40, example: 'news', about: 'what people can turn off; default news' })
  topic?: string;
  @Part(() => Audience) audience: Audience;
  @Flag({ optional: true, about: 'also on the public page and in the feed' }) onWeb?: boolean;
  @DateField({ optional: true, about: 'last day on the public page' }) webUntil?: string;
}

export class ApproveNotice {
  @Txt({
    optional: true,
    max: 16,
    pattern: LOCAL_MINUTE,
    example: '2026-11-30T08:00',
    about: 'local time of Hebron, to come; default now',
  })
  sendAt?: string;
}

export class NoticeReason {
  @Txt({ min: 3, max: 500, example: 'الموعد غير صحيح' }) reason: string;
}

export class NoticesQuery extends PageQuery {
  @OneOf(NOTICE_STATES, { optional: true, example: 'SENDING' }) state?: NoticeState;
}

class ChannelCountView {
  @OneOf(NOTICE_CHANNELS, { example: 'SMS' }) channel: string;
  @Int({ example: 4120 }) messages: number;
  @Int({ example: 8240 }) segments: number;
  @MoneyField({ about: 'agorot' }) cost: string;
}

class NoticeCountView {
  @InstantField() at: string;
  @Int({ example: 4311, about: 'people' }) recipients: number;
  @ListOf(() => ChannelCountView) channels: ChannelCountView[];
  @Int({ example: 12, about: 'not wanted, bad numbers, too many' }) suppressed: number;
  @Int({ example: 179, about: 'people without phone or address' }) unreachable: number;
  @MoneyField({ about: 'agorot' }) cost: string;
}

export class PublicNoticeView {
  @Id() id: number;
  @Int({ example: 1 }) version: number;
  @OneOf(NOTICE_STATES, { example: 'DRAFT' }) state: NoticeState;
  @Txt({ max: 200, example: 'تعقيم شبكة المياه' }) titleAr: string;
  @Txt({ nullable: true, max: 200, example: 'Chlorination of the network' }) titleEn: string | null;
  @Txt({ max: 1000, example: 'يبدأ تعقيم الشبكة يوم الأحد' }) textAr: string;
  @Txt({ nullable: true, max: 1000, example: 'Chlorination begins on Sunday' }) textEn: string | null;
  @TextList({ example: ['SMS', 'INAPP'] }) channels: string[];
  @Txt({ example: 'news' }) topic: string;
  @Txt({ example: 'water.subscribers' }) source: string;
  @JsonField({ example: { zone: 'Z-1' } }) parameters: Record<string, unknown>;
  @Flag() onWeb: boolean;
  @DateField({ nullable: true }) webUntil: string | null;
  @InstantField({ nullable: true }) sendAt: string | null;
  @Part(() => NoticeCountView, { nullable: true }) counted: NoticeCountView | null;
  @Int({ example: 2000, about: 'people dealt with so far' }) taken: number;
  @Int({ example: 1800 }) queued: number;
  @Int({ example: 12 }) suppressed: number;
  @Int({ example: 179 }) unreachable: number;
  @InstantField() createdAt: string;
  @InstantField({ nullable: true }) submittedAt: string | null;
  @InstantField({ nullable: true }) approvedAt: string | null;
  @InstantField({ nullable: true }) startedAt: string | null;
  @InstantField({ nullable: true }) endedAt: string | null;
  @Txt({ nullable: true, max: 500, example: 'الموعد غير صحيح' }) reason: string | null;
}

class StateCountView {
  @Txt({ example: 'SMS' }) channel: string;
  @Txt({ example: 'DELIVERED' }) state: string;
  @Int({ example: 3987 }) messages: number;
  @Int({ example: 7974 }) segments: number;
  @MoneyField({ about: 'agorot' }) cost: string;
}

export class NoticeReportView {
  @Part(() => PublicNoticeView) notice: PublicNoticeView;
  @ListOf(() => StateCountView) states: StateCountView[];
}

class AudienceParameterView {
  @Txt({ example: 'zone' }) name: string;
  @OneOf(['text', 'number', 'flag', 'numbers', 'amount'], { example: 'text' }) kind: string;
  @Flag() required: boolean;
  @TextList({ nullable: true }) values: string[] | null;
  @Txt({ example: 'رمز المنطقة' }) aboutAr: string;
  @Txt({ example: 'Code of the zone' }) aboutEn: string;
}

export class AudienceSourceView {
  @Txt({ example: 'water.subscribers' }) code: string;
  @Txt({ example: 'مشتركو منطقة' }) aboutAr: string;
  @Txt({ example: 'Subscribers of a zone' }) aboutEn: string;
  @ListOf(() => AudienceParameterView) parameters: AudienceParameterView[];
}

const countView = (count: NoticeCount): NoticeCountView => ({
  ...count,
  channels: Object.entries(count.channels).map(([channel, { cost, ...sums }]) => ({
    channel,
    ...sums,
    cost: String(cost),
  })),
  cost: String(costOf(count)),
});

export const noticeView = ({
  cursor: _cursor,
  departmentId: _department,
  createdBy: _author,
  submittedBy: _submitter,
  approvedBy: _approver,
  recalledBy: _recaller,
  counted,
  ...notice
}: PublicNotice): PublicNoticeView => ({ ...notice, counted: counted && countView(counted) });

export const reportView = ({ notice, states }: NoticeReport): NoticeReportView => ({
  notice: noticeView(notice),
  states: states.map(({ cost, ...sums }) => ({ ...sums, cost: String(cost) })),
});

export const sourceView = ({ code, about, parameters }: AudienceSource): AudienceSourceView => ({
  ...{ code, aboutAr: about.ar, aboutEn: about.en },
  parameters: parameters.map(({ name, kind, required, values, about: { ar, en } }) => ({
    ...{ name, kind, required, aboutAr: ar, aboutEn: en },
    values: values ? [...values] : null,
  })),
});
