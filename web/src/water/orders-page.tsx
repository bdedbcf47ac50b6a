import { Button, Group, SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { CutsArea } from './cuts-area';
import { CUTS } from './cuts.texts';
import { OrderList } from './order-list';
import './water.css';
import { WATER } from './water.texts';

const OrderCuts = lazy(() => import('./order-cuts').then((file) => ({ default: file.OrderCuts })));

const STATES = ['ISSUED', 'EXECUTED', 'FAILED', 'CANCELLED'] as const;
const KINDS = ['DISCONNECT', 'RECONNECT'] as const;

/** Cuts and reconnections, the longest waiting first. */
export default function OrdersPage() {
  const t = useText(WATER);
  const [state, setState] = useState<(typeof STATES)[number]>('ISSUED');
  const [kind, setKind] = useState<(typeof KINDS)[number] | 'ANY'>('ANY');
  const c = useText(CUTS);
  const may = useMay();
  const [ordering, setOrdering] = useState(false);
  const mayOrder = may('water.order.issue');
  useKeys([{ keys: 'F6', label: c('order'), run: () => setOrdering(true), disabled: !mayOrder }]);
  const filter = { state, ...(kind !== 'ANY' && { kind }) };
  return (
    <CutsArea
      title={t('orders')}
      actions={
        mayOrder && (
          <Button color="red" variant="light" onClick={() => setOrdering(true)} rightSection={<Key>F6</Key>}>
            {c('order')}
          </Button>
        )
      }
    >
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
      <Suspense>{ordering && <OrderCuts onClose={() => setOrdering(false)} />}</Suspense>
    </CutsArea>
  );
}
