import { isolate, stripBidiControls } from '@libs/arabic';
import { formatArabicDate, formatEnglishDate, localDateOf, localTimeOf } from '@libs/calendar';
import { Problem } from '@libs/http';
import { CURRENCIES, formatAmount, type Money } from '@libs/money';
import type { Value, ValueOf, Values } from './define-template';
import { TEMPLATES } from './template.problems';
import type { Channel, Language, Placeholder, PlaceholderKind } from './template.entity';

const PLACEHOLDER = /\{\{([a-z][A-Za-z0-9]{0,39})\}\}/g;
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const [FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE] = ['\u2068', '\u2069'];
const isolated = (text: string): string => FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE;
const ADDRESS = /https?:\/\/[^\s\u0600-\u06ff\u2068\u2069]+/g;
const LONGEST_VALUE = 1000;
const LONGEST_SUBJECT = 200;
const CURRENCY_NAMES: Record<string, { ar: string; en: string }> = {
  ILS: { ar: 'شيكل', en: 'ILS' },
  JOD: { ar: 'دينار', en: 'JOD' },
  USD: { ar: 'دولار', en: 'USD' },
};

export interface Wording {
  channel: Channel;
  language: Language;
  subject: string | null;
  body: string;
}

export interface Surroundings {
  municipality: string;
  /** Without a slash at its end. */
  publicUrl: string;
}

export interface Rendered {
  subject: string | null;
  body: string;
}

/** The placeholders that a text names, each once. */
export const namesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name!)),
];

/** Braces that are no placeholder, a subject of several lines, or what turns the words that an approver reads around. */
export const isMalformed = ({ subject, body }: Rendered): boolean =>
  /\{\{|\}\}|[\u202a-\u202e]/.test(`${subject ?? ''} ${body}`.replace(PLACEHOLDER, '')) ||
  /\p{Cc}/u.test(subject ?? '');

/**
 * Puts values into the words, once: what a value says is never looked at as a template. In Arabic, numbers and Latin
 * are isolated, in English what reads from right to left; a value is one line, and brings no control of direction.
 * @throws {Problem} notifications.placeholders for a value missing or too many, notifications.bad-value
 */
export function render(
  wording: Wording,
  declared: readonly Placeholder[],
  values: Values,
  around: Surroundings,
): Rendered {
  const missing = declared.filter(({ name }) => values[name] === undefined).map(({ name }) => name);
  const unknown = Object.keys(values).filter((name) => !declared.some((each) => each.name === name));
  if (missing.length + unknown.length > 0) {
    throw new Problem(TEMPLATES['notifications.placeholders'], { extra: { missing, unknown } });
  }
  const { language, subject, body } = wording;
  const shown = new Map([['municipality', around.municipality]]);
  for (const { name, kind } of declared) {
    const text = show(kind, values[name]!, language, around.publicUrl);
    if (text === null) throw new Problem(TEMPLATES['notifications.bad-value'], { extra: { name, kind } });
    const isForeign = language === 'en' && RIGHT_TO_LEFT.test(text);
    shown.set(name, isForeign ? isolated(text) : text);
  }
  const put = (text: string) => {
    const filled = text.replace(PLACEHOLDER, (whole, name: string) => shown.get(name) ?? whole);
    return language === 'ar' ? isolatedLine(filled) : filled;
  };
  return { subject: subject === null ? null : oneLine(put(subject)).slice(0, LONGEST_SUBJECT), body: put(body) };
}

/** Numbers and Latin of an Arabic text isolated. An address is one run: as numbers are, it would fall into pieces. */
export const isolatedLine = (text: string): string => isolate(text.replace(ADDRESS, isolated));

/** Line ends and other controls become a blank; controls of direction vanish. */
export const oneLine = (text: string): string => text.replace(CONTROLS, ' ').trim();

const plain = (text: string): string => oneLine(stripBidiControls(text));

/** @returns null for a value that is not of its kind */
function show(kind: PlaceholderKind, value: Value, language: Language, publicUrl: string): string | null {
  if (kind === 'money') return money(value as Money, language);
  if (kind === 'number') return Number.isSafeInteger(value) ? String(value as number) : null;
  if (kind === 'text') return text(value as ValueOf['text'], language);
  if (typeof value !== 'string' || value.length > LONGEST_VALUE) return null;
  switch (kind) {
    case 'code':
      return /^[A-Za-z0-9-]{1,40}$/.test(value) ? value : null;
    case 'date':
      return date(value, language);
    case 'link':
      return link(value, publicUrl);
  }
}

function text(value: ValueOf['text'], language: Language): string | null {
  const words: unknown = typeof value === 'object' && value !== null ? value[language] : value;
  return typeof words === 'string' && words.length <= LONGEST_VALUE ? plain(words) : null;
}

function money(value: Money, language: Language): string | null {
  if (!CURRENCIES.includes(value?.currency) || !Number.isSafeInteger(value.minor)) return null;
  return `${formatAmount(value.minor, value.currency)} ${CURRENCY_NAMES[value.currency]![language]}`;
}

function date(value: string, language: Language): string | null {
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
  try {
    const day = isInstant ? localDateOf(value) : value;
    const text = language === 'ar' ? formatArabicDate(day) : formatEnglishDate(day);
    return isInstant ? `${localTimeOf(value)} ${text}` : text;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Nothing but our own addresses: a message of the municipality never leads elsewhere. */
function link(value: string, publicUrl: string): string | null {
  const path = value.startsWith(`${publicUrl}/`) ? value.slice(publicUrl.length) : value;
  return /^\/(?!\/)[\w\-./?=&%]*$/.test(path) ? publicUrl + path : null;
}
