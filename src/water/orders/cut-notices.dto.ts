import type { Config } from '@libs/config';
import { DateField, Id, InstantField, Int, MoneyField, OneOf, PageQuery, Part, Txt } from '@libs/http';
import { formatAmount } from '@libs/money';
import { verifyUrlOf } from '../../documents';
import { CUT_NOTICE_STATES, type CutNotice, type CutNoticeState } from './cut.entity';

const MEANS = ['IN_PERSON', 'LAST_ADDRESS', 'REGISTERED_MAIL', 'POSTED_AT_PREMISES'] as const;
const OUTCOMES = ['UPHELD', 'DISMISSED'] as const;

export class CutNoticeParam {
  @Txt({ max: 60, example: 'DW-OSS-2026-000012-08' }) serial: string;
}

export class PrintCutNotice {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: 'ar' | 'en';
}

export class PrintCutNotices extends PrintCutNotice {
  @Int({ min: 1, max: 100_000, optional: true, fallback: 1, example: 1, about: 'of the files of at most 100 notices' })
  part: number = 1;
}

export class ListCutNotices extends PageQuery {
  @OneOf(CUT_NOTICE_STATES, { optional: true, example: 'SERVED' }) state?: CutNoticeState;
  @Id({ optional: true }) runId?: number;
  @Id({ optional: true }) subscriptionId?: number;
  @Id({ optional: true, about: 'where the subscription is now' }) routeId?: number;
  @Id({ optional: true, about: 'where the subscription is now' }) zoneId?: number;
}

export class ServeCutNotice {
  @OneOf([...MEANS, 'SMS'], { example: 'IN_PERSON', about: 'a text message (SMS) is refused: it is no service' })
  means: string;
  @DateField() on: string;
  @Txt({ optional: true, min: 2, max: 200, example: 'زوجته سلمى حامد', about: 'who received it' }) to?: string;
  @Txt({ min: 2, max: 200, example: 'المبلّغ رائد سالم' }) server: string;
}

export class ObjectToCut {
  @DateField() on: string;
  @Txt({ max: 100, example: 'وارد 2026/912' }) documentNumber: string;
  @Txt({ min: 3, max: 500, example: 'القراءة لا تخص عدادي' }) reason: string;
}

export class DecideCutObjection {
  @OneOf(OUTCOMES, { example: 'DISMISSED', about: 'UPHELD cancels the notice' }) outcome: (typeof OUTCOMES)[number];
  @Txt({ max: 100, example: 'ق 2026/77' }) decisionNumber: string;
}

export class CutReason {
  @Txt({ min: 3, max: 500, example: 'صدر بالخطأ' }) reason: string;
}

class CutServiceView {
  @OneOf(MEANS, { example: 'IN_PERSON' }) means: string;
  @DateField() on: string;
  @Txt({ nullable: true, example: null }) to: string | null;
  @Txt({ example: 'المبلّغ رائد سالم' }) server: string;
  @Id({ about: 'employee' }) recordedBy: number;
  @InstantField() recordedAt: string;
}

class CutObjectionView {
  @DateField() on: string;
  @Txt({ example: 'وارد 2026/912' }) documentNumber: string;
  @Txt({ max: 500, example: 'القراءة لا تخص عدادي' }) reason: string;
  @OneOf(OUTCOMES, { nullable: true, example: null }) outcome: string | null;
  @Txt({ nullable: true, example: null }) decisionNumber: string | null;
  @Id({ about: 'employee' }) recordedBy: number;
  @Id({ nullable: true, about: 'employee' }) decidedBy: number | null;
}

export class CutNoticeView {
  @Txt({ example: 'DW-OSS-2026-000012-08' }) serial: string;
  @Int({ example: 1 }) version: number;
  @OneOf(CUT_NOTICE_STATES, { example: 'ISSUED' }) state: string;
  @Id() runId: number;
  @Id() subscriptionId: number;
  @Txt({ example: '20005' }) subscription: string;
  @Id() accountId: number;
  @Txt({ max: 500, example: 'محمد أحمد خليل النابلسي' }) name: string;
  @Txt({ max: 300, example: 'رفيديا' }) address: string;
  @Int({ example: 4, about: 'months unpaid' }) bills: number;
  @MoneyField({ about: 'ILS overdue when it was issued' }) owed: string;
  @Txt({ example: '2,350.00' }) formatted: string;
  @Int({ example: 7, about: 'days to pay, from the service on' }) noticeDays: number;
  @InstantField() issuedAt: string;
  @Txt({ example: 'هدى النابلسي' }) issuedBy: string;
  @Part(() => CutServiceView, { nullable: true }) service: CutServiceView | null;
  @DateField({ nullable: true, about: 'the last day to pay' }) deadlineOn: string | null;
  @Part(() => CutObjectionView, { nullable: true }) objection: CutObjectionView | null;
  @InstantField({ nullable: true }) endedAt: string | null;
  @Txt({ nullable: true, max: 500, example: null }) endReason: string | null;
  @Int({ example: 1, about: 'sheets printed; from the second on they are copies' }) prints: number;
  @Txt({ example: 'https://baladiya.example/verify/DW-OSS-2026-000012-08' }) verifyUrl: string;
}

export function cutNoticeView(notice: CutNotice, config: Config): CutNoticeView {
  const { serial, version, state, runId, subscriptionId, accountId, content, issuedAt, ...rest } = notice;
  const { service, deadlineOn, objection, endedAt, endReason, prints } = rest;
  const { subscription, holder, address, bills, owed, noticeDays, issuedBy } = content;
  return {
    ...{ serial, version, state, runId, subscriptionId, subscription, accountId, name: holder.name, address, bills },
    ...{ owed: String(owed), formatted: formatAmount(owed, 'ILS'), noticeDays, issuedAt, issuedBy, service },
    ...{ deadlineOn, objection, endedAt, endReason, prints, verifyUrl: verifyUrlOf(config, serial) },
  };
}
