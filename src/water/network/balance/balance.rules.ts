/** Water balance (IWA): all volumes in m³ of a zone and month, or of a sum of them. */

export const MISSING = ['INPUT', 'UNBILLED_AUTHORISED', 'LENGTH', 'BILLED'] as const;
export type Missing = (typeof MISSING)[number];

export interface BalanceInputs {
  days: number;
  /** System input volume; null: not entered. */
  input: number | null;
  /** Water used with leave and not billed: fire, flushing, own use; null: not entered, which is not nothing. */
  unbilledAuthorised: number | null;
  /** Consumption of billed readings; null: there are connections and nothing was billed. */
  billedMetered: number | null;
  billedEstimated: number | null;
  /** Installations that stood at the end of the month. */
  connections: number;
  /** Mains; null: not entered. */
  metres: number | null;
}

export interface Balance extends BalanceInputs {
  billed: number | null;
  /** Non-revenue water: input less billed. */
  nonRevenue: number | null;
  /** Of the input, in hundredths of a percent. */
  nonRevenueHundredths: number | null;
  /** Water losses, apparent and real: input less all authorised consumption. */
  losses: number | null;
  lossesHundredths: number | null;
  /** Losses in litres. */
  litresPerConnectionDay: number | null;
  /** Losses in tenths of m³. */
  tenthsPerKmDay: number | null;
  missing: Missing[];
}

/** A share or rate, half up, also of a negative volume; null where it is of nothing. */
const ratio = (part: number | null, by: number, whole: number): number | null =>
  part === null || whole <= 0 ? null : Math.floor((part * by) / whole + 0.5);

/** What follows from the inputs; nothing follows from what is missing. More billed than put in is a negative loss. */
export function balanceOf(inputs: BalanceInputs): Balance {
  const { input, unbilledAuthorised, billedMetered, billedEstimated, connections, metres, days } = inputs;
  const billed = billedMetered === null || billedEstimated === null ? null : billedMetered + billedEstimated;
  const nonRevenue = input === null || billed === null ? null : input - billed;
  const losses = nonRevenue === null || unbilledAuthorised === null ? null : nonRevenue - unbilledAuthorised;
  const missing: Missing[] = [];
  if (input === null) missing.push('INPUT');
  if (unbilledAuthorised === null) missing.push('UNBILLED_AUTHORISED');
  if (metres === null) missing.push('LENGTH');
  if (billed === null) missing.push('BILLED');
  return {
    ...inputs,
    billed,
    nonRevenue,
    nonRevenueHundredths: ratio(nonRevenue, 10_000, input ?? 0),
    losses,
    lossesHundredths: ratio(losses, 10_000, input ?? 0),
    litresPerConnectionDay: ratio(losses, 1000, connections * days),
    tenthsPerKmDay: ratio(losses, 10_000, (metres ?? 0) * days),
    missing,
  };
}

/**
 * Of several zones in the same month: what one of them lacks the sum lacks.
 * @param of zones with inputs of their own; consumption without a zone is billed but nothing is put in for it
 */
export function sumOfZones(of: readonly BalanceInputs[], unzoned: BalanceInputs): BalanceInputs {
  const billed = [...of, unzoned];
  return {
    days: unzoned.days,
    input: sum(of.map(({ input }) => input)),
    unbilledAuthorised: sum(of.map(({ unbilledAuthorised }) => unbilledAuthorised)),
    billedMetered: sum(billed.map(({ billedMetered }) => billedMetered)),
    billedEstimated: sum(billed.map(({ billedEstimated }) => billedEstimated)),
    connections: billed.reduce((all, { connections }) => all + connections, 0),
    metres: sum(of.map(({ metres }) => metres)),
  };
}

/** Of the same zones in several months: connections and mains weigh by the days. */
export function sumOfMonths(of: readonly BalanceInputs[]): BalanceInputs {
  const days = of.reduce((all, month) => all + month.days, 0);
  const weighed = (pick: (month: BalanceInputs) => number | null) => {
    const total = sum(of.map((month) => (pick(month) === null ? null : pick(month)! * month.days)));
    return total === null ? null : Math.round(total / Math.max(days, 1));
  };
  return {
    days,
    input: sum(of.map(({ input }) => input)),
    unbilledAuthorised: sum(of.map(({ unbilledAuthorised }) => unbilledAuthorised)),
    billedMetered: sum(of.map(({ billedMetered }) => billedMetered)),
    billedEstimated: sum(of.map(({ billedEstimated }) => billedEstimated)),
    connections: weighed(({ connections }) => connections) ?? 0,
    metres: weighed(({ metres }) => metres),
  };
}

/** Null as soon as one is null, and of none. */
const sum = (values: readonly (number | null)[]): number | null =>
  values.length === 0 ? null : values.reduce((all, each) => (all === null || each === null ? null : all + each), 0);
