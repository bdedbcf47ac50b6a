import { Badge, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { foldDigits } from '@libs/arabic';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api, client, type Schemas } from '../api/client';
import { usePreferences, useText } from '../i18n/preferences';
import { useCitizenSearch } from '../shared/citizen-search';
import { Finder, type Found } from '../shared/finder';
import { Ltr, Name } from '../shared/values';
import { StateBadge } from './state-badge';
import { WATER } from './water.texts';

type Subscription = Schemas['FoundSubscriptionView'];

/** Longer than the citizen search waits, so that one of the two is always known to be asked. */
const WAIT_MS = 200;
const CODE = /^[A-Za-z0-9-]+$/;

/** A subscription by its number or its meter's serial; or its holder by name, who may have several. */
export function SubscriptionSearch({ onFound }: { onFound: (subscriptions: Subscription[]) => void }) {
  const t = useText(WATER);
  const { language } = usePreferences();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(foldDigits(text).trim(), WAIT_MS);
  const isCode = asked.length > 1 && CODE.test(asked);
  const byNumber = useList({ number: asked }, isCode);
  const bySerial = useList({ serial: asked }, isCode);
  const citizens = useCitizenSearch(isCode ? '' : text, 'COUNTER_SERVICE', 8);
  const pick = (subscriptions: Subscription[]) => {
    setText('');
    onFound(subscriptions);
  };
  const coded = isCode ? [...(byNumber.data?.items ?? []), ...(bySerial.data?.items ?? [])] : [];
  const unique = [...new Map(coded.map((each) => [each.id, each])).values()];
  const found: Found[] = [
    ...unique.map((each) => ({
      key: `subscription ${each.id}`,
      content: <SubscriptionHit subscription={each} />,
      pick: () => pick([each]),
    })),
    ...citizens.rows.map((row) => ({
      key: `row ${row.citizenId}`,
      content: (
        <Group justify="space-between" wrap="nowrap">
          <Stack gap={0}>
            <Text size="sm" fw={600}>
              <Name>{row.name}</Name>
            </Text>
            <Text size="xs" c="dimmed">
              {row.why.map((reason) => reason[language]).join(' · ')}
            </Text>
          </Stack>
          <Text size="xs" c="dimmed">
            <Ltr>{row.docNo}</Ltr> · <Name>{row.address}</Name>
          </Text>
        </Group>
      ),
      pick: () => void subscriptionsOf(row).then(pick),
    })),
  ];
  const subscriptionsOf = async ({ citizenId }: Schemas['FoundRowView']): Promise<Subscription[]> => {
    const { data } = await client.GET('/api/v1/billing/payers', { params: { query: { citizenId } } });
    const accounts = (data?.payers ?? []).flatMap((payer) => payer.accounts);
    const lists = await Promise.all(
      accounts
        .filter(({ serviceType }) => serviceType === 'WATER')
        .map(({ id }) => queries.fetchQuery($api.queryOptions('get', PATH, { params: { query: { accountId: id } } }))),
    );
    return lists.flatMap(({ items }) => items);
  };
  return (
    <Finder
      label={t('find')}
      placeholder={t('findHint')}
      shortcut="F2"
      text={text}
      onText={setText}
      found={found}
      busy={byNumber.isFetching || bySerial.isFetching || citizens.isFetching || asked !== foldDigits(text).trim()}
      none={t('findNone')}
      error={byNumber.error ?? bySerial.error ?? citizens.error}
      autoFocus
    />
  );
}

const PATH = '/api/v1/water/subscriptions';

const useList = (query: { number?: string; serial?: string }, enabled: boolean) =>
  $api.useQuery('get', PATH, { params: { query: { ...query, page: 1, pageSize: 8 } } }, { enabled });

export function SubscriptionHit({ subscription }: { subscription: Subscription }) {
  const t = useText(WATER);
  const { number, holder, address, meter, state } = subscription;
  return (
    <Group justify="space-between" wrap="nowrap">
      <Stack gap={0}>
        <Text size="sm" fw={600}>
          <Ltr>{number}</Ltr> · <Name>{holder}</Name>
        </Text>
        <Text size="xs" c="dimmed">
          <Name>{address}</Name>
        </Text>
      </Stack>
      <Group gap="xs" wrap="nowrap">
        {meter && (
          <Badge variant="default">
            {t('meter')} <Ltr>{meter.serial}</Ltr>
          </Badge>
        )}
        <StateBadge state={state} />
      </Group>
    </Group>
  );
}
