import { foldDigits } from '@libs/arabic';
import { localDateOf, parseLegacyDate, type Instant, type LocalDate } from '@libs/calendar';
import { isNoAccess } from './no-access';
import { READING_SOURCES, type ReadingSource } from './reading.entity';
import type { RefusalCode } from './readings.problems';

/** As a handheld or a line of a file says it: nothing of it is trusted. */
export type RawReading = Partial<Record<keyof typeof LENGTHS, unknown>>;

/** Most characters of each part. */
const LENGTHS = {
  clientKey: 64,
  subscription: 100,
  serial: 60,
  period: 7,
  value: 40,
  noAccess: 20,
  readOn: 10,
  capturedAt: 40,
  reader: 40,
  source: 20,
  note: 300,
  replaces: 16,
} as const;

/** A reading to be taken. */
export interface Draft {
  clientKey: string | null;
  subscription: string | null;
  serial: string | null;
  period: string;
  value: number | null;
  noAccess: string | null;
  readOn: LocalDate;
  /** When the reader saw it, where the sender says so. */
  capturedAt: Instant | null;
  reader: string | null;
  source: ReadingSource;
  note: string | null;
  /** Id of the standing reading that this one corrects. */
  replaces: number | null;
}

export interface CaptureDefaults {
  period: string;
  source: ReadingSource;
  reader?: string | null;
  now: Instant;
}

export type Read<T> = { ok: T } | { refused: RefusalCode };

const UNWRITABLE = /[\u0000-\u001f\u007f]/; // eslint-disable-line no-control-regex
const PERIOD = /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/;
const DECIMAL = /^[+-]?\d+[.,٫]\d*$/;
/** A clock of a handheld may be ahead by so much. */
const AHEAD_MS = 10 * 60_000;

/** After the month of its period that a reading is made at most; before it, one. */
const MOST_MONTHS = 2;

const monthOf = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));

/** What one raw reading says, or why it is refused before the database is asked. Digits may be Arabic-Indic. */
export function readingOf(raw: unknown, { now, ...defaults }: CaptureDefaults): Read<Draft> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return refused('water.reading-malformed');
  const texts: Partial<Record<keyof typeof LENGTHS, string>> = {};
  for (const [name, most] of Object.entries(LENGTHS) as [keyof typeof LENGTHS, number][]) {
    const text = textOf((raw as RawReading)[name]);
    if (text === null || text.length > most || UNWRITABLE.test(text) || !isWellFormed(text)) {
      return refused('water.reading-malformed');
    }
    if (text !== '') texts[name] = text;
  }
  const { subscription, serial, value, noAccess, period = defaults.period, replaces } = texts;
  if (!subscription && !serial) return refused(value || noAccess ? 'water.reading-malformed' : 'water.reading-blank');
  if (value === undefined && noAccess === undefined) return refused('water.reading-blank');
  if (value !== undefined && noAccess !== undefined) return refused('water.reading-malformed');
  if (noAccess !== undefined && !isNoAccess(noAccess)) return refused('water.no-access-unknown');
  const register = value === undefined ? { ok: null } : registerOf(value);
  if ('refused' in register) return register;
  const source = texts.source ?? defaults.source;
  if (!READING_SOURCES.includes(source as ReadingSource) || source === 'ESTIMATE') {
    return refused('water.reading-malformed');
  }
  if (!PERIOD.test(period) || (replaces !== undefined && !/^\d+$/.test(replaces)))
    return refused('water.reading-malformed');
  const capturedAt = texts.capturedAt === undefined ? null : instantOf(texts.capturedAt);
  const readOn = texts.readOn === undefined ? localDateOf(capturedAt || now) : parseLegacyDate(texts.readOn);
  if (capturedAt === '' || readOn === null) return refused('water.reading-malformed');
  const today = localDateOf(now);
  const ahead = capturedAt !== null && Date.parse(capturedAt) > Date.parse(now) + AHEAD_MS;
  if (ahead || readOn > today || period > today.slice(0, 7)) return refused('water.reading-in-future');
  const months = monthOf(readOn) - monthOf(period);
  if (months < -1 || months > MOST_MONTHS) return refused('water.day-of-another-period');
  return {
    ok: {
      clientKey: texts.clientKey ?? null,
      subscription: subscription ?? null,
      serial: serial ?? null,
      ...{ period, value: register.ok, noAccess: noAccess ?? null, readOn, capturedAt },
      reader: texts.reader ?? defaults.reader ?? null,
      source: source as ReadingSource,
      note: texts.note ?? null,
      replaces: replaces === undefined ? null : Number(replaces),
    },
  };
}

const refused = (code: RefusalCode) => ({ refused: code });

/** On one line, trimmed, digits folded; null for what is neither text nor number. */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? foldDigits(value).replace(/\s+/g, ' ').trim() : null;
}

/** The whole number that the register shows. */
function registerOf(text: string): Read<number> {
  if (/^[-−]\s*\d/.test(text)) return refused('water.reading-negative');
  if (DECIMAL.test(text)) return refused('water.reading-not-whole');
  if (!/^\d+$/.test(text)) return refused('water.reading-malformed');
  return text.length > 9 ? refused('water.reading-beyond-register') : { ok: Number(text) };
}

/** '' when it is none. */
function instantOf(text: string): Instant {
  const time = INSTANT.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}

const isWellFormed = (value: string): boolean => (value as unknown as { isWellFormed(): boolean }).isWellFormed();
