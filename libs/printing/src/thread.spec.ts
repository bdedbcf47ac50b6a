import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { Thread } from './thread';

const LIBRARY = join(__dirname, '..');

describe('Thread', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'printing-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Answers with its turn and what it was asked, and dies when told to. */
  const answering = (name: string): Thread<string, string> => {
    const file = join(folder, `${name}.js`);
    writeFileSync(
      file,
      `const { parentPort } = require('node:worker_threads');
       let turn = 0;
       parentPort.on('message', (asked) => {
         if (asked === 'exit') process.exit(3);
         if (asked === 'throw') throw new TypeError('thrown');
         parentPort.postMessage(++turn + asked);
       });`,
    );
    return new Thread(file);
  };

  it('answers in the order of the requests, all in one thread', async () => {
    const thread = answering('order');
    expect(await Promise.all(['a', 'b', 'c'].map((asked) => thread.ask(asked)))).toEqual(['1a', '2b', '3c']);
    expect(await thread.ask('d')).toBe('4d');
  });

  it('fails the request at which it dies, and works those behind it in a new one', async () => {
    const thread = answering('death');
    const asked = ['a', 'exit', 'b', 'throw', 'c'].map((request) => thread.ask(request));
    const outcomes = await Promise.allSettled(asked);
    expect(
      outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason.message)),
    ).toEqual(['1a', 'the thread ended with code 3', '1b', 'thrown', '1c']);
    expect(await thread.ask('d')).toBe('2d');
  });

  it('fails what cannot be sent or started, and goes on', async () => {
    const thread = answering('unsent') as Thread<unknown, string>;
    await expect(thread.ask(() => 1)).rejects.toThrow(/could not be cloned/);
    expect(await thread.ask('a')).toBe('1a');
    await expect(new Thread(join(folder, 'absent.js')).ask('a')).rejects.toThrow(/absent/);
  });

  it('renders off the main thread in the compiled library, and lets the process end', () => {
    const compiled = join(folder, 'libs', 'printing');
    mkdirSync(join(compiled, 'src'), { recursive: true });
    cpSync(join(LIBRARY, 'assets'), join(compiled, 'assets'), { recursive: true });
    symlinkSync(join(LIBRARY, '..', '..', 'node_modules'), join(folder, 'node_modules'));
    for (const name of readdirSync(__dirname).filter((each) => !each.endsWith('.spec.ts'))) {
      const { code } = transformSync(readFileSync(join(__dirname, name), 'utf8'), {
        module: { type: 'commonjs' },
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      });
      writeFileSync(join(compiled, 'src', name.replace(/ts$/, 'js')), code);
    }
    const script = `
      const { renderPdf, PrintingError } = require(${JSON.stringify(join(compiled, 'src'))});
      const sheet = (over) => ({ letterhead: { nameAr: 'بلدية', nameEn: 'Town' }, number: '1', state: 's', party: 'p', nameAr: 'n',
        legacyRows: [], services: [], transactions: [], printedBy: 'b', printedAt: '2026-11-24T08:00:00Z', ...over });
      const failure = (over) => renderPdf('one-record', sheet(over)).catch((error) => error);
      (async () => {
        const rendering = renderPdf('one-record', sheet());
        const broken = failure({ letterhead: { nameAr: '', nameEn: '', emblemSvg: 'no image' } });
        const unreadable = failure({ printedAt: 'now' });
        const pdf = await rendering;
        console.log(JSON.stringify({
          start: pdf.subarray(0, 5).toString(),
          buffer: Buffer.isBuffer(pdf),
          compilerHere: Object.keys(require.cache).some((file) => file.includes('typst')),
          broken: (await broken) instanceof PrintingError && (await broken).diagnostics.length,
          unreadable: (await unreadable) instanceof RangeError,
        }));
      })();`;
    expect(JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }))).toEqual({
      start: '%PDF-',
      buffer: true,
      compilerHere: false,
      broken: 1,
      unreadable: true,
    });
  });
});
