/**
 * Search behind the page, on a register of any size: from the last keystroke until its hits are painted, and the request in it.
 * node bench/web/search.mjs --truth DIR (--db URL | --url http://HOST:PORT) [--questions 200] [--seed 1]
 */
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { latency, markdown } from '../matching/search/measures.mjs';
import { startServer } from '../matching/search/product.mjs';
import { drawPersons } from '../matching/search/questions.mjs';
import { inBrowser } from './browser.mjs';

const WARM_UP = 20;
const KINDS = ['as-on-id', 'typo', 'short-3', 'short-2', 'id'];

const { values: options } = parseArgs({
  options: {
    truth: { type: 'string' },
    db: { type: 'string' },
    url: { type: 'string' },
    user: { type: 'string', default: 'clerk' },
    password: { type: 'string', default: 'Nablus-2026-demo' },
    questions: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
});
if (!options.truth || !(options.db || options.url)) {
  console.error('usage: search.mjs --truth DIR (--db URL | --url http://HOST:PORT)');
  process.exit(1);
}

/** In the page: when something was typed, and when what stands below the box has been painted, with whether it is its answer. */
const WATCH = `(() => {
  const painted = [];
  let typed = 0;
  addEventListener('input', () => { typed = performance.now(); painted.length = 0; }, true);
  new MutationObserver(() => requestAnimationFrame(() => {
    const answered = !document.querySelector('.behind') && !document.querySelector('input[type=search]')
      ?.closest('.mantine-Input-wrapper')?.querySelector('.mantine-Loader-root');
    setTimeout(() => answered && painted.push(performance.now()));
  })).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  globalThis.searchTimes = () => {
    const request = performance.getEntriesByType('resource').filter(({ name, startTime }) =>
      name.endsWith('/citizens/search') && startTime >= typed).at(-1);
    const at = request && painted.find((time) => time >= request.responseEnd);
    return at ? { all: at - typed, pause: request.startTime - typed, request: request.duration, rest: at - request.responseEnd } : null;
  };
})()`;

async function main(url) {
  const count = Math.ceil((Number(options.questions) + WARM_UP) / KINDS.length);
  const persons = await drawPersons(resolve(options.truth), count, Number(options.seed));
  const questions = persons.flatMap((person) => KINDS.map((kind) => ({ kind, text: person.questions[kind] })));
  await inBrowser(async (page) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.addInitScript(WATCH);
    await page.goto(`${url}/counter`);
    await page.locator('input[autocomplete=username]').fill(options.user);
    await page.locator('input[autocomplete=current-password]').fill(options.password);
    await page.keyboard.press('Enter');
    const box = page.locator('input[type=search]');
    await box.waitFor();
    const times = [];
    for (const { kind, text } of questions) {
      await page.evaluate('performance.clearResourceTimings()');
      await box.fill(text);
      const answer = await page.waitForFunction(() => globalThis.searchTimes(), undefined, { timeout: 30_000 });
      times.push({ kind, ...(await answer.jsonValue()) });
    }
    report(times.slice(WARM_UP));
  });
}

function report(times) {
  const of = (what, list, name) => ({ what, ...latency(list.map((each) => each[name])) });
  console.log(`${times.length} questions, times in ms, load ${loadavg()[0].toFixed(1)}\n`);
  const rows = [
    of('request', times, 'request'),
    of('answer → painted', times, 'rest'),
    ...KINDS.map((kind) =>
      of(
        `request, ${kind}`,
        times.filter((each) => each.kind === kind),
        'request',
      ),
    ),
    of('the pause that is waited for', times, 'pause'),
    of('last keystroke → painted', times, 'all'),
  ];
  rows.unshift({ what: 'settled → painted', ...latency(times.map(({ request, rest }) => request + rest)) });
  console.log(markdown(rows));
}

const server = options.url ? { url: options.url, stop() {} } : await startServer(options.db);
try {
  await main(server.url);
} finally {
  server.stop();
}
