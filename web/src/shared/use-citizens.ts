import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client } from '../api/client';

/** Rows of citizens while one types, the best first; of each purpose the search log tells. */
export const useCitizens = (text: string, limit = 8) =>
  useQuery({
    queryKey: ['citizens', text, limit],
    enabled: text.length > 1,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const body = { text, purpose: 'COUNTER_SERVICE' as const, limit };
      const { data, error } = await client.POST('/api/v1/citizens/search', { body, signal });
      if (error) throw error as unknown;
      return data.items;
    },
  });
