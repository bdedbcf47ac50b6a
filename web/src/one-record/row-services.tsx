import { Stack, Table, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { $api, type Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { Loaded } from '../shared/states';
import { Day, Ltr, Money, Name } from '../shared/values';
import { RECORD } from './one-record.texts';

const ROW = '/api/v1/citizens/rows/{id}';
const FRESH_MS = 300_000;

/** A row in full. Each look is audited, so only what was selected or opened is read. */
export const useRow = (id: number) => $api.useQuery('get', ROW, { params: { path: { id } } }, { staleTime: FRESH_MS });

/** Those of the rows that have been read. */
export const useRows = (ids: readonly number[]): Schemas['CitizenRowView'][] =>
  useQueries({
    queries: ids.map((id) => $api.queryOptions('get', ROW, { params: { path: { id } } }, { staleTime: FRESH_MS })),
    combine: (answers) => answers.flatMap(({ data }) => data ?? []),
  });

type Balance = Schemas['RowBalanceView'];

export const Balances = ({ balances }: { balances: readonly Balance[] }) => (
  <Stack gap={0}>
    {balances.length === 0
      ? '—'
      : balances.map(({ currency, balance }) => <Money key={currency} minor={balance} currency={currency} />)}
  </Stack>
);

/** Sums per currency, never across. */
export function totals(balances: readonly Balance[]): Balance[] {
  const sums = new Map<string, bigint>();
  for (const { currency, balance } of balances) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(balance));
  return [...sums].map(([currency, balance]) => ({ currency, balance: String(balance) }));
}

interface Service {
  srvNo: string;
  type: string;
  status: string;
  address: string;
  startedOn: string;
  balances: Balance[];
}

export function ServicesTable({ services }: { services: readonly Service[] }) {
  const t = useText(RECORD);
  if (services.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('noServices')}
      </Text>
    );
  }
  return (
    <Table withRowBorders={false} verticalSpacing={4} fz="sm" layout="fixed" horizontalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="13%">{t('serviceNumber')}</Table.Th>
          <Table.Th>{t('type')}</Table.Th>
          <Table.Th w="12%">{t('status')}</Table.Th>
          <Table.Th>{t('address')}</Table.Th>
          <Table.Th w="17%">{t('since')}</Table.Th>
          <Table.Th w="22%">{t('balance')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {services.map((service) => (
          <Table.Tr key={`${service.type} ${service.srvNo}`}>
            <Table.Td>
              <Ltr>{service.srvNo}</Ltr>
            </Table.Td>
            <Table.Td>
              <Name>{service.type}</Name>
            </Table.Td>
            <Table.Td>
              <Name>{service.status}</Name>
            </Table.Td>
            <Table.Td>
              <Name>{service.address}</Name>
            </Table.Td>
            <Table.Td>
              <Day day={service.startedOn} />
            </Table.Td>
            <Table.Td>
              <Balances balances={service.balances} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function RowServices({ id }: { id: number }) {
  return (
    <Loaded query={useRow(id)} rows={1}>
      {({ services }) => <ServicesTable services={services} />}
    </Loaded>
  );
}
