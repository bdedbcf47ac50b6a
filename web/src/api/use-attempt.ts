import { useMemo, useRef } from 'react';

/** The Idempotency-Key of an attempt: the same however often it is sent, another once `done` was called. */
export function useAttempt() {
  const key = useRef<string>(undefined);
  return useMemo(
    () => ({
      header: () => ({ 'Idempotency-Key': (key.current ??= randomKey()) }),
      done: () => (key.current = undefined),
    }),
    [],
  );
}

/** `crypto.randomUUID` is there on encrypted addresses only. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
