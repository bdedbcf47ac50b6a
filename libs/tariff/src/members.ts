import { daysBetween, type LocalDate } from '@libs/calendar';
import { parseDecimal } from './decimal';
import type { FaultCode, Faults, Values } from './faults';

export interface Form {
  readonly pattern: RegExp;
  readonly example: string;
}

const ANY: Form = { pattern: /^/, example: '' };

/**
 * Reads the members of a JSON object one by one and tells what is wrong with each; a wrong one is null.
 * `done` tells of those that nobody asked for.
 */
export class Members {
  private readonly asked = new Set<string>();

  private constructor(
    private readonly json: Record<string, unknown>,
    readonly pointer: string,
    private readonly faults: Faults,
  ) {}

  static of(json: unknown, pointer: string, faults: Faults): Members | null {
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) {
      return new Members(json as Record<string, unknown>, pointer, faults);
    }
    faults.add('not-object', pointer);
    return null;
  }

  has(name: string): boolean {
    this.asked.add(name);
    return Object.hasOwn(this.json, name) && this.json[name] !== undefined;
  }

  /** Neither absent nor null. */
  given(name: string): boolean {
    return this.has(name) && this.json[name] !== null;
  }

  object(name: string): Members | null {
    return this.needed(name) ? Members.of(this.json[name], this.at(name), this.faults) : null;
  }

  /** Not empty. */
  list(name: string): unknown[] | null {
    if (!this.needed(name)) return null;
    const value = this.json[name];
    if (Array.isArray(value) && value.length > 0) return value;
    return this.wrong(name, 'not-list');
  }

  text(name: string, { pattern, example }: Form = ANY): string | null {
    if (!this.needed(name)) return null;
    const value = this.json[name];
    if (typeof value !== 'string') return this.wrong(name, 'not-text');
    return pattern.test(value) ? value : this.wrong(name, 'wrong-form', { value: JSON.stringify(value), example });
  }

  date(name: string): LocalDate | null {
    const value = this.text(name);
    if (value === null) return null;
    try {
      daysBetween(value, value);
      return value;
    } catch {
      return this.wrong(name, 'no-such-date', { value });
    }
  }

  decimal(name: string, decimals: number): number | null {
    const value = this.text(name);
    if (value === null) return null;
    const parsed = parseDecimal(value, decimals);
    return parsed.ok ? parsed.value : this.wrong(name, parsed.code, { value, most: decimals });
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | null {
    if (!this.needed(name)) return null;
    const value = this.json[name] as T;
    return values.includes(value) ? value : this.unknown(name, value, values);
  }

  /** A whole number ≥ 1, or one of `values`. */
  countOr<T extends string>(name: string, values: readonly T[]): number | T | null {
    const value = this.json[name];
    if (!this.has(name) || typeof value !== 'number') return this.oneOf(name, values);
    if (!Number.isInteger(value) || value > 10_000) return this.unknown(name, value, values);
    return value >= 1 ? value : this.wrong(name, 'not-positive', { value });
  }

  done(): void {
    for (const name of Object.keys(this.json)) if (!this.asked.has(name)) this.wrong(name, 'unknown-member');
  }

  wrong(name: string, code: FaultCode, values?: Values): null {
    this.faults.add(code, this.at(name), values);
    return null;
  }

  private unknown(name: string, value: unknown, values: readonly string[]): null {
    return this.wrong(name, 'unknown-value', { value: JSON.stringify(value), expected: values.join(' ') });
  }

  private needed(name: string): boolean {
    if (this.has(name)) return true;
    this.wrong(name, 'missing');
    return false;
  }

  private at(name: string): string {
    return `${this.pointer}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`;
  }
}
