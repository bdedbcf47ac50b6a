import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, sent, type Schemas } from '../api/client';
import { useAttempt } from '../api/use-attempt';

/** A step of a request, with what it needs. */
export type RequestStep =
  | { verb: 'check'; body: Schemas['CheckRequest'] }
  | { verb: 'survey'; body: Schemas['SurveyRequest'] }
  | { verb: 'charge' | 'execute' | 'close'; body: Schemas['StepNote'] }
  | { verb: 'order' }
  | { verb: 'reject' | 'withdraw'; body: Schemas['EndRequest'] };

type Header = ReturnType<typeof ifMatch> & { 'Idempotency-Key': string };

function send(id: number, header: Header, step: RequestStep) {
  const params = { path: { id }, header };
  switch (step.verb) {
    case 'check':
      return client.POST('/api/v1/water/requests/{id}/check', { params, body: step.body });
    case 'survey':
      return client.POST('/api/v1/water/requests/{id}/survey', { params, body: step.body });
    case 'charge':
      return client.POST('/api/v1/water/requests/{id}/charge', { params, body: step.body });
    case 'execute':
      return client.POST('/api/v1/water/requests/{id}/execute', { params, body: step.body });
    case 'close':
      return client.POST('/api/v1/water/requests/{id}/close', { params, body: step.body });
    case 'order':
      return client.POST('/api/v1/water/requests/{id}/order', { params });
    case 'reject':
      return client.POST('/api/v1/water/requests/{id}/reject', { params, body: step.body });
    case 'withdraw':
      return client.POST('/api/v1/water/requests/{id}/withdraw', { params, body: step.body });
  }
}

/** Takes a step on the version that was read; once, however often it is sent. */
export function useRequestStep(request: { id: number; version: number }, onError: (error: unknown) => void) {
  const attempt = useAttempt();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (step: RequestStep) =>
      sent(send(request.id, { ...ifMatch(request.version), ...attempt.header() }, step)),
    async onSuccess() {
      attempt.done();
      await queries.invalidateQueries();
    },
    onError(error) {
      attempt.failed(error);
      onError(error);
    },
  });
}
