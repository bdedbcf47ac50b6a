import type { TakenBack } from '../books/posting';
import type { Assessed } from './late-charges';

export interface Correction {
  period: string;
  number: number;
  /** Signed; what is to be charged, or taken back. */
  amount: number;
  /** Penalty charges to take back, the newest first; less than the amount where staff took back some before. */
  takeBack: TakenBack[];
}

/** What makes the months assessed before into what they are by now: nothing for a month that has not changed. */
export function correctionsOf(due: ReadonlyMap<string, number>, before: readonly Assessed[]): Correction[] {
  const assessed = new Map(before.map((month) => [month.period, month]));
  const periods = [...new Set([...due.keys(), ...assessed.keys()])].sort();
  return periods.flatMap((period): Correction[] => {
    const known = assessed.get(period);
    const amount = (due.get(period) ?? 0) - (known?.amount ?? 0);
    if (amount === 0) return [];
    return [{ period, number: (known?.number ?? 0) + 1, amount, takeBack: takenBack(known?.charges ?? [], -amount) }];
  });
}

function takenBack(charges: Assessed['charges'], wanted: number): TakenBack[] {
  const list: TakenBack[] = [];
  let left = wanted;
  for (const { id, left: room } of [...charges].reverse()) {
    if (left <= 0) break;
    const amount = Math.min(room, left);
    left -= amount;
    list.push({ id, amount });
  }
  return list;
}
