import { Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { Listing } from '../shared/listing';
import { Paged } from '../shared/states';
import { Day, Instant, Ltr, Name } from '../shared/values';
import { OrderActs, useOrderEnds } from './order-acts';
import { StateBadge } from './state-badge';
import { useSubscriptions } from './use-subscriptions';
import { WATER } from './water.texts';

type Order = Schemas['WaterOrderView'];

export interface OrderFilter {
  subscriptionId?: number;
  state?: Order['state'];
  kind?: Order['kind'];
}

const PAGE = 20;

/** Orders to cut and to restore water; those that may, say what became of them. */
export function OrderList({ filter }: { filter: OrderFilter }) {
  const t = useText(WATER);
  const { end, dialog } = useOrderEnds();
  const [page, setPage] = useState(1);
  const query = { ...filter, page, pageSize: PAGE };
  const orders = $api.useQuery('get', '/api/v1/water/orders', { params: { query } });
  return (
    <>
      <Paged query={orders} page={page} onPage={setPage} empty={t('noOrders')}>
        {(items) => <OrderTable items={items} onEnd={end} />}
      </Paged>
      {dialog}
    </>
  );
}

function OrderTable({ items, onEnd }: { items: Order[]; onEnd: ReturnType<typeof useOrderEnds>['end'] }) {
  const t = useText(WATER);
  const subscriptions = useSubscriptions(items.map(({ subscriptionId }) => subscriptionId));
  return (
    <Listing
      label={t('orders')}
      head={[t('subscription'), t('kind'), t('cause'), t('issuedAt'), t('dueAt'), t('executedOn'), t('state'), null]}
      minWidth={900}
    >
      {items.map((order) => {
        const { id, subscriptionId, kind, cause, issuedAt, dueAt, executedOn, state, endReason } = order;
        const subscription = subscriptions.get(subscriptionId);
        return (
          <Table.Tr key={id}>
            <Table.Td>
              <Button
                component={Link}
                href={`/water/subscriptions/${subscriptionId}`}
                variant="subtle"
                size="compact-sm"
              >
                <Ltr>{subscription?.number}</Ltr>
              </Button>
              <Text span size="sm" c="dimmed">
                <Name>{subscription?.holder}</Name>
              </Text>
            </Table.Td>
            <Table.Td>{t(kind)}</Table.Td>
            <Table.Td>{t(cause)}</Table.Td>
            <Table.Td>
              <Instant at={issuedAt} />
            </Table.Td>
            <Table.Td>
              <Instant at={dueAt} />
            </Table.Td>
            <Table.Td>
              <Day day={executedOn} />
            </Table.Td>
            <Table.Td>
              <StateBadge state={state} />{' '}
              {endReason && (
                <Text span size="xs">
                  <Name>{endReason}</Name>
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <OrderActs order={order} number={subscription?.number ?? String(subscriptionId)} onEnd={onEnd} />
            </Table.Td>
          </Table.Tr>
        );
      })}
    </Listing>
  );
}
