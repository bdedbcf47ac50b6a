/** node bench/web/first-load.mjs URL [RUNS]: the counter from an empty cache until its login can be typed into. */
import { inBrowser } from './browser.mjs';

const [url = 'http://127.0.0.1:3000/counter', runs = '7'] = process.argv.slice(2);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function once(page, throttle) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  const scripts = [];
  page.on('requestfinished', (request) => request.resourceType() === 'script' && scripts.push(request.sizes()));
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator('input[autocomplete=username]:focus').waitFor();
  const interactive = await page.evaluate('performance.now()');
  // What lies behind the login is loaded once the login stands.
  await page.waitForLoadState('networkidle');
  const bytes = (await Promise.all(scripts)).reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
  return { interactive, bytes };
}

for (const throttle of [1, 4]) {
  const measured = [];
  for (let run = 0; run < Number(runs); run++) measured.push(await inBrowser((page) => once(page, throttle)));
  const times = measured.map(({ interactive }) => interactive);
  console.log(
    `CPU ÷ ${throttle}: interactive after ${Math.round(median(times))} ms (${Math.round(Math.min(...times))} to ` +
      `${Math.round(Math.max(...times))}), ${Math.round(measured[0].bytes / 1024)} KB of compressed JavaScript`,
  );
}
