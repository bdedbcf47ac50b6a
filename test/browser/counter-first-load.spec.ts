import { startCounter, type Counter } from '../support/counter';

const BUDGET = 250 * 1024;

jest.setTimeout(60_000);

describe('the first load of the counter', () => {
  let counter: Counter;

  beforeAll(async () => {
    counter = await startCounter();
  }, 60_000);
  afterAll(() => counter.close());

  const get = (path: string, encoding = 'br') =>
    counter.app.request('GET', `/${path}`, { headers: { 'accept-encoding': encoding } });

  it('is at most 250 KB of compressed JavaScript up to the search page, none of it inline', async () => {
    const { page } = counter;
    const scripts: Promise<number>[] = [];
    page.on('response', (answer) => {
      if (answer.request().resourceType() === 'script')
        scripts.push(
          answer
            .request()
            .sizes()
            .then(({ responseBodySize }) => responseBodySize),
        );
    });
    await counter.login('clerk');
    await page.getByRole('searchbox').waitFor();
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    expect(scripts.length).toBeGreaterThan(1);
    expect(bytes).toBeGreaterThan(50 * 1024);
    expect(bytes).toBeLessThan(BUDGET);
    expect(counter.complaints()).toEqual([]);
  });

  it('begins with a login that axe has nothing serious against, in both languages', async () => {
    const { page } = counter;
    await page.getByRole('button', { name: /سناء كنعان/ }).click();
    await page.getByRole('menuitem', { name: 'خروج' }).click();
    await page.getByRole('button', { name: 'دخول' }).waitFor();
    expect(await counter.findings()).toEqual([]);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('textbox', { name: 'Password' }).fill('not-the-password');
    await page.getByLabel('User name').fill('clerk');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').waitFor();
    expect(await counter.findings()).toEqual([]);
  });

  it('keeps files named by their content for ever and the page never, compressed as the browser likes', async () => {
    const index = await get('/counter');
    expect(index.headers).toMatchObject({ 'cache-control': 'no-store', 'content-encoding': 'br' });
    expect(index.headers['content-security-policy']).not.toContain("script-src 'unsafe");
    const plain = await get('/counter/records/5', 'identity');
    const script = /\/counter\/assets\/index-[\w-]+\.js/.exec(plain.body)![0];
    for (const encoding of ['br', 'gzip']) {
      const { status, headers } = await get(script, encoding);
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-encoding': encoding,
      });
    }
    expect((await get('/counter/assets/gone.js')).status).toBe(404);
    expect((await get('/counter/assets/../index.html')).status).not.toBe(500);
  });
});
