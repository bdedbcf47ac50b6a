import { Badge, Button, Group, SegmentedControl, Table, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Listing } from '../shared/listing';
import { Paged, ProblemAlert } from '../shared/states';
import { Instant, Ltr } from '../shared/values';
import { ADMIN } from './admin.texts';
import { WEBHOOKS } from './webhooks.texts';

const PAGE = 20;
const STATES = ['DEAD', 'PENDING', 'DELIVERED'] as const;
const COLORS = { DEAD: 'red', PENDING: 'blue', DELIVERED: 'green' } as const;

/** Events on their way to other systems, newest first; what was given up can be sent again. */
export function WebhookDeliveries() {
  const [t, a] = [useText(WEBHOOKS), useText(ADMIN)];
  const may = useMay();
  const queries = useQueryClient();
  const [state, setState] = useState<(typeof STATES)[number] | 'ANY'>('ANY');
  const [page, setPage] = useState(1);
  const query = { page, pageSize: PAGE, ...(state !== 'ANY' && { state }) };
  const deliveries = $api.useQuery('get', '/api/v1/webhook-deliveries', { params: { query } });
  const replay = $api.useMutation('post', '/api/v1/webhook-deliveries/{id}/replay', {
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <>
      <Group justify="space-between">
        <Title order={2} size="h5">
          {t('deliveries')}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t('deliveries')}
          value={state}
          data={[{ value: 'ANY', label: a('any') }, ...STATES.map((value) => ({ value, label: t(value) }))]}
          onChange={(value) => {
            setState(value);
            setPage(1);
          }}
        />
      </Group>
      <ProblemAlert error={replay.error} />
      <Paged query={deliveries} page={page} onPage={setPage} empty={t('noDeliveries')}>
        {(items) => (
          <Listing
            label={t('deliveries')}
            head={[t('at'), t('event'), t('attempts'), t('answer'), a('state'), null]}
            minWidth={760}
          >
            {items.map((delivery) => (
              <Table.Tr key={delivery.id}>
                <Table.Td>
                  <Instant at={delivery.occurredAt} />
                </Table.Td>
                <Table.Td>
                  <Ltr>{delivery.type}</Ltr> · <Ltr>{delivery.subject}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Ltr>{delivery.attempts}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Ltr>{delivery.failure ?? delivery.status}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Badge variant="light" tt="none" color={COLORS[delivery.state]}>
                    {t(delivery.state)}
                  </Badge>
                </Table.Td>
                <Table.Td className="end">
                  {delivery.state === 'DEAD' && may('notifications.webhook.replay') && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={replay.isPending}
                      onClick={() => replay.mutate({ params: { path: { id: delivery.id } } })}
                    >
                      {t('replay')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        )}
      </Paged>
    </>
  );
}
