import { Badge, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { usePreferences, useText } from '../i18n/preferences';
import { useCitizenSearch } from '../shared/citizen-search';
import { Finder, type Found } from '../shared/finder';
import { Ltr, Name } from '../shared/values';
import { TILL } from './till.texts';

/** Who is asked for: see `GET /billing/payers`. */
export type AskedPayer = { oneRecordId: number } | { citizenId: number } | { number: string };

/** Longer than the citizen search waits, so that one of the two is always known to be asked. */
const WAIT_MS = 200;
const NUMBER = /[\d٠-٩]/;

/** One box for a name, an ID, a phone, and for the number of an account, a bill or a receipt. */
export function PayerSearch({ onPick, autoFocus }: { onPick: (asked: AskedPayer) => void; autoFocus?: boolean }) {
  const t = useText(TILL);
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), WAIT_MS);
  const citizens = useCitizenSearch(text, 'COUNTER_SERVICE', 8);
  const numbered = $api.useQuery(
    'get',
    '/api/v1/billing/payers',
    { params: { query: { number: asked } } },
    { enabled: asked.length > 1 && NUMBER.test(asked) },
  );
  const pick = (payer: AskedPayer) => () => {
    setText('');
    onPick(payer);
  };
  const byNumber = (NUMBER.test(asked) ? (numbered.data?.payers ?? []) : []).map((payer, at): Found => {
    const { name, accounts } = payer;
    return {
      key: `payer ${at}`,
      content: <NumberHit name={name} accounts={accounts.filter(({ named }) => named)} />,
      pick: pick({ number: asked }),
    };
  });
  const rows = citizens.rows.map((row): Found => {
    const { oneRecord } = row;
    const held = oneRecord && oneRecord.relation === 'SAME_PERSON' && oneRecord.state !== 'DRAFT';
    return {
      key: `row ${row.citizenId}`,
      content: <CitizenHit row={row} />,
      pick: pick(held ? { oneRecordId: oneRecord.id } : { citizenId: row.citizenId }),
    };
  });
  return (
    <Finder
      label={t('find')}
      placeholder={t('findHint')}
      shortcut="F2"
      text={text}
      onText={setText}
      found={[...byNumber.slice(0, 1), ...rows]}
      busy={citizens.isFetching || numbered.isFetching || asked !== text.trim()}
      none={t('findNone')}
      error={citizens.error ?? numbered.error}
      autoFocus={autoFocus}
    />
  );
}

function NumberHit({ name, accounts }: { name: string; accounts: Schemas['PayableAccountView'][] }) {
  const t = useText(TILL);
  return (
    <Group justify="space-between" wrap="nowrap">
      <Name>{name}</Name>
      <Group gap={4}>
        {accounts.slice(0, 3).map(({ id, serviceType, number }) => (
          <Badge key={id} variant="light">
            {t(serviceType as 'WATER')} <Ltr>{number}</Ltr>
          </Badge>
        ))}
      </Group>
    </Group>
  );
}

export function CitizenHit({ row }: { row: Schemas['FoundRowView'] }) {
  const t = useText(TILL);
  const { language } = usePreferences();
  const { name, docNo, phone, services, citNo, oneRecord, why, address } = row;
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <Stack gap={0}>
        <Text size="sm" fw={600}>
          <Name>{name}</Name>
        </Text>
        <Text size="xs" c="dimmed">
          {why.map((reason) => reason[language]).join(' · ')}
        </Text>
      </Stack>
      <Stack gap={0} align="flex-end">
        <Text size="xs">
          {oneRecord ? t('record', { number: oneRecord.number }) : t('rowOf', { number: citNo })} ·{' '}
          {t('services', { count: services })}
        </Text>
        <Text size="xs" c="dimmed">
          <Ltr>{docNo}</Ltr> · <Ltr>{phone}</Ltr> · <Name>{address}</Name>
        </Text>
      </Stack>
    </Group>
  );
}
