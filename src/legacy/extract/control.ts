import { DECIMALS } from '@libs/money';
import { ExtractError } from './faults';
import { FILE_NAMES, type FileName } from './format';

/** Refused rows per file and reason; files without any are absent. */
export type Refusals = Partial<Record<FileName, Record<string, number>>>;

/** Sums of the accepted movements per currency, in its minor units, as text so that no reader rounds them. */
export type Totals = Record<string, { debit: string; credit: string }>;

/** control.json: what the extract says of itself. Money in hundredths, whatever the currency. */
export interface Control {
  rows: Partial<Record<FileName, number>>;
  refused: Refusals;
  movements_minor_units: Record<string, { debit: number; credit: number }>;
}

/** A place where the import and control.json disagree. */
export interface Difference {
  what: string;
  expected: string;
  actual: string;
}

const FILE = 'control.json';

/** @throws {ExtractError} when the text is not what control.json should be */
export function parseControl(text: string): Control {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new ExtractError(FILE, 0, 'control', { why: (error as Error).message });
  }
  const whole = members(parsed, 'the whole');
  for (const name of ['rows', 'refused', 'movements_minor_units']) members(whole[name], name);
  const { rows, refused, movements_minor_units: money } = whole as Record<string, Record<string, unknown>>;
  const named = (group: object, what: string) => {
    for (const name of Object.keys(group)) {
      if (!FILE_NAMES.includes(name as FileName)) fail(`${what} names the unknown file ${name}`);
    }
  };
  named(rows!, 'rows');
  named(refused!, 'refused');
  numbers(rows!, 'rows');
  for (const [file, reasons] of Object.entries(refused!)) {
    numbers(members(reasons, `refused.${file}`), `refused.${file}`);
  }
  for (const [currency, sums] of Object.entries(money!)) {
    const { debit, credit } = members(sums, `movements_minor_units.${currency}`);
    numbers({ debit, credit }, `movements_minor_units.${currency}`);
  }
  return parsed as Control;
}

const fail = (why: string): never => {
  throw new ExtractError(FILE, 0, 'control', { why });
};

function members(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(`${what}: expected an object`);
  return value as Record<string, unknown>;
}

function numbers(group: Record<string, unknown>, what: string): void {
  for (const [name, value] of Object.entries(group)) {
    if (!Number.isSafeInteger(value)) fail(`${what}.${name}: expected a whole number`);
  }
}

/** Decimals of a currency's minor unit; two for one the municipality keeps no accounts in. */
export const decimalsOf = (currency: string): number =>
  Object.hasOwn(DECIMALS, currency) ? DECIMALS[currency as keyof typeof DECIMALS] : 2;

/** Every refusal and every sum, either way. */
export function compareWithControl(control: Control, refused: Refusals, totals: Totals): Difference[] {
  const differences: Difference[] = [];
  const compare = (what: string, expected: string, actual: string) => {
    if (expected !== actual) differences.push({ what, expected, actual });
  };
  for (const file of FILE_NAMES) {
    const [expected, actual] = [new Map(entries(control.refused[file])), new Map(entries(refused[file]))];
    for (const reason of new Set([...expected.keys(), ...actual.keys()])) {
      compare(`${file} refused: ${reason}`, String(expected.get(reason) ?? 0), String(actual.get(reason) ?? 0));
    }
  }
  const [expected, actual] = [new Map(entries(control.movements_minor_units)), new Map(entries(totals))];
  for (const currency of new Set([...expected.keys(), ...actual.keys()])) {
    const scale = 10n ** BigInt(decimalsOf(currency) - 2);
    for (const side of ['debit', 'credit'] as const) {
      const wanted = BigInt(expected.get(currency)?.[side] ?? 0) * scale;
      compare(`movements ${currency} ${side}`, String(wanted), actual.get(currency)?.[side] ?? '0');
    }
  }
  return differences;
}

const entries = <T>(group: Record<string, T> | undefined): [string, T][] => Object.entries(group ?? {});
