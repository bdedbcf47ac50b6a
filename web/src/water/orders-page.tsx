import { Group, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../i18n/preferences';
import { Page } from '../shared/page';
import { OrderList } from './order-list';
import './water.css';
import { WATER } from './water.texts';

const STATES = ['ISSUED', 'EXECUTED', 'FAILED', 'CANCELLED'] as const;
const KINDS = ['DISCONNECT', 'RECONNECT'] as const;

/** Cuts and reconnections, the longest waiting first. */
export default function OrdersPage() {
  const t = useText(WATER);
  const [state, setState] = useState<(typeof STATES)[number]>('ISSUED');
  const [kind, setKind] = useState<(typeof KINDS)[number] | 'ANY'>('ANY');
  const filter = { state, ...(kind !== 'ANY' && { kind }) };
  return (
    <Page title={t('orders')}>
      <Group>
        <SegmentedControl
          aria-label={t('state')}
          value={state}
          data={STATES.map((value) => ({ value, label: t(value) }))}
          onChange={setState}
        />
        <SegmentedControl
          aria-label={t('kind')}
          value={kind}
          data={[{ value: 'ANY', label: t('any') }, ...KINDS.map((value) => ({ value, label: t(value) }))]}
          onChange={setKind}
        />
      </Group>
      <OrderList key={JSON.stringify(filter)} filter={filter} />
    </Page>
  );
}
