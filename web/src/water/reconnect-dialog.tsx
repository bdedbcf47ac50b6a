import { Button, Group, Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { $api } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { useText } from '../i18n/preferences';
import { ProblemAlert } from '../shared/states';
import { SHARED } from '../shared/shared.texts';
import { WATER } from './water.texts';

/** Orders water to be restored once the debt is settled; the server says when it is not. */
export function ReconnectDialog({ subscriptionId: id, onClose }: { subscriptionId: number; onClose: () => void }) {
  const t = useText(WATER);
  const shared = useText(SHARED);
  const queries = useQueryClient();
  const attempt = useAttempt();
  const reconnect = $api.useMutation('post', '/api/v1/water/subscriptions/{id}/reconnection', {
    async onSuccess() {
      attempt.done();
      await queries.invalidateQueries();
      onClose();
    },
    onError: (error) => !(error instanceof TypeError) && attempt.done(),
  });
  const submit = () => !reconnect.isPending && reconnect.mutate({ params: { path: { id }, header: attempt.header() } });
  return (
    <Modal opened onClose={onClose} title={t('reconnect')}>
      <Text mb="md">{t('reconnectText')}</Text>
      <ProblemAlert error={reconnect.error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {shared('cancel')}
        </Button>
        <Button data-autofocus loading={reconnect.isPending} onClick={submit}>
          {t('reconnect')}
        </Button>
      </Group>
    </Modal>
  );
}
