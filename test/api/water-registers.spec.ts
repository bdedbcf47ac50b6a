import { startTestApp, type TestApp } from '../support/app';
import { waterWorks } from '../support/water-works';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

it('a register measures no more than a reading can hold: units of its last digit times its multiplier', async () => {
  const received = (digits: number, multiplier: number) =>
    waterWorks(app).post(
      '/meters',
      { digits, multiplier, sizeMm: 200, serials: [`R${digits}-${multiplier}`] },
      { key: `register-${digits}-${multiplier}` },
    );
  for (const [digits, multiplier] of [
    [7, 1000],
    [9, 3],
  ] as const)
    // prettier-ignore
    expect((await received(digits, multiplier)).body.errors).toEqual([{ pointer: '/multiplier', code: 'tooLarge' }]);
  for (const [digits, multiplier] of [
    [6, 1000],
    [9, 2],
  ] as const)
    // prettier-ignore
    expect((await received(digits, multiplier)).status).toBe(201);
});
