import 'reflect-metadata';
import { resolve } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { callersFolder, ConfigError, processConfig } from '@libs/config';
import { Problem, problemKind } from '@libs/http';
import { Leases } from '@libs/outbox';
import { DatabaseUrlError, isUnreachable } from '@libs/persistence';
import { AppModule } from './app.module';
import { createApp } from './bootstrap';
import { Proofs, TakeOvers } from './billing';
import { CitizenSearch, RegisterMatch } from './citizens';
import { FileError } from './citizens/file-error';
import { addMatchingCommands } from './citizens/matching-cli';
import { createAdministrator } from './identity';
import { ControlDifference, ExtractError, IMPORT_LEASE, LegacyImporter, type ImportOutcome } from './legacy';
import { WaterTakeOvers } from './water';
import { migrate, requireMigrated } from './migrate';
import { openApiDocument } from './openapi';

const program = new Command('baladiya').description('Baladiya (بلدية): the e-municipality ERP');

/** Runs `work` on the application without HTTP, schedules or outbox; the log goes to standard error. */
async function withApp<T>(work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  const config = processConfig({ ROLE: 'api' });
  await (config.nodeEnv === 'production' ? requireMigrated : migrate)(config.databaseUrl);
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), {
    logger: ['error', 'fatal'],
    abortOnError: false,
  });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

const print = (value: unknown) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
const path = (given: string) => resolve(callersFolder(), given);

function count(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1');
  return Number(text);
}

program
  .command('migrate')
  .description('bring the database up to date')
  .action(async () => {
    const ran = await migrate(processConfig().databaseUrl);
    console.log(ran.length > 0 ? ran.join('\n') : 'up to date');
  });

program
  .command('openapi')
  .description('print the OpenAPI document')
  .action(async () => {
    const app = await createApp(processConfig({ ROLE: 'api', LOG_LEVEL: 'silent' }));
    await app.init();
    print(openApiDocument(app));
    await app.close();
  });

const legacy = program.command('legacy').description('the mirror of the old systems');

legacy
  .command('import')
  .argument('<dir>', 'folder of the extract')
  .option('--json', 'print the outcome as JSON')
  .description('take in a full extract; 2: the extract cannot be read, 3: its control totals differ')
  .action(async (dir: string, { json }: { json?: boolean }) => {
    const bar =
      !json && process.stderr.isTTY ? new SingleBar({ format: '{file} [{bar}] {percentage}% {value}/{total}' }) : null;
    let current = '';
    try {
      const outcome = await withApp((app) =>
        app.get(LegacyImporter).import(path(dir), {
          trigger: 'CLI',
          onProgress: ({ file, done, total }) => {
            if (file !== current) bar?.start(total, done, { file: (current = file).padEnd(10) });
            bar?.update(done);
          },
        }),
      );
      bar?.stop();
      if (json) print(outcome);
      else report(outcome);
    } catch (error) {
      bar?.stop();
      if (error instanceof ControlDifference && json) print(error.outcome);
      throw error;
    }
  });

function report({ run, files, totals, seconds }: ImportOutcome): void {
  console.table(files);
  console.table(totals);
  console.log(`run ${run}: ${seconds} s`);
}

const citizens = program.command('citizens').description('the register');

citizens
  .command('search')
  .argument('<text>', 'name, ID, phone or number')
  .option('--limit <n>', 'hits at most', count, 20)
  .option('--json', 'print JSON')
  .description('find the rows of a person')
  .action(async (text: string, { limit, json }: { limit: number; json?: boolean }) => {
    const hits = await withApp((app) => app.get(CitizenSearch).rows(text, { limit }));
    if (json) print(hits);
    else {
      const lines = hits.map(({ citNo, name, docNo, score, why }) => {
        return { citNo, name, docNo, score, why: why.map(({ en }) => en).join('; ') };
      });
      console.table(lines);
    }
  });

citizens
  .command('reindex')
  .description('build the search index again')
  .action(async () => {
    const rebuilt = await withApp((app) =>
      app.get(Leases).once(IMPORT_LEASE, 60, () => app.get(CitizenSearch).rebuild()),
    );
    if (!rebuilt) throw new Problem('legacy.import-running');
    console.log(`${rebuilt.result} rows`);
  });

