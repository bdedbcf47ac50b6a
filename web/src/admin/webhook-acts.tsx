import { ActionIcon, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, ifMatch, sent, type Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { ProblemTitle } from '../shared/states';
import { ChangeWebhook } from './webhook-dialogs';
import { WEBHOOKS } from './webhooks.texts';

interface WebhookActsProps {
  endpoint: Schemas['EndpointView'];
  onSecret: (secret: string) => void;
}

/** What may be done with an address, on the version that is shown. */
export function WebhookActs({ endpoint, onSecret }: WebhookActsProps) {
  const t = useText(WEBHOOKS);
  const queries = useQueryClient();
  const { id, version, state, description } = endpoint;
  const params = { path: { id }, header: ifMatch(version) };
  const [changing, setChanging] = useState(false);
  const [retiring, setRetiring] = useState(false);
  const act = (run: () => Promise<unknown>): void =>
    void run()
      .catch((error: unknown) => notifications.show({ color: 'red', message: <ProblemTitle error={error} /> }))
      .then(() => queries.invalidateQueries());
  const become = (verb: 'suspend' | 'resume' | 'retire') => () =>
    act(() => sent(client.POST(`/api/v1/webhooks/{id}/${verb}`, { params })));
  const rotate = () =>
    act(async () => onSecret((await sent(client.POST('/api/v1/webhooks/{id}/rotate-secret', { params }))).secret));
  const ping = () =>
    act(async () => {
      await sent(client.POST('/api/v1/webhooks/{id}/ping', { params: { path: { id } } }));
      notifications.show({ message: t('pinged'), color: 'green' });
    });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={t('more', { name: description })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setChanging(true)}>{t('change')}</Menu.Item>
          {state === 'ACTIVE' && <Menu.Item onClick={ping}>{t('ping')}</Menu.Item>}
          <Menu.Item onClick={rotate}>{t('rotate')}</Menu.Item>
          {state === 'ACTIVE' ? (
            <Menu.Item onClick={become('suspend')}>{t('suspend')}</Menu.Item>
          ) : (
            <Menu.Item onClick={become('resume')}>{t('resume')}</Menu.Item>
          )}
          <Menu.Item color="red" onClick={() => setRetiring(true)}>
            {t('retire')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {changing && <ChangeWebhook endpoint={endpoint} onClose={() => setChanging(false)} />}
      {retiring && (
        <FormDialog
          title={t('retireTitle', { name: description })}
          submit={t('retire')}
          color="red"
          onSubmit={() => {
            setRetiring(false);
            become('retire')();
          }}
          onClose={() => setRetiring(false)}
        >
          <Text size="sm">{t('retireHint')}</Text>
        </FormDialog>
      )}
    </>
  );
}
