import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_PASSWORD } from '../../src/identity';
import type { TestApp } from './app';
import { startBrowser } from './browser';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const WIDE = { width: 1280, height: 800 };
const TABLET = { width: 820, height: 1180 };

export type CounterPage = Awaited<ReturnType<typeof openCounter>>;

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

/** The counter in a browser, served by the application and at its time. */
export async function openCounter(app: TestApp) {
  await app.app.listen(0, '127.0.0.1');
  const url = `${await app.app.getUrl()}/counter`;
  const browser = await startBrowser();
  const { page, errors } = browser;
  await page.setViewportSize(WIDE);
  await page.clock.setFixedTime(app.clock.now());
  const shots = process.env.SCREENSHOTS;
  if (shots) mkdirSync(shots, { recursive: true });

  return {
    page,
    errors,
    url,

    /** Begins anew as a user, in a language. */
    async login(username: string, language: 'ar' | 'en' = 'ar') {
      await page.goto(`${url}/`);
      await page.evaluate(
        (chosen) => {
          sessionStorage.clear();
          localStorage.setItem('baladiya.preferences', JSON.stringify({ language: chosen, digits: 'latin' }));
        },
        language,
      );
      // Written once more when the page is left: see the session.
      await page.goto('about:blank');
      await page.goto(`${url}/`);
      await page.evaluate(() => sessionStorage.clear());
      const form = page.getByRole('textbox').first();
      await form.fill(username);
      await page.locator('input[type=password]').fill(DEMO_PASSWORD);
      await page.keyboard.press('Enter');
      await page.getByRole('navigation').first().waitFor({ state: 'attached' });
    },

    /** Within the page, so that the session goes on. */
    go: (path: string) =>
      page.evaluate((to) => {
        history.pushState(null, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
      }, `/counter${path}`),

    /** Pictures to be looked at, of a desk and of a tablet, where SCREENSHOTS names a folder. */
    async shot(name: string) {
      if (!shots) return;
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: join(shots, `${name}.png`) });
      await page.setViewportSize(TABLET);
      await page.screenshot({ path: join(shots, `${name}-tablet.png`) });
      await page.setViewportSize(WIDE);
    },

    /** What axe calls serious or critical. */
    async faults(): Promise<string[]> {
      await page.evaluate(AXE);
      const found = await page.evaluate(
        () => (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe.run(),
      );
      return found.violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
    },

    close: () => browser.close(),
  };
}
