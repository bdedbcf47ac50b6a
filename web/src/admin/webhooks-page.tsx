import { Badge, Button, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { $api } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Listing } from '../shared/listing';
import { Paged } from '../shared/states';
import { Ltr, Name } from '../shared/values';
import { ADMIN } from './admin.texts';
import { AdminPage } from './admin-page';
import { WebhookActs } from './webhook-acts';
import { WebhookDeliveries } from './webhook-deliveries';
import { NewWebhook, SecretDialog } from './webhook-dialogs';
import { WEBHOOKS } from './webhooks.texts';

const PAGE = 20;
const COLORS = { ACTIVE: 'green', SUSPENDED: 'orange', RETIRED: 'gray' } as const;

/** Other systems that are told of events, and what became of what they were told. */
export default function WebhooksPage() {
  const [t, a] = [useText(WEBHOOKS), useText(ADMIN)];
  const may = useMay();
  const [page, setPage] = useState(1);
  const [registering, setRegistering] = useState(false);
  const [secret, setSecret] = useState<string>();
  const query = { page, pageSize: PAGE };
  const endpoints = $api.useQuery('get', '/api/v1/webhooks', { params: { query } });
  const mayChange = may('notifications.webhook.change');
  useKeys([{ keys: 'Alt+N', label: t('register'), run: () => setRegistering(true), disabled: !mayChange }]);
  return (
    <AdminPage
      title={t('webhooks')}
      actions={
        mayChange && (
          <Button
            leftSection={<IconPlus size={16} />}
            rightSection={<Key>Alt+N</Key>}
            onClick={() => setRegistering(true)}
          >
            {t('register')}
          </Button>
        )
      }
    >
      <Text size="sm" c="dimmed">
        {t('hint')}
      </Text>
      <Paged query={endpoints} page={page} onPage={setPage} empty={t('none')}>
        {(items) => (
          <Listing
            label={t('webhooks')}
            head={[t('description'), t('url'), t('events'), t('failures'), a('state'), null]}
            minWidth={760}
          >
            {items.map((endpoint) => (
              <Table.Tr key={endpoint.id}>
                <Table.Td>
                  <Name>{endpoint.description}</Name>
                </Table.Td>
                <Table.Td>
                  <Ltr>{endpoint.url}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Ltr>{endpoint.eventTypes.length}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Ltr>{endpoint.failures}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Badge variant="light" tt="none" color={COLORS[endpoint.state]}>
                    {t(endpoint.state)}
                  </Badge>
                </Table.Td>
                <Table.Td className="end">
                  {mayChange && endpoint.state !== 'RETIRED' && (
                    <WebhookActs endpoint={endpoint} onSecret={setSecret} />
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        )}
      </Paged>
      <WebhookDeliveries />
      {registering && <NewWebhook onClose={() => setRegistering(false)} onSecret={setSecret} />}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </AdminPage>
  );
}
