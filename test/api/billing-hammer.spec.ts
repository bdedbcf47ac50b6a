import { temporaryDatabase } from '@libs/testing';
import { hammer } from '../../bench/billing/hammer/hammer';

it('many clients at the same accounts and tills, the server killed meanwhile: the books hold', async () => {
  const database = await temporaryDatabase();
  try {
    const { wrong, told, kills } = await hammer({
      url: database.url,
      clients: 16,
      operations: 500,
      kills: 2,
      seed: process.pid,
    });
    expect(wrong).toEqual([]);
    expect(kills).toBe(2);
    expect(told.payments.filter(({ serial }) => serial !== null).length).toBeGreaterThan(50);
    expect(told.payments.filter(({ undone }) => undone > 0).length).toBeGreaterThan(5);
  } finally {
    await database.drop();
  }
}, 120_000);
