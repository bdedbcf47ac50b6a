import { $api, type Schemas } from '../api/client';
import { useMay, useUser } from '../api/use-session';

/** The open shift of the cashier who is logged in; null when there is none. Nobody else is asked for: that would be a refusal in the audit. */
export function useOwnShift() {
  const { id } = useUser();
  const enabled = useMay()('billing.shift.read');
  const query = { cashierId: id, state: 'OPEN' as const, page: 1, pageSize: 1 };
  const own = { enabled, select: ({ items }: { items: Schemas['ShiftView'][] }) => items[0] ?? null };
  return $api.useQuery('get', '/api/v1/shifts', { params: { query } }, own);
}
