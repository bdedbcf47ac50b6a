import { normalizeName } from '@libs/arabic';
import type { LocalDate } from '@libs/calendar';
import type { ChequeState, Relief } from './cheque.entity';

/** What the ledgers CHEQUES and CHEQUES_PENDING keep a cheque apart by. */
export const chequeDimension = (id: number): string => `cheque:${id}`;

/** Every step of a cheque's life. What replaced it may be undone; the court's case goes on until it is replaced. */
export const STEPS: Readonly<Record<ChequeState, readonly ChequeState[]>> = {
  RECEIVED: ['HELD', 'CANCELLED'],
  HELD: ['DUE', 'DEPOSITED', 'CANCELLED'],
  DUE: ['DEPOSITED', 'CANCELLED'],
  DEPOSITED: ['CLEARED', 'RETURNED'],
  RETURNED: ['REDEPOSITED', 'REPLACED', 'LEGAL', 'CANCELLED'],
  REDEPOSITED: ['CLEARED', 'RETURNED'],
  LEGAL: ['REPLACED'],
  REPLACED: ['RETURNED', 'LEGAL'],
  CLEARED: [],
  CANCELLED: [],
};
/** With the municipality, and never at the bank. */
export const IN_HAND: readonly ChequeState[] = ['RECEIVED', 'HELD', 'DUE'];
export const AT_BANK: readonly ChequeState[] = ['DEPOSITED', 'REDEPOSITED'];

/**
 * CLEARED: no cheque counts before the bank has paid it. AT_SIGHT: one that is due counts at once, provisionally.
 * RECEIVED: every cheque does.
 */
export type ReliefPolicy = 'CLEARED' | 'AT_SIGHT' | 'RECEIVED';

export const reliefOf = (policy: ReliefPolicy, dueOn: LocalDate, today: LocalDate): Relief =>
  policy === 'RECEIVED' || (policy === 'AT_SIGHT' && dueOn <= today) ? 'NOW' : 'DEFERRED';

interface Payable {
  currency: string;
  amount: number;
}
interface Paying {
  pays: Payable;
  cheque?: { dueOn: LocalDate; relief: Relief } | undefined;
}

/** Which tender pays how much of which line. */
export interface Funded {
  line: number;
  tender: number;
  amount: number;
}

/**
 * The lines in their order use up the tenders of their currency: money first, then cheques that count at once, then those
 * that count when they clear; cheques by due date. Both sums are the same in each currency.
 */
export function funding(lines: readonly Payable[], tenders: readonly Paying[]): Funded[] {
  const rank = ({ cheque }: Paying) => (!cheque ? 0 : cheque.relief === 'NOW' ? 1 : 2);
  const due = ({ cheque }: Paying) => cheque?.dueOn ?? '';
  const open = tenders
    .map((tender, at) => ({ at, ...tender, left: tender.pays.amount }))
    .sort((a, b) => rank(a) - rank(b) || (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : a.at - b.at));
  return lines.flatMap(({ currency, amount }, line) => {
    const parts: Funded[] = [];
    let wanted = amount;
    for (const tender of open) {
      const part = Math.min(tender.left, wanted);
      if (tender.pays.currency !== currency || part === 0) continue;
      parts.push({ line, tender: tender.at, amount: part });
      tender.left -= part;
      wanted -= part;
    }
    return parts;
  });
}

/** Of whom a cheque is. */
export interface DrawerSaid {
  bank: string;
  /** As names are compared, see {@link drawerName}. */
  drawerName: string;
  drawerId: string | null;
  drawerAccount: string | null;
}

export const drawerName = (drawer: string): string => normalizeName(drawer).slice(0, 200);

export const drawerKey = ({ bank, drawerName: name, drawerId, drawerAccount }: DrawerSaid): string =>
  drawerId ? `ID:${drawerId}` : drawerAccount ? `AC:${bank}:${drawerAccount}` : `NM:${name}`;

export const duplicateKey = (
  { bank, drawerAccount }: Pick<DrawerSaid, 'bank' | 'drawerAccount'>,
  number: string,
): string => `${bank}:${drawerAccount ?? ''}:${number}`;

export const GRADES = ['A', 'B', 'C', 'D'] as const;
export type Grade = (typeof GRADES)[number];

/**
 * By the cheques of a drawer that the bank has answered for: A none ever came back; B at most one in ten; C at most one
 * in four, or a single one; D more.
 * @param answered cleared, and returned at least once
 */
export function gradeOf(answered: number, returned: number): Grade {
  if (returned === 0) return 'A';
  if (returned * 10 <= answered) return 'B';
  return returned === 1 || returned * 4 <= answered ? 'C' : 'D';
}

interface Named {
  amount: number;
  chargeIds: readonly number[] | null;
}

/**
 * Of the charges that each part of a cheque is for, those that are still open when it clears; what they do not take
 * pays the oldest, or is an advance.
 * @param open outstanding by charge
 */
export function openOf(parts: readonly Named[], open: ReadonlyMap<number, number>): number[][] {
  const left = new Map(open);
  return parts.map(({ amount, chargeIds }) => {
    let rest = amount;
    return (chargeIds ?? []).filter((id) => {
      const part = Math.min(left.get(id) ?? 0, rest);
      left.set(id, (left.get(id) ?? 0) - part);
      rest -= part;
      return part > 0;
    });
  });
}
