import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { $api } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { WATER } from './water.texts';

/** Orders water to be restored once the debt is settled; the server says when it is not. */
export function ReconnectDialog({ subscriptionId: id, onClose }: { subscriptionId: number; onClose: () => void }) {
  const t = useText(WATER);
  const queries = useQueryClient();
  const attempt = useAttempt();
  const { mutate, error, isPending } = $api.useMutation('post', '/api/v1/water/subscriptions/{id}/reconnection', {
    async onSuccess() {
      attempt.done();
      await queries.invalidateQueries();
      onClose();
    },
    onError: attempt.failed,
  });
  const submit = () => !isPending && mutate({ params: { path: { id }, header: attempt.header() } });
  return (
    <FormDialog
      title={t('reconnect')}
      submit={t('reconnect')}
      error={error}
      busy={isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text>{t('reconnectText')}</Text>
    </FormDialog>
  );
}
