import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { CREW } from './crew.texts';
import { EndOrder } from './end-order';
import { PhotosButton } from './photos';
import type { EndedOrder } from './use-order-base';
import { WATER } from './water.texts';

interface Ending {
  order: EndedOrder;
  /** Of its subscription. */
  number: string;
  act: 'execute' | 'fail';
}

/** The dialog over a list of orders; it stays when its order has left the list meanwhile. */
export function useOrderEnds() {
  const [ending, setEnding] = useState<Ending>();
  return { end: setEnding, dialog: ending && <EndOrder {...ending} onClose={() => setEnding(undefined)} /> };
}

interface OrderActsProps {
  order: EndedOrder;
  number: string;
  onEnd: (ending: Ending) => void;
}

/** In the row of an order: what became of it, while it waits, and its photos afterwards. */
export function OrderActs({ order, number, onEnd }: OrderActsProps) {
  const t = useText(CREW);
  const w = useText(WATER);
  const mayExecute = useMay()('water.order.execute');
  const { id, state } = order;
  return (
    <Group gap={4} wrap="nowrap" mt={4}>
      {state === 'ISSUED' && mayExecute && (
        <>
          <Button size="compact-xs" onClick={() => onEnd({ order, number, act: 'execute' })}>
            {t('execute')}
          </Button>
          <Button size="compact-xs" variant="light" color="red" onClick={() => onEnd({ order, number, act: 'fail' })}>
            {t('fail')}
          </Button>
        </>
      )}
      {(state === 'EXECUTED' || state === 'FAILED') && (
        <PhotosButton of={{ kind: 'orders', id }} what={w('subscriptionOf', { number })} mayAdd={mayExecute} />
      )}
    </Group>
  );
}