citizens
  .command('propose')
  .option('--json', 'print the run as JSON')
  .description('match all rows and propose OneRecords to the clerks')
  .action(async ({ json }: { json?: boolean }) => {
    const bar = !json && process.stderr.isTTY ? new SingleBar({ format: '{stage} [{bar}] {percentage}%' }) : null;
    bar?.start(1, 0, { stage: '' });
    const onProgress = ({ stage, done, total }: { stage: string; done: number; total: number }) => {
      bar?.setTotal(total);
      bar?.update(done, { stage: stage.padEnd(7) });
    };
    const matched = withApp((app) => app.get(RegisterMatch).run({ trigger: 'CLI', onProgress }));
    const run = await matched.finally(() => bar?.stop());
    if (json) print(run);
    else
      console.log(`${run.citizens} rows, ${run.sure} sure, ${run.likely} likely and ${run.look} weak proposals open`);
  });

const billing = program.command('billing').description('the books');

billing
  .command('take-over')
  .option('--json', 'print the run as JSON')
  .description('bring accounts and opening balances up to the newest extract; 3: the books differ from the mirror')
  .action(async ({ json }: { json?: boolean }) => {
    const bar = !json && process.stderr.isTTY ? new SingleBar({ format: 'services [{bar}] {percentage}%' }) : null;
    bar?.start(1, 0);
    const onProgress = (done: number, total: number) => {
      bar?.setTotal(total);
      bar?.update(done);
    };
    const run = await withApp((app) => app.get(TakeOvers).run(onProgress)).finally(() => bar?.stop());
    if (json) print(run);
    else console.log(`${run.state}: ${run.accounts} accounts opened, ${run.movements} movements taken over`);
    if (run.state === 'FAILED') process.exitCode = 3;
  });

billing
  .command('proof')
  .option('--json', 'print the proof as JSON')
  .description('prove that every rule of the books holds; 3: one does not')
  .action(async ({ json }: { json?: boolean }) => {
    const proof = await withApp((app) => app.get(Proofs).run('CLI'));
    if (json) print(proof);
    else {
      console.log(`${proof.state}: ${proof.postings} postings, ${proof.accounts} accounts`);
      for (const { check, count, examples } of proof.findings) {
        console.log(`${check}: ${count}, first ${examples[0]!.id}`);
      }
    }
    if (proof.state === 'BROKEN') process.exitCode = 3;
  });

program
  .command('water')
  .description('water subscriptions, meters, readings')
  .command('take-over')
  .option('--until <period>', 'last month whose readings are history, such as 2018-01; later ones are captured here')
  .option('--json', 'print the run as JSON')
  .description('open subscriptions, meters and readings of the newest extract, after billing take-over')
  .action(async ({ until, json }: { until?: string; json?: boolean }) => {
    const run = await withApp((app) => app.get(WaterTakeOvers).run({ ...(until !== undefined && { until }) }));
    if (json) print(run);
    else {
      console.log(`${run.state}: ${run.subscriptions} subscriptions, ${run.meters} meters, ${run.readings} readings`);
      for (const { subscription, reason } of run.exceptions ?? []) console.log(`${subscription}: ${reason}`);
    }
    if (run.state === 'FAILED') process.exitCode = 3;
  });

addMatchingCommands(program, citizens, path);

program
  .command('users')
  .description('staff')
  .command('create-admin')
  .argument('<username>')
  .argument('<display-name>')
  .description('create an administrator; the password is read from standard input')
  .action(async (username: string, displayName: string) => {
    let password = '';
    for await (const chunk of process.stdin) password += String(chunk);
    await withApp((app) =>
      createAdministrator(app, { username, displayName, password: password.replace(/\r?\n$/, '') }),
    );
    console.log(`created ${username}`);
  });

program.parseAsync().catch((error: unknown) => {
  console.error(wordsOf(error));
  process.exit(error instanceof ExtractError ? 2 : error instanceof ControlDifference ? 3 : 1);
});

/** A sentence for what the caller can mend; the whole error for what nobody foresaw. */
function wordsOf(error: unknown): unknown {
  const foreseen = [ConfigError, DatabaseUrlError, ExtractError, ControlDifference, FileError].some(
    (kind) => error instanceof kind,
  );
  if (foreseen || isUnreachable(error)) return (error as Error).message;
  if (!(error instanceof Problem)) return error;
  const fields = error.details.errors?.map(({ pointer, code }) => `\n  ${pointer}: ${code}`).join('') ?? '';
  return `${problemKind(error.code).en} (${error.code})${fields}`;
}
