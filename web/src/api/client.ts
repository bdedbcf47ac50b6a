import createFetchClient from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';
import type { components, paths } from './schema';
import { authorised } from './session';

/** What a proxy says in the place of the server, often with no body at all, is no answer: the server may have acted or not. */
async function answered(request: Request): Promise<Response> {
  const answer = await authorised(request);
  if (answer.status < 500 || answer.headers.get('Content-Type')?.includes('json')) return answer;
  throw new TypeError(`${answer.status} without an answer of the server`);
}

/** Calls outside of components; `data` or `error`, never both. */
export const client = createFetchClient<paths>({ baseUrl: location.origin, fetch: answered });

/** `$api.useQuery('get', '/api/v1/…')`, `$api.useMutation('post', '/api/v1/…')`. */
export const $api = createQueryClient(client);

export type Schemas = components['schemas'];

/** The version that was read, as the header wants it. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });

/** A file of the API, such as a PDF. @throws the problem document of a refusal */
export async function file(path: string): Promise<Blob> {
  const answer = await authorised(new Request(path));
  if (!answer.ok) throw await answer.json();
  return answer.blob();
}

/** The data of a call made outside of a query. @throws the problem document of a refusal */
export async function sent<T>(call: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await call;
  if (error !== undefined) throw error;
  return data as T;
}
