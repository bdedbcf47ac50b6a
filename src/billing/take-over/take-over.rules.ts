import { CURRENCIES } from '@libs/money';
import type { ServiceType } from '../accounts/account.entity';

/** Movements without a readable day count on every day; their entries stand before all others. */
export const NO_DAY = '1900-01-01';

export interface MirrorMovement {
  id: number;
  datedOn: string | null;
  kind: string;
  debit: number;
  credit: number;
  currency: string;
}

/** What the books hold of a movement on a day. */
export interface TakenEntry {
  movementId: number;
  postedOn: string;
  amount: number;
}

/** An entry to be posted so that the books say what the mirror says. */
export interface Correction extends TakenEntry {
  kind: string;
}

export const isKnownCurrency = (currency: string): boolean => (CURRENCIES as readonly string[]).includes(currency);

/**
 * What is missing in the books: the movements of one account less the entries that took them over before, by movement
 * and day. A movement that vanished, or is on another day now, is taken back.
 */
export function corrections(movements: readonly MirrorMovement[], taken: readonly TakenEntry[]): Correction[] {
  const wanted = new Map<string, Correction>();
  const add = (movementId: number, postedOn: string, amount: number, kind: string) => {
    const key = `${movementId} ${postedOn}`;
    const known = wanted.get(key);
    if (known) known.amount += amount;
    else wanted.set(key, { movementId, postedOn, amount, kind });
  };
  for (const { id, datedOn, debit, credit, kind } of movements) add(id, datedOn ?? NO_DAY, debit - credit, kind);
  for (const { movementId, postedOn, amount } of taken) add(movementId, postedOn, -amount, '');
  return [...wanted.values()].filter(({ amount }) => amount !== 0);
}

interface Tenure {
  id: number;
  openedOn: string;
  closedOn: string | null;
}

/**
 * Which holder of a number a movement is of: the one whose account took it over before, whatever has become of it there;
 * a new one is of the holder of its day. A sale so leaves the seller's movements with the seller, and takes none back
 * that it has shared already.
 * @param tenures at least one, in their order
 */
export function byTenure<T extends Tenure>(
  tenures: readonly T[],
  movements: readonly MirrorMovement[],
  taken: readonly (TakenEntry & { accountId: number })[],
): { account: T; movements: MirrorMovement[]; taken: TakenEntry[] }[] {
  const parts = tenures.map((account) => ({
    account,
    movements: [] as MirrorMovement[],
    taken: taken.filter(({ accountId }) => accountId === account.id),
  }));
  const takers = new Map(parts.flatMap((part) => part.taken.map(({ movementId }) => [movementId, part] as const)));
  for (const movement of movements) {
    const day = movement.datedOn ?? NO_DAY;
    const holds = ({ openedOn, closedOn }: T) => openedOn <= day && (closedOn === null || day < closedOn);
    const part = takers.get(movement.id) ?? parts.find(({ account }) => holds(account)) ?? parts[0]!;
    part.movements.push(movement);
  }
  return parts;
}

export interface OpeningItem {
  on: string;
  kind: string;
  amount: number;
  open: number;
}

/**
 * Debts and advances that a list of debits (positive) and credits leaves: the credits pay the oldest debits first.
 * Their difference is the sum of the list.
 */
export function openItems(entries: readonly Correction[]): { charges: OpeningItem[]; credits: OpeningItem[] } {
  const dated = entries.map((entry, at) => ({ entry, at }));
  dated.sort((a, b) =>
    a.entry.postedOn < b.entry.postedOn ? -1 : a.entry.postedOn > b.entry.postedOn ? 1 : a.at - b.at,
  );
  const charges: OpeningItem[] = [];
  const credits: OpeningItem[] = [];
  for (const { entry } of dated) {
    const { postedOn: on, kind, amount } = entry;
    (amount > 0 ? charges : credits).push({ on, kind, amount: Math.abs(amount), open: Math.abs(amount) });
  }
  let next = 0;
  for (const credit of credits) {
    while (credit.open > 0 && next < charges.length) {
      const charge = charges[next]!;
      const paid = Math.min(charge.open, credit.open);
      charge.open -= paid;
      credit.open -= paid;
      if (charge.open === 0) next++;
    }
  }
  return { charges: charges.filter(({ open }) => open > 0), credits: credits.filter(({ open }) => open > 0) };
}

const SERVICES: Readonly<Record<string, ServiceType>> = {
  مياه: 'WATER',
  'صرف صحي': 'SEWER',
  نفايات: 'WASTE',
  'الأبنية والتعليم': 'PROPERTY',
  'حرف وصناعات': 'LICENCE',
  'مساهمة مشاريع': 'PROJECT',
  ايجارات: 'RENT',
};

/** Type of a service as the old systems name it. */
export const serviceTypeOf = (rawType: string): ServiceType => SERVICES[rawType.trim()] ?? 'OTHER';

const HEADS: Readonly<Record<string, string>> = {
  'رسوم نفايات': 'WASTE',
  'رسوم صرف صحي': 'SEWER',
  'ضريبة معارف': 'EDUCATION_TAX',
  'ضريبة أملاك': 'PROPERTY_TAX',
  'رسوم رخصة': 'LICENCE',
  'قسط مشروع': 'PROJECT',
  ايجار: 'RENT',
};

const HEAD_OF_SERVICE: Readonly<Record<ServiceType, string>> = {
  WATER: 'WATER',
  SEWER: 'SEWER',
  WASTE: 'WASTE',
  PROPERTY: 'PROPERTY_TAX',
  LICENCE: 'LICENCE',
  PROJECT: 'PROJECT',
  RENT: 'RENT',
  OTHER: 'OTHER',
};

/** Head of a debit of the old systems: by its kind, else by its service. */
export const headOf = (kind: string, serviceType: ServiceType): string =>
  HEADS[kind.trim()] ?? HEAD_OF_SERVICE[serviceType];
