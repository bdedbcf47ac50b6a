import { Problem } from '@libs/http';

/** What a module says of a serial that nothing has, said as of one that is another's. */
export async function orNotFound<T>(found: Promise<T>, unknown: readonly string[]): Promise<T> {
  try {
    return await found;
  } catch (error) {
    throw error instanceof Problem && unknown.includes(error.code) ? new Problem('http.not-found') : error;
  }
}
