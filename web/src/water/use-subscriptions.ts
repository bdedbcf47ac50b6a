import { $api } from '../api/client';

/** Subscriptions that a list names by id, with number and holder, in one question. */
export function useSubscriptions(ids: readonly number[]) {
  const list = [...new Set(ids)].sort((a, b) => a - b).join(',');
  const query = { ids: list, page: 1, pageSize: 100 };
  const found = $api.useQuery('get', '/api/v1/water/subscriptions', { params: { query } }, { enabled: list !== '' });
  return new Map((found.data?.items ?? []).map((each) => [each.id, each]));
}
