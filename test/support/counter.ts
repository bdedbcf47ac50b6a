import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { loadDemo } from '../../src/demo';
import { DEMO_PASSWORD } from '../../src/identity';
import { startTestApp } from './app';
import { startBrowser } from './browser';

const BUILT = join(__dirname, '../../dist/web/index.html');
/** Of what moves, but for what moves for ever. */
const SETTLED = `Promise.allSettled(
  document.getAnimations().filter(({ effect }) => effect.getTiming().iterations !== Infinity).map(({ finished }) => finished))`;
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export type Counter = Awaited<ReturnType<typeof startCounter>>;
type Language = 'ar' | 'en';

const LOGIN = {
  ar: { username: 'اسم المستخدم', password: 'كلمة المرور', submit: 'دخول' },
  en: { username: 'User name', password: 'Password', submit: 'Log in' },
};

/** A text of the screen, whose values stand between isolates. */
export const isolated = (...parts: (string | number)[]): RegExp =>
  new RegExp(`^${parts.map((part) => `.?${String(part).replaceAll('.', '\\.')}.?`).join(' ')}$`);

/** The application with its screen, and Chromium in front of it. `demo` loads the demo's register as well. */
export async function startCounter(settings: Record<string, string> = {}, demo = false) {
  if (!existsSync(BUILT)) throw new Error('The counter is not built: npm run build:web');
  const app = await startTestApp({ ROLE: 'all', ...settings });
  if (demo) await loadDemo(app.app);
  await app.app.listen(0, '127.0.0.1');
  const url = `${await app.app.getUrl()}/counter`;
  const browser = await startBrowser();
  const { page, errors } = browser;
  await page.setViewportSize({ width: 1280, height: 800 });

  return {
    app,
    page,
    url,
    browser,

    /** Logs in on the page; another user's session of this page is left behind. */
    async login(username: string, language: Language = 'ar', on: Page = page): Promise<void> {
      // A page of the same origin that is not the counter: what the last user left in the tab is cleared there.
      await on.goto(`${new URL(url).origin}/health/live`);
      await on.evaluate(
        `sessionStorage.clear(); localStorage.setItem('baladiya.preferences', '{"language":"${language}"}')`,
      );
      await on.goto(url);
      const texts = LOGIN[language];
      await on.getByLabel(texts.username).fill(username);
      await on.getByRole('textbox', { name: texts.password }).fill(DEMO_PASSWORD);
      await on.getByRole('button', { name: texts.submit }).click();
      await on.getByRole('navigation').first().waitFor();
    },

    /** Serious and critical findings of axe on the page once what fades in or out has done so, each with where it is. */
    async findings(on: Page = page): Promise<string[]> {
      await on.evaluate(AXE);
      await on.evaluate(SETTLED);
      const { violations } = (await on.evaluate('axe.run({ resultTypes: ["violations"] })')) as {
        violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[];
      };
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
        );
    },

    /** At the counter's size and a tablet's, into the folder that SCREENSHOTS names. */
    async shots(name: string, on: Page = page): Promise<void> {
      const folder = process.env.SCREENSHOTS;
      if (!folder || !existsSync(folder)) return;
      await on.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
      await on.setViewportSize({ width: 820, height: 1180 });
      await on.screenshot({ path: join(folder, `${name}-tablet.png`), animations: 'disabled' });
      await on.setViewportSize({ width: 1280, height: 800 });
    },

    /** A page for the eye, on which axe finds nothing serious. */
    async look(name: string): Promise<void> {
      await this.shots(name);
      expect(await this.findings()).toEqual([]);
    },

    /** What the page complained of, but refusals that a test asked for. */
    complaints: () => errors.filter((text) => !/status of 4\d\d/.test(text)),

    async close(): Promise<void> {
      await browser.close();
      await app.close();
    },
  };
}
