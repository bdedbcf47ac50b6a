import { useQueryClient } from '@tanstack/react-query';
import { $api, client, sent, type Schemas } from '../api/client';

export type OneRecord = Schemas['OneRecordView'];
export type LinkedRow = Schemas['LinkedRowDetailView'];

const PATH = '/api/v1/one-records/{id}';
const at = (id: number) => ({ params: { path: { id } } });

export const useRecord = (id: number) => $api.useQuery('get', PATH, at(id));
export const useLinkedRows = (id: number) => $api.useQuery('get', `${PATH}/rows`, at(id));

/** Reads the record once more, past what is remembered; a merged one itself where its number is not followed. */
export const readRecord = (id: number, follow = true): Promise<OneRecord> =>
  sent(client.GET(PATH, { params: { path: { id }, query: { follow } } }));

/** After a change of a record: what any page shows of it is read again; the answer of the change is there at once. */
export function useRecordChanged() {
  const queries = useQueryClient();
  return async (record?: OneRecord) => {
    if (record) queries.setQueryData($api.queryOptions('get', PATH, at(record.id)).queryKey, record);
    await queries.invalidateQueries({
      predicate: ({ queryKey }) =>
        /one-records|citizens\/(proposals|match-proposals|search|rows)/.test(String(queryKey[1])),
    });
  };
}
