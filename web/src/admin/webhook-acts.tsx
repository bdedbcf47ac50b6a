import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { client, ifMatch, sent, type Schemas } from '../api/client';
import { asProblem } from '../api/problem';
import { usePreferences, useText } from '../i18n/preferences';
import { WEBHOOKS } from './webhooks.texts';

interface WebhookActsProps {
  endpoint: Schemas['EndpointView'];
  onSecret: (secret: string) => void;
}

/** What may be done with an address, on the version that is shown. */
export function WebhookActs({ endpoint, onSecret }: WebhookActsProps) {
  const t = useText(WEBHOOKS);
  const { language } = usePreferences();
  const queries = useQueryClient();
  const { id, version, state, description } = endpoint;
  const params = { path: { id }, header: ifMatch(version) };
  const act = async (run: () => Promise<unknown>) => {
    try {
      await run();
    } catch (error) {
      notifications.show({ color: 'red', message: asProblem(error, language).title });
    }
    await queries.invalidateQueries();
  };
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
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label={t('more', { name: description })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {state === 'ACTIVE' && <Menu.Item onClick={ping}>{t('ping')}</Menu.Item>}
        <Menu.Item onClick={rotate}>{t('rotate')}</Menu.Item>
        {state === 'ACTIVE' ? (
          <Menu.Item onClick={become('suspend')}>{t('suspend')}</Menu.Item>
        ) : (
          <Menu.Item onClick={become('resume')}>{t('resume')}</Menu.Item>
        )}
        <Menu.Item color="red" onClick={become('retire')}>
          {t('retire')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
