import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { today } from '../i18n/format';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { End, Listing } from '../shared/listing';
import { Dialog } from '../shared/modal';
import { Paged } from '../shared/states';
import { SHARED } from '../shared/shared.texts';
import { Day, Ltr, Money, Name } from '../shared/values';
import { CUTS } from './cuts.texts';

type Notice = Schemas['CutNoticeView'];

const PAGE = 20;

/** Orders the cuts of served notices whose days to pay are over, and says which were not ordered and why. */
export function OrderCuts({ onClose }: { onClose: () => void }) {
  const t = useText(CUTS);
  const queries = useQueryClient();
  const attempt = useAttempt();
  const [page, setPage] = useState(1);
  const query = { state: 'SERVED' as const, page, pageSize: PAGE };
  const notices = $api.useQuery('get', '/api/v1/water/cut-notices', { params: { query } });
  const order = $api.useMutation('post', '/api/v1/water/orders', {
    async onSuccess() {
      attempt.done();
      await queries.invalidateQueries();
    },
    onError: attempt.failed,
  });
  if (order.data) return <Ordered outcome={order.data} onClose={onClose} />;
  return (
    <FormDialog
      title={t('title')}
      size="xl"
      submit={t('confirm')}
      color="red"
      error={order.error}
      busy={order.isPending}
      disabled={!notices.data?.total}
      onSubmit={() => order.mutate({ params: { header: attempt.header() }, body: {} })}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        {t('hint')}
      </Text>
      <Paged query={notices} page={page} onPage={setPage} empty={t('none')}>
        {(items) => <Served items={items} />}
      </Paged>
    </FormDialog>
  );
}

function Served({ items }: { items: Notice[] }) {
  const t = useText(CUTS);
  const now = today();
  return (
    <Listing
      label={t('served')}
      head={[t('serial'), t('holder'), <End key="owed">{t('owed')}</End>, t('deadline'), null]}
      minWidth={620}
    >
      {items.map(({ serial, name, subscription, owed, deadlineOn }) => {
        const over = deadlineOn !== null && deadlineOn < now;
        return (
          <Table.Tr key={serial}>
            <Table.Td>
              <Ltr>{serial}</Ltr>
            </Table.Td>
            <Table.Td>
              <Name>{name}</Name> <Ltr>{subscription}</Ltr>
            </Table.Td>
            <Table.Td className="end">
              <Money minor={owed} currency="ILS" />
            </Table.Td>
            <Table.Td>
              <Day day={deadlineOn} />
            </Table.Td>
            <Table.Td>
              <Badge variant="light" color={over ? 'red' : 'gray'} tt="none" miw="max-content">
                {t(over ? 'over' : 'running')}
              </Badge>
            </Table.Td>
          </Table.Tr>
        );
      })}
    </Listing>
  );
}

function Ordered({ outcome, onClose }: { outcome: Schemas['OrderedCutsView']; onClose: () => void }) {
  const t = useText(CUTS);
  const shared = useText(SHARED);
  return (
    <Dialog opened onClose={onClose} title={t('title')} size="lg">
      <Stack>
        <Text fw={600}>{t('ordered', { count: outcome.orders.length })}</Text>
        {(['cancelled', 'left'] as const).map(
          (list) =>
            outcome[list].length > 0 && (
              <section key={list}>
                <Text fw={600}>{t(list)}</Text>
                {outcome[list].map(({ serial, why, detail }) => (
                  <Text key={serial} size="sm">
                    <Ltr>{serial}</Ltr> · {t(why)} {detail && <Name>{detail}</Name>}
                  </Text>
                ))}
              </section>
            ),
        )}
        <Group justify="flex-end">
          <Button data-autofocus onClick={onClose}>
            {shared('close')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
