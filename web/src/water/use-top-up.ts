import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, sent, type Schemas } from '../api/client';
import { isUnknown, useAttempt } from '../api/use-attempt';

type Body = Schemas['SellTopUp'];
type TopUp = Schemas['TopUpView'];

/** Gives out the token of a top-up; asked again it is the same. */
export const vend = (id: number) => sent(client.POST('/api/v1/water/top-ups/{id}/token', { params: { path: { id } } }));

/** Of the page, so that an attempt whose answer was lost is still the same when the dialog is opened again. */
export function useTopUpAttempt() {
  const attempt = useAttempt();
  const [lost, setLost] = useState<Body>();
  return { ...attempt, lost, setLost };
}

export type TopUpAttempt = ReturnType<typeof useTopUpAttempt>;

/**
 * Sells once. While the answer to an attempt is not known, `lost` is what was sent: the same is sent again under the same
 * key, so that it is never paid twice.
 */
export function useTopUp(subscriptionId: number, attempt: TopUpAttempt, onSold: (topUp: TopUp) => void) {
  const queries = useQueryClient();
  const { lost, setLost } = attempt;
  const sale = useMutation({
    mutationFn: (body: Body) => {
      const params = { path: { id: subscriptionId }, header: attempt.header() };
      return sent(client.POST('/api/v1/water/subscriptions/{id}/top-ups', { params, body }));
    },
    async onSuccess(topUp) {
      attempt.done();
      setLost(undefined);
      onSold(topUp);
      await queries.invalidateQueries();
    },
    onError(error, body) {
      attempt.failed(error);
      setLost(isUnknown(error) ? body : undefined);
    },
  });
  const sell = (body: Body) => !sale.isPending && sale.mutate(lost ?? body);
  return { sell, error: sale.error, isPending: sale.isPending };
}
