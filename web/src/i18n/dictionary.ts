export type Language = 'ar' | 'en';

export type Dictionary<K extends string = string> = Record<Language, Readonly<Record<K, string>>>;

/** The texts of a part of the screen in both languages; `{name}` stands for a value. The compiler wants every key in both. */
export const dictionary = <const T extends Record<string, string>>(
  ar: T,
  en: Record<keyof T & string, string>,
): Dictionary<keyof T & string> => ({ ar, en });

export type Values = Readonly<Record<string, string | number>>;

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const LEFT_TO_RIGHT_OVERRIDE = '\u202d';
const POP_OVERRIDE = '\u202c';

/** Arabic digits would change places over a hyphen. */
const held = (value: string): string =>
  /[\u0660-\u0669]/.test(value) && !/\p{L}/u.test(value) ? `${LEFT_TO_RIGHT_OVERRIDE}${value}${POP_OVERRIDE}` : value;

/** Each value stands isolated: `2026-000042` keeps its direction inside an Arabic sentence. */
export const fill = (text: string, values: Values = {}): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    values[name] === undefined ? whole : `${FIRST_STRONG_ISOLATE}${held(String(values[name]))}${POP_ISOLATE}`,
  );

/** For the names of files. */
export const withoutIsolates = (text: string): string => text.replace(/[\u2066-\u2069\u202c\u202d]/g, '');
