import { Card, Skeleton, Table, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { End, Listing } from '../shared/listing';
import { Empty, Loaded } from '../shared/states';
import { MeasuredCells } from './measured-cells';
import { PhotosButton } from './photos';
import { Anomalies, StateBadge } from './state-badge';
import { WATER } from './water.texts';

const ReadingsChart = lazy(() => import('./readings-chart'));

const CYCLES = 24;

/** The last two years of readings, newest first, and what was used in each cycle. */
export function Readings({ subscriptionId }: { subscriptionId: number }) {
  const t = useText(WATER);
  const query = { subscriptionId, page: 1, pageSize: CYCLES };
  const readings = $api.useQuery('get', '/api/v1/water/readings', { params: { query } });
  return (
    <Loaded query={readings}>
      {({ items }) => {
        if (items.length === 0) return <Empty>{t('noReadings')}</Empty>;
        const standing = items.filter(({ state }) => state !== 'REJECTED');
        return (
          <>
            <Card withBorder mb="md">
              <Text fw={600} mb="xs">
                {t('chart', { count: standing.length })}
              </Text>
              <Suspense fallback={<Skeleton h={220} />}>
                <ReadingsChart readings={standing.toReversed()} />
              </Suspense>
            </Card>
            <ReadingTable items={items} />
          </>
        );
      }}
    </Loaded>
  );
}

function ReadingTable({ items }: { items: Schemas['ReadingView'][] }) {
  const t = useText(WATER);
  const mayAdd = useMay()('water.reading.capture');
  return (
    <Listing
      label={t('readings')}
      head={[
        t('period'),
        t('readOn'),
        <End key="previous">{t('previous')}</End>,
        <End key="value">{t('value')}</End>,
        <End key="consumption">{t('consumption')}</End>,
        <End key="expected">{t('expected')}</End>,
        t('source'),
        t('judgement'),
        t('state'),
        null,
      ]}
      minWidth={860}
    >
      {items.map((reading) => (
        <Table.Tr key={reading.id}>
          <MeasuredCells reading={reading} />
          <Table.Td>{t(reading.source)}</Table.Td>
          <Table.Td>
            <Anomalies anomalies={reading.anomalies} />
          </Table.Td>
          <Table.Td>
            <StateBadge state={reading.state} />
          </Table.Td>
          <Table.Td>
            <PhotosButton
              of={{ kind: 'readings', id: reading.id }}
              what={t('readingOf', { period: reading.period })}
              count={reading.photos}
              mayAdd={mayAdd && reading.state !== 'REJECTED'}
            />
          </Table.Td>
        </Table.Tr>
      ))}
    </Listing>
  );
}
