import { type Currency, CURRENCIES, DECIMALS } from '@libs/money';
import { inOrder } from './charges';
import { LITRE_DECIMALS, PERCENT_DECIMALS, PRICE_DECIMALS } from './decimal';
import { Faults } from './faults';
import { Members } from './members';
import { type Amount, type Block, type Charge, type Component, COMPONENTS, type Per, type Tariff } from './tariff';

const CODE = { pattern: /^[\p{L}\p{N}][\p{L}\p{N} ./_-]{0,39}$/u, example: 'DOM-2024/01' };
const CLASS = { pattern: /^[A-Z][A-Z_]{0,29}$/, example: 'DOMESTIC' };
const APPROVAL = { pattern: /^\S.{0,199}$/u, example: '12/2024' };
const OPTIONAL = ['fixed', 'maintenance', 'sewer', 'minimum', 'tax', 'cap'] as const;
const RULES: Readonly<Record<(typeof OPTIONAL)[number], readonly ('amount' | 'percent' | 'price')[]>> = {
  fixed: ['amount'],
  maintenance: ['amount', 'percent', 'price'],
  sewer: ['amount', 'percent', 'price'],
  minimum: ['amount'],
  tax: ['percent'],
  cap: ['amount'],
};

/**
 * A tariff version from its JSON (`TariffData`), already parsed. Numbers are refused where a decimal is meant: a
 * price is text.
 * @throws {TariffError} with every fault found, `pointer` naming the member
 */
export function parseTariff(json: unknown): Tariff {
  const faults = new Faults();
  const root = Members.of(json, '', faults);
  const tariff = root && read(root, faults);
  faults.throwIfAny();
  return tariff!;
}

function read(root: Members, faults: Faults): Tariff {
  const head = {
    code: root.text('code', CODE)!,
    class: root.text('class', CLASS)!,
    sizes: root.given('sizes') ? sizesOf(root, faults) : null,
    from: root.date('from')!,
    until: root.given('until') ? root.date('until') : null,
    currency: root.oneOf('currency', CURRENCIES)!,
    approval: root.given('approval') ? root.text('approval', APPROVAL) : null,
  };
  if (head.from !== null && head.until !== null && head.until < head.from) {
    root.wrong('until', 'ends-before-start', { until: head.until, from: head.from });
  }
  const blocks = root.object('blocks');
  const charges = OPTIONAL.flatMap((name) =>
    root.given(name) ? (charge(root, name, head.currency, faults) ?? []) : [],
  );
  const tariff = {
    ...head,
    blocksPer: blocks ? perOf(blocks) : 'CYCLE',
    blocks: blocks ? blocksOf(blocks, faults) : [],
    charges: inOrder(charges, faults),
  };
  blocks?.done();
  root.done();
  return tariff;
}

function sizesOf(root: Members, faults: Faults): number[] {
  const sizes = root.list('sizes') ?? [];
  sizes.forEach((size, at) => {
    const pointer = `/sizes/${at}`;
    if (typeof size !== 'number' || !Number.isInteger(size)) faults.add('not-integer', pointer);
    else if (size < 1) faults.add('not-positive', pointer, { value: size });
    else if (sizes.indexOf(size) < at) faults.add('repeated-value', pointer, { value: size });
  });
  return sizes as number[];
}

const perOf = (members: Members): Per =>
  members.given('per') ? members.countOr('per', ['CYCLE', 'MONTH'] as const)! : 'CYCLE';

function blocksOf(blocks: Members, faults: Faults): Block[] {
  const steps = blocks.list('steps') ?? [];
  let reached: number | null = 0;
  let reachedText = '0';
  return steps.flatMap((step, at) => {
    const members = Members.of(step, `${blocks.pointer}/steps/${at}`, faults);
    if (!members) return [];
    const last = at === steps.length - 1;
    const price = members.decimal('price', PRICE_DECIMALS);
    const over = members.decimal('over', LITRE_DECIMALS);
    const ended = !members.has('upTo') || members.given('upTo');
    const upTo = ended ? members.decimal('upTo', LITRE_DECIMALS) : null;
    members.done();
    if (ended && upTo !== null && last) members.wrong('upTo', 'last-block-ended');
    if (!ended && !last) members.wrong('upTo', 'block-unended');
    if (over !== null && reached !== null && over !== reached) {
      const values = { over: String((step as { over: string }).over), upTo: reachedText };
      members.wrong('over', over > reached ? 'block-gap' : 'block-overlap', values);
    }
    if (over !== null && upTo !== null && upTo <= over) members.wrong('upTo', 'block-empty');
    reached = upTo;
    reachedText = String((step as { upTo: string }).upTo);
    return [{ over: over!, upTo, price: price! }];
  });
}

function charge(root: Members, name: (typeof OPTIONAL)[number], currency: Currency, faults: Faults): Charge | null {
  const members = root.object(name);
  if (!members) return null;
  const component = name.toUpperCase() as Component;
  const limit = component === 'MINIMUM' || component === 'CAP';
  const rule = RULES[name].find((each) => members.has(each)) ?? RULES[name][0]!;
  const read = (): Charge => {
    if (rule === 'price') return { component, rule: 'PRICE', price: members.decimal('price', PRICE_DECIMALS)! };
    if (rule === 'percent') {
      const percent = members.decimal('percent', PERCENT_DECIMALS)!;
      return { component, rule: 'PERCENT', percent, of: basesOf(members, faults) };
    }
    const amount = amountOf(members, currency);
    if (!limit) return { component, rule: 'AMOUNT', ...amount };
    return { component, rule: component === 'CAP' ? 'AT_MOST' : 'AT_LEAST', ...amount, of: basesOf(members, faults) };
  };
  const charge = read();
  members.done();
  return charge;
}

const amountOf = (members: Members, currency: Currency | null): Amount => ({
  // Where the currency is wrong, decimals are not told of as well.
  amount: members.decimal('amount', DECIMALS[currency ?? 'JOD'])!,
  per: perOf(members),
  each: members.given('each') ? members.oneOf('each', ['METER', 'UNIT'])! : 'METER',
});

function basesOf(members: Members, faults: Faults): Component[] {
  const bases = members.list('of') ?? [];
  bases.forEach((base, at) => {
    const pointer = `${members.pointer}/of/${at}`;
    if (!COMPONENTS.includes(base as Component)) {
      faults.add('unknown-value', pointer, { value: JSON.stringify(base), expected: COMPONENTS.join(' ') });
    } else if (bases.indexOf(base) < at) faults.add('repeated-value', pointer, { value: String(base) });
  });
  return bases.filter((base): base is Component => COMPONENTS.includes(base as Component));
}
