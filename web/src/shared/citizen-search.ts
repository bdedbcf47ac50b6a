import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { $api, type Schemas } from '../api/client';

export type FoundRow = Schemas['FoundRowView'];
export type Purpose = Schemas['CitizenSearchBody']['purpose'];

const PAUSE_MS = 180;
const SHORTEST = 3;

/**
 * Rows of the old systems while somebody types a name, ID, phone or service number: asked after a short pause, the question
 * before is called off, and its rows stay until the new ones are there. Every question is logged with its purpose.
 * @returns rows: those the text leads to; kin: those of another given name that agree in the rest, never to be picked unseen
 */
export function useCitizenSearch(text: string, purpose: Purpose, limit = 20) {
  const typed = text.trim().replace(/\s+/g, ' ');
  const [settled] = useDebouncedValue(typed, PAUSE_MS);
  const asked = settled.length >= SHORTEST;
  const query = $api.useQuery(
    'post',
    '/api/v1/citizens/search',
    { body: { text: settled, purpose, limit } },
    { enabled: asked, placeholderData: keepPreviousData, staleTime: 60_000 },
  );
  /** The rows are of a question before this one. */
  const behind = typed !== settled || query.isPlaceholderData;
  const found = asked ? (query.data?.items ?? []) : [];
  const [rows, kin] = [false, true].map((other) => found.filter(({ otherGivenName }) => otherGivenName === other));
  return { ...query, asked, behind, rows: rows!, kin: kin! };
}
