import { useQueryClient } from '@tanstack/react-query';
import { useAttempt } from './use-attempt';

/**
 * The act that ends a dialog: `answer` goes to its mutation, `header()` to its request. Done, all that is shown is read again,
 * then the dialog closes; refused, it stays. Where several acts may end it they share the attempt.
 */
export function useLastAct(onClose: () => void, onRefused?: (error: unknown) => unknown) {
  const queries = useQueryClient();
  const attempt = useAttempt();
  const answer = {
    async onSuccess() {
      attempt.done();
      await queries.invalidateQueries();
      onClose();
    },
    onError(error: unknown) {
      attempt.failed(error);
      void onRefused?.(error);
    },
  };
  return { answer, header: attempt.header };
}
