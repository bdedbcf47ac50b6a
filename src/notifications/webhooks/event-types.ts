/** A kind of event that other systems can be told of: its data's shape is `T`. */
export interface EventType<T> {
  /** Reverse domain name, as CloudEvents asks for: `ps.nablus.billing.payment-received`. */
  readonly name: string;
  readonly about: { ar: string; en: string };
  readonly data?: T;
}

const PREFIX = 'ps.nablus';
const types = new Map<string, EventType<unknown>>();

/**
 * Declares a kind of event. Its data carries ids, codes and amounts and no more of a person than that: whoever may know
 * more asks the API for it.
 * @param name `module.what`
 */
export function defineEvent<T extends Record<string, unknown>>(
  name: string,
  about: { ar: string; en: string },
): EventType<T> {
  const type: EventType<T> = { name: `${PREFIX}.${name}`, about };
  if (types.has(type.name)) throw new Error(`event ${type.name} is defined twice`);
  types.set(type.name, type);
  return type;
}

export const eventTypes = (): ReadonlyMap<string, EventType<unknown>> => types;
