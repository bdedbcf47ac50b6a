import { consumed } from '@libs/tariff';
import type { Disconnection, SubscriptionState, WaterClass } from '../subscriptions/subscription.entity';

const CLASSES: Readonly<Record<string, WaterClass>> = {
  منزلي: 'DOMESTIC',
  تجاري: 'COMMERCIAL',
  صناعي: 'INDUSTRIAL',
  سياحي: 'TOURISM',
  مؤسسات: 'INSTITUTIONAL',
  مخيم: 'CAMP',
  انشاءات: 'CONSTRUCTION',
  جملة: 'BULK',
};

/** Class of a subscription as the old systems name it; null when they name none that is known. */
export const classOf = (raw: string): WaterClass | null => CLASSES[raw.trim()] ?? null;

export interface TakenState {
  state: SubscriptionState;
  disconnection: Disconnection | null;
}

/** فعال active, مفصول disconnected, ملغى cancelled; anything else counts as active, as the old systems billed it. */
export function stateOf(raw: string): TakenState {
  const text = raw.trim();
  if (text === 'مفصول') return { state: 'DISCONNECTED', disconnection: 'DEBT' };
  return { state: text === 'ملغى' ? 'CLOSED' : 'ACTIVE', disconnection: null };
}

/** Meters of less than 50 mm have registers of five digits, larger ones of six. */
export const digitsOf = (sizeMm: number): number => (sizeMm < 50 ? 5 : 6);

/** A number of the old systems, `fallback` when it is none. */
export function numberOf(raw: string, fallback: number): number {
  const text = raw.trim();
  return /^\d{1,6}$/.test(text) ? Number(text) : fallback;
}

export interface RegisterReading {
  period: string;
  value: number | null;
}

/**
 * What each reading of a register measured since the last one with a value, in register units, by period; null for the
 * first, for none, and where the register ran backwards without going over its end.
 */
export function consumptions(readings: readonly RegisterReading[], digits: number): (number | null)[] {
  let last: number | null = null;
  return readings.map(({ value }) => {
    if (value === null) return null;
    const before = last;
    last = value;
    if (before === null) return null;
    const found = consumed(before, value, { digits });
    return found.ok ? found.units : null;
  });
}
