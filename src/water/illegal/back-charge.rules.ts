import { addDays, daysBetween, daysInMonth, type LocalDate } from '@libs/calendar';
import { allocateByShares } from '@libs/money';

export interface MonthPart {
  from: LocalDate;
  to: LocalDate;
  litres: number;
}

/**
 * Litres of a period to its calendar months by days; the parts sum to them exactly. Each month is rated as a cycle of its
 * own: in one long cycle the water of a year would stand in the blocks of a single bill.
 * @param from first day @param to last day, not before it
 */
export function byMonth(from: LocalDate, to: LocalDate, litres: number): MonthPart[] {
  const parts: Omit<MonthPart, 'litres'>[] = [];
  for (let day = from; day <= to; day = addDays(parts.at(-1)!.to, 1)) {
    const last = `${day.slice(0, 8)}${String(daysInMonth(day)).padStart(2, '0')}`;
    parts.push({ from: day, to: last < to ? last : to });
  }
  const days = parts.map((part) => daysBetween(part.from, part.to) + 1);
  const shares = litres === 0 ? days.map(() => 0) : allocateByShares(litres, days);
  return parts.map((part, at) => ({ ...part, litres: shares[at]! }));
}
