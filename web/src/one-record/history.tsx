import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { usePreferences, useText } from '../i18n/preferences';
import { Paged } from '../shared/states';
import { Instant, Ltr, Name } from '../shared/values';
import { RECORD } from './one-record.texts';
import { PAIRS } from './pairs.texts';
import { PAGE } from './record.texts';
import { whatChanged } from './what-changed';

const UnmergeDialog = lazy(() => import('./unmerge-dialog').then((file) => ({ default: file.UnmergeDialog })));

const SIZE = 20;

/** Newest first. */
export const useHistory = (id: number, pageSize: number, page = 1) =>
  $api.useQuery(
    'get',
    '/api/v1/one-records/{id}/transactions',
    { params: { path: { id }, query: { page, pageSize } } },
    { placeholderData: keepPreviousData },
  );

/** Numbered, attributed and chained; who may verify sees whether the chain of the year holds. */
export function History({ id }: { id: number }) {
  const t = useText(PAGE);
  const r = useText(RECORD);
  const may = useMay();
  const p = useText(PAIRS);
  const [page, setPage] = useState(1);
  const [unmerging, setUnmerging] = useState<number>();
  const arrow = usePreferences().language === 'ar' ? '←' : '→';
  /** A merge into this record. */
  const mayUndo = ({ action, oneRecordId, relatedRecordId }: Schemas['TransactionView']) =>
    action === 'MERGE' && oneRecordId === id && relatedRecordId !== null && may('citizens.one-record.split');
  return (
    <Paged query={useHistory(id, SIZE, page)} page={page} onPage={setPage}>
      {(items) => (
        <Stack gap="xs">
          {may('citizens.transaction.verify') && (
            <Group gap="xs">
              {[...new Set(items.map(({ transactionNumber }) => transactionNumber.slice(0, 4)))].map((year) => (
                <ChainState key={year} year={Number(year)} />
              ))}
            </Group>
          )}
          <Table.ScrollContainer minWidth={700}>
            <Table verticalSpacing="xs" fz="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('transaction')}</Table.Th>
                  <Table.Th>{t('transactionDate')}</Table.Th>
                  <Table.Th>{t('employee')}</Table.Th>
                  <Table.Th>{t('what')}</Table.Th>
                  <Table.Th>{t('hash')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((entry) => (
                  <Table.Tr key={entry.transactionNumber}>
                    <Table.Td>
                      <Ltr>{entry.transactionNumber}</Ltr>
                    </Table.Td>
                    <Table.Td>
                      <Instant at={entry.at} />
                    </Table.Td>
                    <Table.Td>
                      <Name>{entry.employeeName ?? t('citizen')}</Name>
                    </Table.Td>
                    <Table.Td>
                      <Text size="sm" fw={600}>
                        {t(`action_${entry.action}` as 'action_CREATE')}
                      </Text>
                      {entry.reason && (
                        <Text size="sm">
                          <Name>{entry.reason}</Name>
                        </Text>
                      )}
                      {mayUndo(entry) && (
                        <Button size="compact-xs" variant="light" onClick={() => setUnmerging(entry.relatedRecordId!)}>
                          {p('unmerge')}
                        </Button>
                      )}
                      {whatChanged(entry.before, entry.after, r).map(({ label, before, after }) => (
                        <Text key={label} size="xs" c="dimmed">
                          {label}: {before && <bdi className="was">{before}</bdi>} {before && arrow}{' '}
                          <bdi>{after || '—'}</bdi>
                        </Text>
                      ))}
                    </Table.Td>
                    <Table.Td>
                      <code dir="ltr" title={entry.hash}>
                        {entry.hash.slice(0, 10)}
                      </code>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <Suspense>
            {unmerging !== undefined && <UnmergeDialog id={unmerging} onClose={() => setUnmerging(undefined)} />}
          </Suspense>
        </Stack>
      )}
    </Paged>
  );
}

function ChainState({ year }: { year: number }) {
  const t = useText(PAGE);
  const { data } = $api.useQuery('get', '/api/v1/citizens/transactions/verify', { params: { query: { year } } });
  if (!data) return null;
  return (
    <Badge
      color={data.intact ? 'green' : 'red'}
      variant="light"
      size="lg"
      tt="none"
      leftSection={data.intact ? <IconShieldCheck size={16} /> : <IconShieldX size={16} />}
    >
      {t('chain', { year })}: {data.intact ? t('intact') : t('broken', { number: data.firstBroken ?? '' })}
    </Badge>
  );
}
