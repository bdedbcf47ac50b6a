import type { Schemas } from '../api/client';

type Source = Schemas['AudienceSourceView'];

/** Parameters as they are typed, by name. */
export type Typed = Readonly<Record<string, string | boolean>>;

/** Parameters of a kept notice, to be typed on. */
export const typedOf = (parameters: Record<string, unknown>): Typed =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? value : Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );

/** What was typed, as the source asks for it; what is empty is left out. */
export function parametersOf({ parameters }: Source, typed: Typed): Record<string, unknown> {
  const given = parameters.flatMap(({ name, kind }): [string, unknown][] => {
    const value = typed[name];
    if (value === undefined || value === false || (typeof value === 'string' && value.trim() === '')) return [];
    if (typeof value === 'boolean') return [[name, value]];
    const text = value.trim();
    const number = (part: string) => (/^\d+$/.test(part) ? Number(part) : part);
    if (kind === 'number') return [[name, number(text)]];
    if (kind === 'numbers') return [[name, text.split(/[,،\s]+/).map(number)]];
    return [[name, text]];
  });
  return Object.fromEntries(given);
}
