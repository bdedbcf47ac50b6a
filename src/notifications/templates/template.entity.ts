import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LongTextColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

export const LANGUAGES = ['ar', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export const CHANNELS = ['SMS', 'EMAIL', 'INAPP', 'PUSH', 'PRINT'] as const;
export type Channel = (typeof CHANNELS)[number];
export const PLACEHOLDER_KINDS = ['text', 'money', 'date', 'number', 'code', 'link'] as const;
export type PlaceholderKind = (typeof PLACEHOLDER_KINDS)[number];
export const TEMPLATE_STATES = ['DRAFT', 'APPROVED', 'RETIRED'] as const;
export type TemplateState = (typeof TEMPLATE_STATES)[number];

export interface Placeholder {
  name: string;
  kind: PlaceholderKind;
}

/** A version of what a message says. Approved by another person than its author; never changed afterwards. */
@Entity('message_templates')
@Unique(['code', 'version'])
@Index(['approvedCode'], { unique: true, where: whereSet('approved_code') })
export class MessageTemplate {
  @IdColumn() id: number;
  @KeyColumn(60) code: string;
  @IntColumn() version: number;
  @EnumColumn(TEMPLATE_STATES) state: TemplateState;
  /** {@link code} while APPROVED: one version of a code is in use. */
  @KeyColumn(60, { nullable: true }) approvedCode: string | null;
  @KeyColumn(40) topic: string;
  @JsonColumn() placeholders: Placeholder[];
  /** Of what the code of a module declares, to see when that has changed; null for the work of staff. */
  @KeyColumn(64, { nullable: true }) definitionHash: string | null;
  @RefColumn('User', { nullable: true }) draftedBy: number | null;
  @InstantColumn() draftedAt: string;
  @RefColumn('User', { nullable: true }) approvedBy: number | null;
  @InstantColumn({ nullable: true }) approvedAt: string | null;
  @InstantColumn({ nullable: true }) retiredAt: string | null;
}

/** The words of a version for one channel in one language. */
@Entity('message_template_texts')
@Unique(['templateId', 'channel', 'language'])
export class MessageTemplateText {
  @IdColumn() id: number;
  @RefColumn('MessageTemplate') templateId: number;
  @EnumColumn(CHANNELS) channel: Channel;
  @EnumColumn(LANGUAGES) language: Language;
  @TextColumn(200, { nullable: true }) subject: string | null;
  @LongTextColumn() body: string;
}
