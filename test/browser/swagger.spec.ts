import { temporaryDatabase, type TemporaryDatabase } from '@libs/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Page } from 'playwright-core';
import { createApp } from '../../src/bootstrap';
import { loadDemo } from '../../src/demo';
import { DEMO_PASSWORD } from '../../src/identity';
import { migrate } from '../../src/migrate';
import { openApiDocument } from '../../src/openapi';
import { startBrowser, type Browser } from '../support/browser';
import { testConfig } from '../support/config';

jest.setTimeout(60_000);

describe('Swagger UI, as a newcomer uses it', () => {
  let database: TemporaryDatabase;
  let app: NestFastifyApplication;
  let browser: Browser;
  let page: Page;
  /** By operation. */
  let tags: Map<string, string>;

  beforeAll(async () => {
    database = await temporaryDatabase();
    await migrate(database.url);
    app = await createApp(testConfig(database.url, { ROLE: 'all' }));
    await app.init();
    await loadDemo(app);
    await app.listen(0, '127.0.0.1');
    const operations = Object.values(openApiDocument(app).paths).flatMap((path) => Object.values(path));
    tags = new Map(operations.map(({ operationId, tags: [tag] }) => [operationId, tag]));
    browser = await startBrowser();
    page = browser.page;
    await page.goto(`${await app.getUrl()}/docs`);
  }, 600_000);

  afterAll(async () => {
    await browser.close();
    await app.close();
    await database.drop();
  });

  /** Opens an operation, fills it in, executes it, and reads what the page shows. */
  async function execute(id: string, given: { body?: unknown; parameters?: Record<string, string> } = {}) {
    const block = page.locator(`.opblock[id$="-${id}"]`);
    if (!(await block.count())) await page.locator(`.opblock-tag[data-tag="${tags.get(id)}"]`).click();
    if (!(await block.getAttribute('class'))!.includes('is-open'))
      await block.locator('.opblock-summary-control').click();
    for (const [name, value] of Object.entries(given.parameters ?? {})) {
      await block.locator(`tr[data-param-name="${name}"] input`).fill(value);
    }
    if (given.body !== undefined) await block.locator('textarea.body-param__text').fill(JSON.stringify(given.body));
    const clear = block.getByRole('button', { name: 'Clear', exact: true });
    if (await clear.isVisible()) await clear.click();
    await block.getByRole('button', { name: 'Execute' }).click();
    const answer = block.locator('.live-responses-table .response');
    await answer.waitFor();
    const status = Number((await answer.locator('.response-col_status').innerText()).trim().split(/\s/)[0]);
    const text = await answer
      .locator('.response-col_description .highlight-code code, .response-col_description pre.microlight')
      .first()
      .innerText();
    return { status, body: JSON.parse(text) };
  }

  async function authorise(username: string): Promise<void> {
    const { status, body } = await execute('Auth_login', { body: { username, password: DEMO_PASSWORD } });
    expect(status).toBe(200);
    await page.locator('.auth-wrapper .authorize').click();
    // The token of staff; that of a citizen has a place of its own.
    const dialog = page.locator('.auth-container').first();
    await dialog.waitFor();
    const logout = dialog.locator('button', { hasText: 'Logout' });
    if (await logout.isVisible()) await logout.click();
    await dialog.locator('input').fill(body.accessToken);
    await dialog.locator('button.authorize').click();
    await page.locator('.btn-done').first().click();
  }

  it('lets them take a person from search to an activated record and a statement, through the page alone', async () => {
    await authorise('clerk');
    const found = await execute('Search_search', {
      body: { text: 'فاطمة قاسم هشام الخياط', purpose: 'LINKING', limit: 5 },
    });
    expect(found.status).toBe(200);
    const row = (citNo: string) => found.body.items.find((hit: { citNo: string }) => hit.citNo === citNo).citizenId;

    const created = await execute('OneRecords_create', {
      body: {
        partyType: 'INDIVIDUAL',
        rows: [
          { legacyCitizenId: row('1406'), relation: 'SAME_PERSON', approved: true },
          { legacyCitizenId: row('1399'), relation: 'SAME_PERSON' },
        ],
      },
    });
    expect(created).toMatchObject({ status: 201, body: { state: 'DRAFT' } });
    const id = String(created.body.id);
    const on = (version: number) => ({ id, 'If-Match': `"${version}"` });

    const identified = await execute('OneRecords_identify', {
      parameters: on(1),
      body: {
        name: { given: 'فاطمة', father: 'قاسم', grandfather: 'هشام', family: 'الخياط' },
        document: { type: 'NATIONAL_ID', number: '997949631' },
        phone: '0591095969',
      },
    });
    expect(identified).toMatchObject({ status: 200, body: { approvedName: 'فاطمة قاسم هشام الخياط' } });
    expect((await execute('Decisions_submit', { parameters: on(2) })).body.state).toBe('PENDING_APPROVAL');

    const own = await execute('Decisions_approve', { parameters: on(3) });
    expect(own).toMatchObject({ status: 403, body: { code: 'http.forbidden' } });
    await authorise('officer');
    expect((await execute('Decisions_approve', { parameters: on(3) })).body.state).toBe('APPROVED');

    await authorise('clerk');
    const sent = await execute('Activation_send', { parameters: { id, 'Idempotency-Key': 'swagger-1' } });
    expect(sent.status).toBe(201);
    const issued = await execute('Statements_issue', { parameters: { id, 'Idempotency-Key': 'swagger-2' }, body: {} });
    expect(issued).toMatchObject({ status: 201, body: { approvedName: 'فاطمة قاسم هشام الخياط' } });

    const verified = await browser.context.newPage();
    await verified.goto(`${await app.getUrl()}/verify/${issued.body.serial}`);
    expect(await verified.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await verified.locator('body').innerText()).toContain(issued.body.serial);
    await verified.close();
    expect(browser.errors.filter((text) => !/40[13]|status of 4/.test(text))).toEqual([]);
  }, 180_000);
});
