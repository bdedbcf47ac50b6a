import { UnitOfWork } from '@libs/persistence';
import { Account, type ServiceType } from '../../src/billing/accounts/account.entity';
import { startTestApp, type TestApp } from '../support/app';
import { openCounter, type CounterPage } from '../support/counter-page';
import { seedRecord } from '../support/records';
import { tillDesk } from '../support/till';

describe('the till', () => {
  let app: TestApp;
  let desk: ReturnType<typeof tillDesk>;
  let counter: CounterPage;

  beforeAll(async () => {
    app = await startTestApp();
    desk = tillDesk(app);
    await desk.till('OSS-1');
    counter = await openCounter(app);
  }, 60_000);
  afterAll(async () => {
    await counter.close();
    await app.close();
  });

  /** A record that owes for water, waste in shekels and property in dinars. */
  async function payer() {
    const { id: oneRecordId } = await seedRecord(app, [], { documentKey: `other:${Math.random()}` });
    const account = async (serviceType: ServiceType, charges: number[], currency = 'ILS') => {
      const made = await desk.account({ oneRecordId, charges, currency });
      await app.app.get(UnitOfWork).run(() => desk.store.update(Account, { id: made.id }, { serviceType }));
      return made.id;
    };
    return {
      oneRecordId,
      water: await account('WATER', [12_550, 9_800]),
      waste: await account('WASTE', [3_000]),
      property: await account('PROPERTY', [100_000], 'JOD'),
    };
  }

  it('opens a shift, finds the payer by the number of an account and takes cash', async () => {
    const { page } = counter;
    const { water } = await payer();
    await counter.login('cashier');
    await counter.go('/till');
    await page.getByRole('heading', { name: 'فتح وردية' }).waitFor();
    await counter.shot('till-open');
    console.log(await counter.faults());
    await page.getByLabel('شيكل').fill('200');
    await page.keyboard.press('F9');
    const find = page.getByRole('textbox', { name: 'ابحث عن الدافع' });
    await find.waitFor();
    await counter.shot('till-empty');
    await find.fill(String(water));
    await page.getByRole('option').first().waitFor();
    await counter.shot('till-found');
    await page.keyboard.press('Enter');
    await page.getByText('المطلوب').first().waitFor();
    await page.waitForTimeout(1000);
    await counter.shot('till-pay');
    console.log(await counter.faults());
  });
});
