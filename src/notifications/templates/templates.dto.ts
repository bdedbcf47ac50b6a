import { Id, InstantField, Int, JsonInput, ListOf, OneOf, PageQuery, Txt } from '@libs/http';
import {
  CHANNELS,
  LANGUAGES,
  PLACEHOLDER_KINDS,
  TEMPLATE_STATES,
  type Channel,
  type Language,
  type MessageTemplate,
  type MessageTemplateText,
  type PlaceholderKind,
  type TemplateState,
} from './template.entity';

const CODE = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

export class TemplateId {
  @Id() id: number;
}

export class TemplatesQuery extends PageQuery {
  @Txt({ optional: true, max: 60, example: 'citizens.code' }) code?: string;
  @OneOf(TEMPLATE_STATES, { optional: true, example: 'APPROVED' }) state?: TemplateState;
}

export class PlaceholderPart {
  @Txt({ max: 40, pattern: /^[a-z][A-Za-z0-9]*$/, example: 'number' }) name: string;
  @OneOf(PLACEHOLDER_KINDS, { example: 'number' }) kind: PlaceholderKind;
}

export class TemplateTextPart {
  @OneOf(CHANNELS, { example: 'SMS' }) channel: Channel;
  @OneOf(LANGUAGES, { example: 'ar' }) language: Language;
  @Txt({ nullable: true, optional: true, max: 200, example: null, about: 'none for SMS, one for all others' })
  subject: string | null = null;
  @Txt({ max: 4000, example: '{{municipality}}: كود التفعيل {{code}} صالح {{minutes}} دقيقة' }) body: string;
}

export class DraftTemplate {
  @Txt({ max: 60, pattern: CODE, example: 'notices.waste-fees' }) code: string;
  @Txt({ max: 40, example: 'general', about: 'one of GET /notifications/topics' }) topic: string;
  @ListOf(() => PlaceholderPart, { max: 30 }) placeholders: PlaceholderPart[];
  @ListOf(() => TemplateTextPart, { min: 1, max: CHANNELS.length * LANGUAGES.length }) texts: TemplateTextPart[];
}

export class PreviewTemplate {
  @OneOf(CHANNELS, { example: 'SMS' }) channel: Channel;
  @OneOf(LANGUAGES, { example: 'ar' }) language: Language;
  @JsonInput({ optional: true, example: { number: 20011 }, about: 'by name; what is left out is a sample of its kind' })
  values?: Record<string, unknown>;
}

export class TemplateView {
  @Id() id: number;
  @Txt({ example: 'citizens.code' }) code: string;
  @Int({ min: 1, example: 1 }) version: number;
  @OneOf(TEMPLATE_STATES, { example: 'APPROVED' }) state: TemplateState;
  @Txt({ example: 'account' }) topic: string;
  @ListOf(() => PlaceholderPart) placeholders: PlaceholderPart[];
  @ListOf(() => TemplateTextPart) texts: TemplateTextPart[];
  @Id({ nullable: true, about: 'null: declared by the code of a module' }) draftedBy: number | null;
  @InstantField() draftedAt: string;
  @Id({ nullable: true }) approvedBy: number | null;
  @InstantField({ nullable: true }) approvedAt: string | null;
  @InstantField({ nullable: true }) retiredAt: string | null;
}

export class TemplatePreviewView {
  @OneOf(LANGUAGES, { example: 'ar', about: 'in which there are words' }) language: Language;
  @Txt({ nullable: true, example: null }) subject: string | null;
  @Txt({ max: 8000, example: 'بلدية نابلس: تبدأ جباية الرسوم يوم الأحد' }) body: string;
  @Txt({ nullable: true, example: 'UCS-2' }) encoding: string | null;
  @Int({ example: 2 }) segments: number;
  @Int({ example: 14, about: 'agorot' }) cost: number;
}

export class TopicView {
  @Txt({ example: 'account' }) code: string;
  @Txt({ example: 'رموز الدخول وأمان الحساب' }) nameAr: string;
  @Txt({ example: 'Codes and security of the account' }) nameEn: string;
}

export const templateView = (row: MessageTemplate, texts: readonly MessageTemplateText[]): TemplateView => {
  const { id, code, version, state, topic, placeholders, draftedBy, draftedAt, approvedBy, approvedAt, retiredAt } =
    row;
  return {
    ...{ id, code, version, state, topic, placeholders, draftedBy, draftedAt, approvedBy, approvedAt, retiredAt },
    texts: texts.map(({ channel, language, subject, body }) => ({ channel, language, subject, body })),
  };
};
