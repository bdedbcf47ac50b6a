import type { Faults } from './faults';
import { type Charge, type Component, COMPONENTS } from './tariff';

const isOf = (charge: Charge): readonly Component[] => ('of' in charge ? charge.of : []);
const pointerOf = (component: Component) => `/${component.toLowerCase()}/of`;

/**
 * The charges in the order of calculation: as {@link COMPONENTS} has them, but none before what it is of. Refuses
 * what could not be calculated, and what could make more water cost less: a percentage of a top-up or of a cap without
 * what these are of, and a minimum and a cap that do not know of one another.
 */
export function inOrder(charges: readonly Charge[], faults: Faults): Charge[] {
  for (const charge of charges) {
    for (const base of isOf(charge)) {
      const named = charges.find(({ component }) => component === base);
      if (!named && base !== 'WATER') faults.add('unknown-base', pointerOf(charge.component), { value: base });
      const missing = named?.rule === 'AT_LEAST' || named?.rule === 'AT_MOST' ? lacking(charge, named) : [];
      if (missing.length > 0) {
        faults.add('incomplete-base', pointerOf(charge.component), { value: base, missing: missing.join(' ') });
      }
    }
  }
  const [minimum, cap] = [charges.find(isMinimum), charges.find(isCap)];
  if (minimum && cap && isOf(minimum).some((base) => isOf(cap).includes(base))) {
    if (!isOf(minimum).includes('CAP') && !isOf(cap).includes('MINIMUM')) faults.add('limits-meet', '/cap/of');
  }
  return faults.any ? [] : sorted(charges, faults);
}

const isMinimum = ({ rule }: Charge) => rule === 'AT_LEAST';
const isCap = ({ rule }: Charge) => rule === 'AT_MOST';
const lacking = (charge: Charge, limit: Charge) => isOf(limit).filter((base) => !isOf(charge).includes(base));

function sorted(charges: readonly Charge[], faults: Faults): Charge[] {
  const done = new Set<Component>(['WATER']);
  const order: Charge[] = [];
  const waiting = COMPONENTS.flatMap((each) => charges.filter(({ component }) => component === each));
  while (waiting.length > 0) {
    const next = waiting.findIndex((charge) => isOf(charge).every((base) => done.has(base)));
    if (next < 0) {
      const { component } = waiting[0]!;
      faults.add('circular-base', pointerOf(component), { value: component });
      return [];
    }
    const [charge] = waiting.splice(next, 1);
    done.add(charge!.component);
    order.push(charge!);
  }
  return order;
}
