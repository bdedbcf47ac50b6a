import { Injectable } from '@nestjs/common';
import { invalidField } from '@libs/http';
import type { Address } from '../messages/addresses';

/** Somebody to write to, once. */
export type AudienceMember = Address;

export interface AudiencePage {
  members: AudienceMember[];
  /** Where the next page begins; null after the last. */
  next: string | null;
}

export interface AudienceParameter {
  name: string;
  /** `amount`: as people write it, `2000.50`; its source knows the currency. */
  kind: 'text' | 'number' | 'flag' | 'numbers' | 'amount';
  required: boolean;
  /** What may be said, where that is a closed list. */
  values?: readonly string[];
  about: { ar: string; en: string };
}

export type AudienceParameters = Readonly<Record<string, unknown>>;

/** People by a rule, as a module knows them: each once, in an order that stays, however many there are. */
export interface AudienceSource {
  /** `module.what` */
  readonly code: string;
  readonly about: { ar: string; en: string };
  readonly parameters: readonly AudienceParameter[];
  /** @throws {Problem} http.invalid for parameters that make no sense beyond their shape */
  check?(parameters: AudienceParameters): Promise<void>;
  /** @param after {@link AudiencePage.next} of the page before; null for the first */
  page(parameters: AudienceParameters, after: string | null, limit: number): Promise<AudiencePage>;
}

/** Where audiences of public notices come from; modules register theirs while the application starts. */
@Injectable()
export class AudienceSources {
  private readonly sources = new Map<string, AudienceSource>();

  register(source: AudienceSource): void {
    if (this.sources.has(source.code)) throw new Error(`audience ${source.code} is registered twice`);
    this.sources.set(source.code, source);
  }

  all(): AudienceSource[] {
    return [...this.sources.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  }

  require(code: string): AudienceSource {
    const source = this.sources.get(code);
    if (!source) throw new Error(`no audience ${code}`);
    return source;
  }

  /** @throws {Problem} http.invalid at `/audience/…` */
  async check(code: string, given: Record<string, unknown>): Promise<void> {
    const source = this.sources.get(code);
    if (!source) throw invalidField('/audience/source', 'unknown');
    for (const name of Object.keys(given)) {
      if (!source.parameters.some((each) => each.name === name))
        throw invalidField(`/audience/parameters/${name}`, 'unknown');
    }
    for (const { name, kind, required, values } of source.parameters) {
      const pointer = `/audience/parameters/${name}`;
      const value = given[name];
      if (value === undefined && required) throw invalidField(pointer, 'required');
      if (value === undefined) continue;
      if (!isOfKind[kind](value)) throw invalidField(pointer, kind);
      if (values && !values.includes(value as string)) throw invalidField(pointer, 'isIn');
    }
    await source.check?.(given);
  }
}

const MOST_NUMBERS = 5000;
const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown): boolean => typeof value === 'string' && value.length > 0 && value.length <= 100;
const isOfKind: Record<AudienceParameter['kind'], (value: unknown) => boolean> = {
  text: isText,
  amount: isText,
  number: isWhole,
  flag: (value) => typeof value === 'boolean',
  numbers: (value) =>
    Array.isArray(value) && value.length > 0 && value.length <= MOST_NUMBERS && value.every((each) => isWhole(each)),
};
