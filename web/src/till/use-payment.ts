import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { client, sent, type Schemas } from '../api/client';
import { isUnknown, useAttempt } from '../api/use-attempt';

export type Taken = Schemas['PaymentView'];
type Body = Schemas['NewPayment'];

/**
 * Takes a payment once. While the answer to an attempt is not known, `lost` is what was sent: the same is sent again
 * under the same key, so that it is never paid twice, whatever became of the first.
 */
export function usePayment(onTaken: (payment: Taken) => void) {
  const attempt = useAttempt();
  const queries = useQueryClient();
  const [lost, setLost] = useState<Body>();
  const sending = useRef(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: Body): Promise<Taken> =>
      sent(client.POST('/api/v1/payments', { body, params: { header: attempt.header() } })),
    onSuccess(payment) {
      attempt.done();
      setLost(undefined);
      onTaken(payment);
    },
    onError(error, body) {
      if (isUnknown(error)) return setLost(body);
      attempt.done();
      setLost(undefined);
    },
    onSettled(_payment, error) {
      sending.current = false;
      // Balances, quotes and lists are others now, or were already before a refusal. What is not known to have been paid
      // stays on the screen as it was sent.
      return error && isUnknown(error) ? undefined : queries.invalidateQueries();
    },
  });
  return {
    lost,
    error,
    isPending,
    take(body: Body) {
      if (sending.current) return;
      sending.current = true;
      mutate(lost ?? body);
    },
  };
}
