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
  value: number | null;
}

/** m³ of one cycle beyond which a register that went back is taken for misread rather than rolled over. */
const MOST_IN_A_CYCLE = 5000;

/**
 * What each reading of a register measured since the last one with a value; null for the first, for none, and where the
 * register ran backwards without going over its end.
 */
export function consumptions(readings: readonly RegisterReading[], digits: number): (number | null)[] {
  let last: number | null = null;
  let cycles = 1;
  return readings.map(({ value }) => {
    if (value === null) {
      cycles++;
      return null;
    }
    const found = last === null ? null : consumed(last, value, { digits, most: MOST_IN_A_CYCLE * cycles });
    last = value;
    cycles = 1;
    return found?.ok ? found.cubicMetres : null;
  });
}
