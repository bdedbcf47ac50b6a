import { refundable, refundError } from './refund';

const money = (amount: number, currency = 'ILS') => ({ currency, amount: String(amount), formatted: '' });
const line = (accountId: number, paid: number, deferred = 0) => ({
  ...{ accountId, accountNumber: String(accountId), serviceType: 'WATER' as const, charges: [] },
  ...{ paid: money(paid), advance: money(0), deferred: money(deferred) },
});
const part = (...lines: [number, number][]) => ({
  ...{ by: 1, at: '2026-11-24T08:30:00.000Z', reason: 'x' },
  lines: lines.map(([accountId, back]) => ({ accountId, back: money(back) })),
});

it('what may be taken back is what was paid, less what was taken back and what waits for a cheque', () => {
  const payment = {
    lines: [line(1, 10_000), line(2, 5_000), line(3, 4_000, 1_000)],
    reversedParts: [part([1, 2_500], [2, 5_000]), part([1, 500])],
  };
  expect(refundable(payment).map(({ line: { accountId }, left }) => [accountId, left])).toEqual([
    [1, 7_000],
    [3, 3_000],
  ]);
});

it('an amount is above zero and no more than what is left', () => {
  const [only] = refundable({ lines: [line(1, 10_000)], reversedParts: [] });
  const errors = ['', '100.00', '٥٠', '100.01', '0', 'x', '1.005'].map((text) => refundError(text, only!));
  expect(errors).toEqual([null, null, null, 'tooMuch', 'positive', 'notAnAmount', 'tooManyDecimals']);
});
