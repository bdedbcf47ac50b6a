import { useMemo, useRef } from 'react';
import type { Problem } from './problem';

/** Whether the server may have acted though it has not said so: no answer, or one that is no refusal. */
export const isUnknown = (error: unknown): boolean => ((error as Partial<Problem>).status ?? 500) >= 500;

/** The Idempotency-Key of an attempt: the same however often it is sent, another once it is `done`, or `failed` by a refusal. */
export function useAttempt() {
  const key = useRef<string>(undefined);
  return useMemo(
    () => ({
      header: () => ({ 'Idempotency-Key': (key.current ??= randomKey()) }),
      done: () => void (key.current = undefined),
      failed: (error: unknown) => {
        if (!isUnknown(error)) key.current = undefined;
      },
    }),
    [],
  );
}

export type Attempt = ReturnType<typeof useAttempt>;

/** `crypto.randomUUID` is there on encrypted addresses only. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
