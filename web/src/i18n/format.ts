import { formatAmount, type Currency } from '@libs/money';
import type { Language } from './dictionary';

export type Digits = 'latin' | 'arabic';

const ARABIC_ZERO = 0x660;

/** Digits as the clerk prefers to read them; a serial with Latin letters keeps its own, which would change places otherwise. */
export const shownDigits = (text: string, digits: Digits): string =>
  digits === 'arabic' && !/[a-z]/i.test(text)
    ? text.replace(/\d/g, (digit) => String.fromCharCode(ARABIC_ZERO + Number(digit)))
    : text;

const CURRENCY_NAMES: Record<Language, Record<Currency, string>> = {
  ar: { ILS: 'شيكل', JOD: 'دينار', USD: 'دولار' },
  en: { ILS: 'ILS', JOD: 'JOD', USD: 'USD' },
};

export const currencyName = (currency: string, language: Language): string =>
  CURRENCY_NAMES[language][currency as Currency] ?? currency;

/** Minor units as the API sends them (`"35250"` of JOD) for people: `35.250`. */
export const shownAmount = (minor: string | number, currency: string, digits: Digits): string =>
  formatAmount(Number(minor), currency as Currency, { digits });

const ZONE = 'Asia/Hebron';
const parts = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, ...options });
const DAY = parts({ day: '2-digit', month: '2-digit', year: 'numeric' });
const TIME = parts({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** `2026-11-24` → `24/11/2026`, as it is written in the city. */
export const shownDay = (day: string, digits: Digits): string =>
  shownDigits(day.slice(0, 10).split('-').reverse().join('/'), digits);

/** An instant in the time of the city: `24/11/2026 10:30`. */
export function shownInstant(instant: string, digits: Digits): string {
  const at = new Date(instant);
  return shownDigits(`${DAY.format(at)} ${TIME.format(at)}`, digits);
}

/** Today in the city, `YYYY-MM-DD`. */
export const today = (): string => DAY.format(new Date()).split('/').reverse().join('-');
