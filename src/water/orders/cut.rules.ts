import { addDays, isWeekend, type LocalDate } from '@libs/calendar';
import type { Arrear } from '../../billing';
import type { CutCriteria, Moratorium } from './cut.entity';

/** No water is cut on a day off, nor on the day before one, when nobody could pay or restore it. */
export const cutAllowed = (day: LocalDate, holidays: ReadonlySet<LocalDate>): boolean =>
  [day, addDays(day, 1)].every((each) => !isWeekend(each) && !holidays.has(each));

/** Whether a debt is as large as asked for. */
export const meets = (
  arrear: Arrear | undefined,
  least: Pick<CutCriteria, 'leastBills' | 'leastOwed'>,
): arrear is Arrear => arrear !== undefined && arrear.bills >= least.leastBills && arrear.owed >= least.leastOwed;

export const covers = (
  { fromOn, toOn, zoneId, waterClass }: Moratorium,
  place: { zoneId: number | null; waterClass: string },
  on: LocalDate,
): boolean =>
  fromOn <= on &&
  (toOn === null || on <= toOn) &&
  (zoneId === null || zoneId === place.zoneId) &&
  (waterClass === null || waterClass === place.waterClass);
