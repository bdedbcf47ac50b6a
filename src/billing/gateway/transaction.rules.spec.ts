import fc from 'fast-check';
import { TRANSACTION_STATES, type TransactionState } from './gateway.entity';
import type { GatewayReport } from './payment-gateway';
import { stepOf, type Step } from './transaction.rules';

const STATUSES = ['PENDING', 'SUCCESS', 'FAILED', 'EXPIRED', 'REFUNDED'] as const satisfies GatewayReport['status'][];
const LEADS: Partial<Record<Step, TransactionState>> = {
  SETTLE: 'SUCCESS',
  SETTLE_LATE: 'SUCCESS',
  FAIL: 'FAILED',
  EXPIRE: 'EXPIRED',
};

describe('what a report does to a transaction', () => {
  it.each([
    ['CREATED', 'NOTHING SETTLE FAIL EXPIRE IGNORE'],
    ['PENDING', 'NOTHING SETTLE FAIL EXPIRE IGNORE'],
    ['SUCCESS', 'IGNORE DUPLICATE IGNORE IGNORE IGNORE'],
    ['FAILED', 'IGNORE SETTLE_LATE DUPLICATE IGNORE IGNORE'],
    ['EXPIRED', 'IGNORE SETTLE_LATE IGNORE DUPLICATE IGNORE'],
    ['REFUNDED', 'IGNORE DUPLICATE IGNORE IGNORE DUPLICATE'],
  ] as const)('%s', (state, steps) => {
    expect(STATUSES.map((status) => stepOf(state, status)).join(' ')).toBe(steps);
  });

  it('takes the money once in whatever order reports come, and never goes back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TRANSACTION_STATES), fc.array(fc.constantFrom(...STATUSES)), (first, reports) => {
        let [state, taken] = [first, 0];
        for (const status of reports) {
          const step = stepOf(state, status);
          const next = LEADS[step];
          if (next === 'SUCCESS') taken++;
          if (next) expect(['SUCCESS', 'REFUNDED']).not.toContain(state);
          state = next ?? state;
        }
        const had = first === 'SUCCESS' || first === 'REFUNDED';
        expect(taken).toBe(!had && reports.includes('SUCCESS') ? 1 : 0);
      }),
    );
  });
});
