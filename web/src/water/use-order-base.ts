import { useQueryClient } from '@tanstack/react-query';
import { client, sent, type Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { useBase } from '../shared/stale';
import { WATER } from './water.texts';

type Order = Schemas['WaterOrderView'];
/** Of an order, what its end is about. */
export type EndedOrder = Pick<
  Order,
  'id' | 'version' | 'kind' | 'state' | 'fieldListId' | 'executedOn' | 'reading' | 'seal' | 'endReason'
>;

/** The version of an order that an answer is given to; what changed meanwhile is shown, and the answer goes on with it. */
export function useOrderBase(order: EndedOrder) {
  const t = useText(WATER);
  const queries = useQueryClient();
  const { base, ...stale } = useBase<EndedOrder>({
    shown: order,
    async read() {
      const latest = await sent(client.GET('/api/v1/water/orders/{id}', { params: { path: { id: order.id } } }));
      await queries.invalidateQueries();
      return latest;
    },
    describe: ({ state, fieldListId, executedOn, reading, seal, endReason }) => ({
      [t('state')]: t(state),
      [t('fieldList')]: String(fieldListId ?? ''),
      [t('executedOn')]: executedOn ?? '',
      [t('reading')]: String(reading ?? ''),
      [t('seal')]: seal ?? '',
      [t('reason')]: endReason ?? '',
    }),
  });
  return { version: base!.version, ...stale };
}
