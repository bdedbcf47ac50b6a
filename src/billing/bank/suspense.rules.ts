import { daysBetween, type LocalDate } from '@libs/calendar';

/** Most days in suspense of each age but the last. */
export const SUSPENSE_AGES = ['DAYS_0_7', 'DAYS_8_30', 'DAYS_31_90', 'OVER_90_DAYS'] as const;
const MOST_DAYS = [7, 30, 90];

export interface OpenMoney {
  ownerId: number | null;
  currency: string;
  bookedOn: LocalDate;
  /** Minor units, positive what came in. */
  open: number;
}

export interface SuspenseRow {
  ownerId: number | null;
  currency: string;
  /** In the order of the ages. What came in and what went out are never set off. */
  ages: { lines: number; incoming: number; outgoing: number }[];
}

/** Who has to resolve how much, how old it is; nobody's last. */
export function suspenseByAge(open: readonly OpenMoney[], today: LocalDate): SuspenseRow[] {
  const rows = new Map<string, SuspenseRow>();
  for (const { ownerId, currency, bookedOn, open: amount } of open) {
    const key = `${ownerId} ${currency}`;
    const row = rows.get(key) ?? {
      ownerId,
      currency,
      ages: SUSPENSE_AGES.map(() => ({ lines: 0, incoming: 0, outgoing: 0 })),
    };
    rows.set(key, row);
    const days = daysBetween(bookedOn, today);
    const at = MOST_DAYS.findIndex((most) => days <= most);
    const age = row.ages[at < 0 ? SUSPENSE_AGES.length - 1 : at]!;
    age.lines++;
    if (amount > 0) age.incoming += amount;
    else age.outgoing -= amount;
  }
  const rank = ({ ownerId }: SuspenseRow) => ownerId ?? Number.MAX_SAFE_INTEGER;
  return [...rows.values()].sort((a, b) => rank(a) - rank(b) || (a.currency < b.currency ? -1 : 1));
}
