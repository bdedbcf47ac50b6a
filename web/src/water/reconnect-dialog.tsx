import { Text } from '@mantine/core';
import { $api } from '../api/client';
import { useLastAct } from '../api/use-last-act';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { WATER } from './water.texts';

const PATH = '/api/v1/water/subscriptions/{id}/reconnection';

/** Orders water to be restored once the debt is settled; the server says when it is not. */
export function ReconnectDialog({ subscriptionId: id, onClose }: { subscriptionId: number; onClose: () => void }) {
  const t = useText(WATER);
  const { answer, header } = useLastAct(onClose);
  const { mutate, error, isPending } = $api.useMutation('post', PATH, answer);
  const submit = () => !isPending && mutate({ params: { path: { id }, header: header() } });
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
