import { Badge, Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { today } from '../i18n/format';
import { useText } from '../i18n/preferences';
import { Listing } from '../shared/listing';
import { Paged } from '../shared/states';
import { Day, Ltr, Name } from '../shared/values';
import { StateBadge } from './state-badge';
import { useSubscriptions } from './use-subscriptions';
import { WATER } from './water.texts';

type Request = Schemas['RequestView'];

export interface RequestFilter {
  subscriptionId?: number;
  state?: Request['state'];
  kind?: Request['kind'];
  overdue?: boolean;
}

const PAGE = 20;

/** Requests of citizens, what is due first. */
export function RequestList({ filter }: { filter: RequestFilter }) {
  const t = useText(WATER);
  const [page, setPage] = useState(1);
  const query = { ...filter, page, pageSize: PAGE };
  const requests = $api.useQuery('get', '/api/v1/water/requests', { params: { query } });
  return (
    <Paged query={requests} page={page} onPage={setPage} empty={t('noRequests')}>
      {(items) => <RequestTable items={items} />}
    </Paged>
  );
}

function RequestTable({ items }: { items: Request[] }) {
  const t = useText(WATER);
  const subscriptions = useSubscriptions(items.map(({ subscriptionId }) => subscriptionId));
  return (
    <Listing
      label={t('requests')}
      head={[t('number'), t('kind'), t('subscription'), t('state'), t('next'), t('dueOn')]}
      minWidth={800}
    >
      {items.map(({ id, number, kind, subscriptionId, state, next, dueOn }) => (
        <Table.Tr key={id}>
          <Table.Td>
            <Button component={Link} href={`/water/requests/${id}`} variant="subtle" size="compact-sm">
              <Ltr>{number}</Ltr>
            </Button>
          </Table.Td>
          <Table.Td>{t(kind)}</Table.Td>
          <Table.Td>
            <Ltr>{subscriptions.get(subscriptionId)?.number}</Ltr>{' '}
            <Text span size="sm" c="dimmed">
              <Name>{subscriptions.get(subscriptionId)?.holder}</Name>
            </Text>
          </Table.Td>
          <Table.Td>
            <StateBadge state={state} />
          </Table.Td>
          <Table.Td>{next ? t(`do_${next}` as 'do_CHECKED') : state === 'FEES_DUE' ? t('waitsPayment') : '—'}</Table.Td>
          <Table.Td>
            <Group gap={4} wrap="nowrap">
              <Day day={dueOn} />
              {dueOn && dueOn < today() && (
                <Badge variant="light" color="red" size="sm">
                  {t('late')}
                </Badge>
              )}
            </Group>
          </Table.Td>
        </Table.Tr>
      ))}
    </Listing>
  );
}
