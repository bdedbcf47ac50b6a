import { Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { foldDigits } from '@libs/arabic';
import { useState } from 'react';
import { $api } from '../api/client';
import { useText } from '../i18n/preferences';
import { useCitizenSearch } from '../shared/citizen-search';
import { Finder, type Found } from '../shared/finder';
import { Ltr, Name } from '../shared/values';
import { StateBadge } from './badges';
import { PAIRS } from './pairs.texts';
import type { OneRecord } from './use-record';

const RECORD_NUMBER = /^\d{4}-\d{6}$/;
const WAIT_MS = 200;
const STANDING: readonly OneRecord['state'][] = ['APPROVED', 'ACTIVATED', 'SUSPENDED'];

interface RecordFinderProps {
  /** The record that is not offered. */
  except: number;
  onPick: (id: number) => void;
}

/** A box for an approved record: by its number, or by a row it holds. */
export function RecordFinder({ except, onPick }: RecordFinderProps) {
  const t = useText(PAIRS);
  const [text, setText] = useState('');
  const [number] = useDebouncedValue(foldDigits(text).trim(), WAIT_MS);
  const isNumber = RECORD_NUMBER.test(number);
  const citizens = useCitizenSearch(text, 'LINKING', 20);
  const numbered = $api.useQuery(
    'get',
    '/api/v1/one-records/by-number/{number}',
    { params: { path: { number } } },
    { enabled: isNumber, retry: false },
  );
  const found = new Map<number, Found>();
  const offer = (record: Pick<OneRecord, 'id' | 'number' | 'state'>, name: string | null) => {
    if (record.id === except || found.has(record.id) || !STANDING.includes(record.state)) return;
    const { id, state } = record;
    const content = <Hit number={record.number} state={state} name={name} />;
    found.set(id, { key: String(id), content, pick: () => onPick(id) });
  };
  if (isNumber && numbered.data) offer(numbered.data, numbered.data.approvedName);
  for (const { oneRecord, name } of citizens.rows) if (oneRecord?.relation === 'SAME_PERSON') offer(oneRecord, name);
  return (
    <Finder
      label={t('findOther')}
      placeholder={t('findOtherHint')}
      text={text}
      onText={setText}
      found={[...found.values()]}
      busy={citizens.isFetching || citizens.behind || (isNumber && numbered.isFetching)}
      none={t('findOtherNone')}
      error={citizens.error}
      autoFocus
    />
  );
}

function Hit({ number, state, name }: { number: string; state: OneRecord['state']; name: string | null }) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Name>{name}</Name>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm">
          <Ltr>{number}</Ltr>
        </Text>
        <StateBadge state={state} />
      </Group>
    </Group>
  );
}
