// Ratings a second of one core, and whether time grows with their number alone. See README.md.
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

const require = createRequire(import.meta.url);
require('../../test/support/register.cjs');
const { parseTariff, rate, rerate, TariffBook } = require('../../libs/tariff/src/index.ts');

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    rounds: { type: 'string', default: '3' },
  },
});
const rounds = Number(options.rounds);
const CLASSES = ['DOMESTIC', 'COMMERCIAL', 'INDUSTRIAL', 'TOURISM', 'INSTITUTIONAL', 'CAMP', 'CONSTRUCTION', 'BULK'];
const EDGES = ['0', '20', '40', '80', '120', null];

/** Three versions of each class; everything a bill can have, as `rules` change it. */
function bookOf(rules) {
  const versions = CLASSES.flatMap((each, k) =>
    ['2023-01-01', '2024-01-01', '2024-01-15'].map((from, version) => ({
      code: `${each}-${from}`,
      class: each,
      from,
      currency: 'ILS',
      blocks: {
        steps: ['5.5', '7.2', '9.5', '12', '13'].map((price, at) => ({
          over: EDGES[at],
          upTo: EDGES[at + 1],
          price: (Number(price) + k + version / 10).toFixed(2),
        })),
        ...rules.blocks,
      },
      fixed: { amount: String(17 + k + version) },
      ...rules.more,
    })),
  );
  return new TariffBook(versions.map(parseTariff));
}

const everything = {
  maintenance: { amount: '3' },
  sewer: { percent: '20', of: ['WATER'] },
  minimum: { amount: '25', of: ['WATER', 'FIXED'] },
  tax: { percent: '16', of: ['WATER', 'FIXED', 'MAINTENANCE', 'SEWER', 'MINIMUM'] },
  cap: { amount: '9000', of: ['WATER', 'FIXED', 'MAINTENANCE', 'SEWER', 'MINIMUM', 'TAX'] },
};
const MONTH = { from: '2024-03-01', to: '2024-03-31' };
const CASES = {
  'blocks and fee': { rules: {}, days: MONTH },
  everything: { rules: { more: everything }, days: MONTH },
  'everything, by days': {
    rules: { blocks: { per: 30 }, more: everything },
    days: { from: '2024-03-01', to: '2024-04-29' },
  },
  'the tariff changes inside': { rules: { more: everything }, days: { from: '2024-01-01', to: '2024-01-31' } },
  'rated again': { rules: { more: everything }, days: MONTH, again: true },
};

/** Anything from nothing to 160 m³, often less than more, in litres. */
const litresOf = (n) => ((n * 7919) % 400) * ((n * 104729) % 401);
const usage = (days, n) => ({
  ...days,
  class: CLASSES[n % CLASSES.length],
  size: 15,
  units: 1 + ((n >> 4) % 3 === 0 ? n % 5 : 0),
  litres: litresOf(n),
});

function measure({ rules, days, again }, count) {
  const book = bookOf(rules);
  const other = again && bookOf({ more: { ...everything, maintenance: { amount: '4' } } });
  let sum = 0;
  const before = process.cpuUsage();
  for (let n = 0; n < count; n++) {
    const rating = rate(book, usage(days, n));
    sum += again ? rerate([rating], other)[0].amount : rating.total;
  }
  const { user, system } = process.cpuUsage(before);
  return { sum, seconds: (user + system) / 1e6 };
}

const sizes = options.sizes.split(',').map(Number);
for (const each of Object.values(CASES)) measure(each, 20_000);
for (const [name, each] of Object.entries(CASES)) {
  for (const count of sizes) {
    const runs = Array.from({ length: rounds }, () => measure(each, count)).sort((a, b) => a.seconds - b.seconds);
    const { seconds, sum } = runs[rounds >> 1];
    const rate = Math.round(count / seconds).toLocaleString('en');
    console.log(
      `${name.padEnd(26)} ${String(count).padStart(8)} ${seconds.toFixed(2).padStart(7)} s ${rate.padStart(9)}/s  sum ${sum}`,
    );
  }
}
