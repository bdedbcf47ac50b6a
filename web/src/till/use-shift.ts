import { $api } from '../api/client';
import { useUser } from '../api/use-session';

/** The open shift of the cashier who is logged in; null when there is none. */
export function useOwnShift() {
  const { id } = useUser();
  const query = { cashierId: id, state: 'OPEN' as const, page: 1, pageSize: 1 };
  return $api.useQuery('get', '/api/v1/shifts', { params: { query } }, { select: ({ items }) => items[0] ?? null });
}
