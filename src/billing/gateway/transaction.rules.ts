import type { TransactionState } from './gateway.entity';
import type { GatewayReport } from './payment-gateway';

/** What a report does to a transaction. */
export type Step = 'SETTLE' | 'SETTLE_LATE' | 'FAIL' | 'EXPIRE' | 'NOTHING' | 'DUPLICATE' | 'IGNORE';

/**
 * From SUCCESS a report leads nowhere: it becomes REFUNDED only by our own refund. Money taken after FAILED or EXPIRED
 * is money all the same.
 */
export function stepOf(state: TransactionState, status: GatewayReport['status']): Step {
  const open = state === 'CREATED' || state === 'PENDING';
  switch (status) {
    case 'SUCCESS':
      if (open) return 'SETTLE';
      return state === 'SUCCESS' || state === 'REFUNDED' ? 'DUPLICATE' : 'SETTLE_LATE';
    case 'FAILED':
    case 'EXPIRED':
      if (open) return status === 'FAILED' ? 'FAIL' : 'EXPIRE';
      return state === status ? 'DUPLICATE' : 'IGNORE';
    case 'REFUNDED':
      return state === 'REFUNDED' ? 'DUPLICATE' : 'IGNORE';
    case 'PENDING':
      return open ? 'NOTHING' : 'IGNORE';
  }
}

/** What the ledger keeps the clearing of a transaction apart by. */
export const clearingDimension = (transactionId: number): string => `gateway:${transactionId}`;
