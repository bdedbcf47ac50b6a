export type Language = 'ar' | 'en';

export type Dictionary<K extends string = string> = Record<Language, Readonly<Record<K, string>>>;

/** The texts of a part of the screen in both languages; `{name}` stands for a value. The compiler wants every key in both. */
export const dictionary = <const T extends Record<string, string>>(
  ar: T,
  en: Record<keyof T & string, string>,
): Dictionary<keyof T & string> => ({ ar, en });

export type Values = Readonly<Record<string, string | number>>;

export const fill = (text: string, values: Values = {}): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
