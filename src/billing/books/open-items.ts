import { compare } from '@libs/calendar';
import { Problem } from '@libs/http';
import { BOOKS } from '../billing.problems';

/** A charge as far as paying it goes. */
export interface ChargeItem {
  id: number;
  accountId: number;
  period: string;
  priority: number;
  chargedOn: string;
  dueOn: string;
  amount: number;
  cancelled: number;
  outstanding: number;
}

export interface CreditItem {
  id: number;
  accountId: number;
  /** PAYMENT, WAIVER … */
  origin: string;
  creditedOn: string;
  amount: number;
  reversed: number;
  remaining: number;
}

export interface AllocationLine {
  chargeId: number;
  creditId: number;
  /** Negative when it takes back. */
  amount: number;
}

type Ordered = Pick<ChargeItem, 'id' | 'period' | 'priority' | 'dueOn'>;

/** Origins of credits that bring no money and are for the charge they were given on. */
export const RELIEF_ORIGINS = ['DISCOUNT', 'WAIVER', 'WRITE_OFF'] as const;
const isRelief = ({ origin }: CreditItem): boolean => RELIEF_ORIGINS.some((relief) => relief === origin);

/** Oldest period first, within it by priority of the head, then by due date. */
export const paymentOrder = (a: Ordered, b: Ordered): number =>
  compare(a.period, b.period) || a.priority - b.priority || compare(a.dueOn, b.dueOn) || a.id - b.id;

const oldestCredit = (a: CreditItem, b: CreditItem): number => compare(a.creditedOn, b.creditedOn) || a.id - b.id;

/**
 * The open charges and credits of some accounts while a posting changes them. `settle` leaves no account with both a
 * debt and an advance. All amounts are minor units of the account's currency.
 */
export class OpenItems {
  readonly charges = new Map<number, ChargeItem>();
  readonly credits = new Map<number, CreditItem>();
  /** New lines, in order. */
  readonly lines: AllocationLine[] = [];
  /** What was allocated before, by charge or credit that is taken back, oldest first. */
  private readonly before = new Map<number, readonly AllocationLine[]>();
  readonly changedCharges = new Set<number>();
  readonly changedCredits = new Set<number>();

  addCharge(charge: ChargeItem): void {
    if (!this.charges.has(charge.id)) this.charges.set(charge.id, charge);
  }

  addCredit(credit: CreditItem): void {
    if (!this.credits.has(credit.id)) this.credits.set(credit.id, credit);
  }

  remember(byCharge: readonly AllocationLine[], byCredit: readonly AllocationLine[]): void {
    for (const line of byCharge) this.before.set(line.chargeId, [...(this.before.get(line.chargeId) ?? []), line]);
    for (const line of byCredit) this.before.set(line.creditId, [...(this.before.get(line.creditId) ?? []), line]);
  }

  /**
   * The credit against the charges named, in their order.
   * @throws {Problem} billing.charge-settled when one is not open, or not of the account
   */
  payDirected(credit: CreditItem, chargeIds: readonly number[], surplus: 'REFUSE' | 'ADVANCE'): void {
    for (const id of chargeIds) {
      const charge = this.charges.get(id);
      if (!charge || charge.accountId !== credit.accountId || charge.outstanding === 0) {
        throw new Problem(BOOKS['billing.charge-settled'], { extra: { chargeId: id } });
      }
      this.allocate(charge, credit, Math.min(charge.outstanding, credit.remaining));
    }
    if (credit.remaining > 0 && surplus === 'REFUSE') {
      throw new Problem(BOOKS['billing.exceeds-charge'], { extra: { surplus: String(credit.remaining) } });
    }
  }

  /** Every advance against what is open on its account: the oldest of both first. */
  settle(): void {
    const advances = [...this.credits.values()].filter(({ remaining }) => remaining > 0).sort(oldestCredit);
    if (advances.length === 0) return;
    const accounts = new Set(advances.map(({ accountId }) => accountId));
    const open = new Map<number, ChargeItem[]>();
    for (const charge of this.charges.values()) {
      if (charge.outstanding === 0 || !accounts.has(charge.accountId)) continue;
      const list = open.get(charge.accountId);
      if (list) list.push(charge);
      else open.set(charge.accountId, [charge]);
    }
    for (const list of open.values()) list.sort(paymentOrder);
    for (const credit of advances) {
      for (const charge of open.get(credit.accountId) ?? []) {
        if (credit.remaining === 0) break;
        this.allocate(charge, credit, Math.min(charge.outstanding, credit.remaining));
      }
    }
  }

  /**
   * Part of a credit that is no more: its advance first, then what it paid last.
   * @throws {Problem} billing.exceeds-credit
   */
  takeBackCredit(creditId: number, amount: number): void {
    const credit = this.credits.get(creditId)!;
    if (amount > credit.amount - credit.reversed) throw new Problem(BOOKS['billing.exceeds-credit']);
    for (const line of this.allocated('creditId', creditId)) {
      if (credit.remaining >= amount) break;
      const back = Math.min(line.amount, amount - credit.remaining);
      this.allocate(this.charges.get(line.chargeId)!, credit, -back);
    }
    credit.remaining -= amount;
    credit.reversed += amount;
    this.changedCredits.add(creditId);
  }

  /**
   * Part of a charge that is no more: what is unpaid of it first, then what was paid last, which becomes an advance. What
   * was relieved goes last of all: it stays on its charge while there is anything else, whatever came after it.
   * @throws {Problem} billing.exceeds-charge
   */
  takeBackCharge(chargeId: number, amount: number): void {
    const charge = this.charges.get(chargeId)!;
    if (amount > charge.amount - charge.cancelled) throw new Problem(BOOKS['billing.exceeds-charge']);
    const newestFirst = this.allocated('chargeId', chargeId);
    const relieved = ({ creditId }: AllocationLine) => Number(isRelief(this.credits.get(creditId)!));
    for (const line of newestFirst.sort((a, b) => relieved(a) - relieved(b))) {
      if (charge.outstanding >= amount) break;
      const back = Math.min(line.amount, amount - charge.outstanding);
      this.allocate(charge, this.credits.get(line.creditId)!, -back);
    }
    charge.outstanding -= amount;
    charge.cancelled += amount;
    this.changedCharges.add(chargeId);
  }

  /** What a charge or credit is allocated to now, newest first. */
  private allocated(side: 'chargeId' | 'creditId', id: number): AllocationLine[] {
    const other = side === 'chargeId' ? 'creditId' : 'chargeId';
    const sums = new Map<number, AllocationLine>();
    for (const line of [...(this.before.get(id) ?? []), ...this.lines.filter((each) => each[side] === id)]) {
      const known = sums.get(line[other]);
      sums.set(line[other], { ...line, amount: line.amount + (known?.amount ?? 0) });
    }
    return [...sums.values()].filter(({ amount }) => amount > 0).reverse();
  }

  private allocate(charge: ChargeItem, credit: CreditItem, amount: number): void {
    if (amount === 0) return;
    charge.outstanding -= amount;
    credit.remaining -= amount;
    this.lines.push({ chargeId: charge.id, creditId: credit.id, amount });
    this.changedCharges.add(charge.id);
    this.changedCredits.add(credit.id);
  }
}
