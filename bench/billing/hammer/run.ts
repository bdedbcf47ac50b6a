/** 64 clients, 20,000 acts, five kills unless told otherwise. See ../README.md. */
import { parseArgs } from 'node:util';
import { temporaryDatabase } from '@libs/testing';
import { hammer } from './hammer';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '64' },
    operations: { type: 'string', default: '20000' },
    kills: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
  },
});
const [clients, operations, kills, seed] = (['clients', 'operations', 'kills', 'seed'] as const).map((name) =>
  Number(values[name]),
) as [number, number, number, number];

async function main(): Promise<void> {
  const database = await temporaryDatabase();
  try {
    const {
      wrong,
      told,
      kills: killed,
      seconds,
    } = await hammer({ url: database.url, clients, operations, kills, seed });
    const accepted = told.payments.filter(({ serial }) => serial !== null);
    const undone = accepted.filter((payment) => payment.undone > 0);
    console.log(
      `${operations} acts of ${clients} clients in ${seconds.toFixed(0)} s, server killed ${killed} times: ` +
        `${accepted.length} payments taken, ${undone.length} of them undone, ${told.shifts} shifts, ${told.deposits} deposits`,
    );
    console.log('refused:', Object.fromEntries([...told.refusals].sort(([, a], [, b]) => b - a)));
    for (const each of wrong) console.log('WRONG:', each);
    console.log(wrong.length === 0 ? 'The books hold.' : `${wrong.length} wrongs.`);
    process.exitCode = wrong.length === 0 ? 0 : 1;
  } finally {
    await database.drop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
