import { createHash } from 'node:crypto';
import type { Money } from '@libs/money';
import type { Lane } from '@libs/outbox';
import type { Channel, Language, Placeholder, PlaceholderKind } from './template.entity';
import { namesIn } from './render.rules';
import type { Topic } from './topics';

export interface Words {
  subject: string;
  body: string;
}
/** A text message is its body alone; what else is sent has a subject, too. */
export type Texts = Partial<Record<Channel, Partial<Record<Language, string | Words>>>>;

/** How a value of each kind is given; a date is a local date or an instant, which is shown with its local time. */
export interface ValueOf {
  /** In both languages, or one text for both. */
  text: string | { ar: string; en: string };
  money: Money;
  date: string;
  number: number;
  /** Letters, digits and dashes. */
  code: string;
  /** A path of this system, `/s/…`, or an address under PUBLIC_URL. */
  link: string;
}
export type Kinds = Record<string, PlaceholderKind>;
export type ValuesOf<K extends Kinds> = { [Name in keyof K]: ValueOf[K[Name]] };
export type Value = ValueOf[PlaceholderKind];
export type Values = Record<string, Value>;

interface Definition<K extends Kinds> {
  /** `module.what`, at most 60 characters. */
  code: string;
  topic: Topic;
  /** Unless the sender says otherwise. */
  lane: Lane;
  placeholders: K;
  texts: Texts;
}

/** A template that a module sends by; its first version stands in the code, later ones are the work of staff. */
export interface Template<K extends Kinds = Kinds> extends Definition<K> {
  readonly values?: ValuesOf<K>;
}

const templates = new Map<string, Template>();

/**
 * Declares a template next to what sends it. `{{name}}` stands for a value; `{{municipality}}` is always there.
 * @throws {Error} for a code that is taken, a text that names what is not declared, a placeholder that no text names
 */
export function defineTemplate<K extends Kinds>(definition: Definition<K>): Template<K> {
  const { code, placeholders, texts } = definition;
  if (templates.has(code)) throw new Error(`template ${code} is defined twice`);
  const named = new Set(textsOf(texts).flatMap(({ subject, body }) => namesIn(`${subject ?? ''} ${body}`)));
  named.delete('municipality');
  const odd = [...named].filter((name) => !(name in placeholders));
  odd.push(...Object.keys(placeholders).filter((name) => !named.has(name)));
  if (odd.length > 0) throw new Error(`template ${code}: placeholders ${odd.join(', ')}`);
  templates.set(code, definition as unknown as Template);
  return definition;
}

export const allTemplates = (): ReadonlyMap<string, Template> => templates;

export interface TextOf {
  channel: Channel;
  language: Language;
  subject: string | null;
  body: string;
}

/** One a channel and language. */
export const textsOf = (texts: Texts): TextOf[] =>
  Object.entries(texts).flatMap(([channel, byLanguage]) =>
    Object.entries(byLanguage).map(([language, words]) => ({
      channel: channel as Channel,
      language: language as Language,
      subject: typeof words === 'string' ? null : words.subject,
      body: typeof words === 'string' ? words : words.body,
    })),
  );

export const placeholdersOf = (kinds: Kinds): Placeholder[] =>
  Object.entries(kinds).map(([name, kind]) => ({ name, kind }));

/** Changes when the code says something else. */
export const hashOf = ({ topic, placeholders, texts }: Template): string =>
  createHash('sha256')
    .update(JSON.stringify([topic.code, placeholders, textsOf(texts)]))
    .digest('hex');
