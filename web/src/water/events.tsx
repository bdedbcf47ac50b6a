import { Table } from '@mantine/core';
import { $api } from '../api/client';
import { Empty, Loaded } from '../shared/states';
import { Day, Name } from '../shared/values';
import { StateBadge } from './state-badge';

/** What happened to a subscription, the newest first. */
export function Events({ subscriptionId: id }: { subscriptionId: number }) {
  const found = $api.useQuery('get', '/api/v1/water/subscriptions/{id}/events', { params: { path: { id } } });
  return (
    <Loaded query={found}>
      {({ events }) =>
        events.length === 0 ? (
          <Empty />
        ) : (
          <Table>
            <Table.Tbody>
              {events.toReversed().map(({ happenedOn, fromState, toState, reason }, at) => (
                <Table.Tr key={at}>
                  <Table.Td w={130}>
                    <Day day={happenedOn} />
                  </Table.Td>
                  <Table.Td>
                    {fromState && <StateBadge state={fromState} />} {toState && <StateBadge state={toState} />}
                  </Table.Td>
                  <Table.Td>{reason && <Name>{reason}</Name>}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )
      }
    </Loaded>
  );
}
