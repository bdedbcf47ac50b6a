/** How the text of a setting is read; each throws what was expected instead. */
import { CURRENCIES, parseAmount, type Currency } from '@libs/money';
import { validateCronExpression } from 'cron';

/** The variable of a setting, what it means, and its default. */
interface Setting<T> {
  env: string;
  about: string;
  fallback: string;
  parse: (text: string) => T;
}

export const setting = <T>(env: string, fallback: string, about: string, parse: (text: string) => T): Setting<T> => ({
  env,
  about,
  fallback,
  parse,
});

export const text = (value: string): string => value;
export const optional = (value: string): string | undefined => value || undefined;
export const flag = (value: string): boolean => {
  if (value !== 'true' && value !== 'false') throw new Error('expected true or false');
  return value === 'true';
};
export const whole = (value: string): number => {
  if (!/^\d{1,9}$/.test(value)) throw new Error('expected a whole number');
  return Number(value);
};
/** Where none would be a fault. */
export const positive = (value: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new Error('expected a whole number of at least 1');
  return Number(value);
};
export const cron = (value: string): string => {
  if (!validateCronExpression(value).valid) throw new Error('expected minute, hour, day, month and weekday of cron');
  return value;
};
/** `one,two`; empty: none. */
export const list = (value: string): readonly string[] => value.split(',').flatMap((part) => part.trim() || []);
export const redisUrl = (value: string): string | undefined => {
  if (value && !/^rediss?:\/\/./.test(value)) throw new Error('expected redis://host:port or rediss://host:port');
  return value || undefined;
};
/** `BULK:3000,OTP:600`: a minute, by lane. */
export const laneLimits = (value: string): Readonly<Partial<Record<string, number>>> =>
  Object.fromEntries(
    value
      .split(',')
      .filter(Boolean)
      .map((part) => {
        const [, lane, most] = /^ *(OTP|EMERGENCY|TRANSACTIONAL|BULK):([1-9]\d{0,6}) *$/.exec(part) ?? [];
        if (!lane) throw new Error('expected messages a minute by lane, such as BULK:3000');
        return [lane, Number(most)];
      }),
  );
/** `ILS:500,JOD:100`: minor units by currency. */
export const amounts = (value: string): Readonly<Partial<Record<Currency, number>>> =>
  Object.fromEntries(
    value.split(',').map((part) => {
      const [currency, amount] = part.split(':').map((each) => each.trim());
      const known = CURRENCIES.find((code) => code === currency);
      const parsed = known && parseAmount(amount ?? '', known);
      if (!parsed?.ok || parsed.minor < 0) throw new Error('expected amounts by currency, such as ILS:500,JOD:100');
      return [currency, parsed.minor];
    }),
  );
/** `RECONNECTION:50,METER_TEST:30`: agorot by the code of the charge head. */
export const feesInShekels = (value: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    value.split(',').map((part) => {
      const [head, amount] = part.split(':').map((each) => each.trim());
      const parsed = parseAmount(amount ?? '', 'ILS');
      if (!head || !parsed.ok || parsed.minor < 0) throw new Error('expected fees in ILS, such as RECONNECTION:50');
      return [head, parsed.minor];
    }),
  );
/** `CLEARANCE:5,FAULT:10`: whole numbers by name. */
export const counts = (value: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    value.split(',').map((part) => {
      const [, name, count] = /^\s*([A-Z_]+):(\d{1,6})\s*$/.exec(part) ?? [];
      if (!name) throw new Error('expected counts by name, such as CLEARANCE:5,FAULT:10');
      return [name, Number(count)];
    }),
  );
/** What is taken off the water of a leak: `percent:50` of what it costs, or all above `price:2.5` a m³ (millionths). */
export const relief = (value: string): { percent: number } | { price: number } => {
  const [, kind, whole, fraction = ''] = /^(percent|price):(\d{1,3})(?:\.(\d{1,6}))?$/.exec(value) ?? [];
  const [share, price] = [Number(whole), Number(`${whole}${fraction.padEnd(6, '0')}`)];
  if (kind === 'percent' && !fraction && share >= 1 && share <= 100) return { percent: share };
  if (kind === 'price') return { price };
  throw new Error('expected percent:1 to percent:100, or price:2.5');
};
export const choice =
  <T extends string>(...values: T[]) =>
  (value: string): T => {
    if (!values.includes(value as T)) throw new Error(`expected one of ${values.join(', ')}`);
    return value as T;
  };
/** `a,b`: at least one. */
export const names = (value: string): readonly string[] => {
  const list = value.split(',').map((each) => each.trim());
  if (list.includes('')) throw new Error('expected names with commas between them');
  return list;
};
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** `21:00-08:00 FRI,SAT`: from the evening until the morning, and days (0 Sunday) that are quiet altogether; `none`. */
export const quietHours = (value: string): { from: string; until: string; weekdays: readonly number[] } | undefined => {
  if (value === 'none') return undefined;
  const [, from, until, days] =
    /^([01]\d:[0-5]\d|2[0-3]:[0-5]\d)-([01]\d:[0-5]\d|2[0-3]:[0-5]\d)(?: ([A-Z,]+))?$/.exec(value) ?? [];
  const weekdays = (days ? days.split(',') : []).map((day) => WEEKDAYS.indexOf(day));
  if (!from || !until || from <= until || weekdays.includes(-1) || new Set(weekdays).size > 6) {
    throw new Error('expected none, or an evening and a morning with days, such as 21:00-08:00 FRI');
  }
  return { from, until, weekdays };
};
