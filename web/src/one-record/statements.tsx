import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { $api } from '../api/client';
import { usePreferences, useText } from '../i18n/preferences';
import { usePrint } from '../shared/pdf';
import { Paged } from '../shared/states';
import { SHARED } from '../shared/shared.texts';
import { Day, Instant, Ltr } from '../shared/values';
import { PAGE } from './record.texts';

const SIZE = 20;

export const statementPath = (serial: string, language: string): string =>
  `/api/v1/statements/${serial}/pdf?lang=${language}`;

/** Statements that were issued; printing one again gives a sheet that is marked as a copy. */
export function Statements({ id }: { id: number }) {
  const t = useText(PAGE);
  const shared = useText(SHARED);
  const { language } = usePreferences();
  const print = usePrint();
  const [page, setPage] = useState(1);
  const query = $api.useQuery('get', '/api/v1/one-records/{id}/statements', {
    params: { path: { id }, query: { page, pageSize: SIZE } },
  });
  return (
    <Paged query={query} page={page} onPage={setPage}>
      {(items) => (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('serial')}</Table.Th>
              <Table.Th>{t('issuedAt')}</Table.Th>
              <Table.Th>{t('asOf')}</Table.Th>
              <Table.Th>{t('prints')}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map(({ serial, issuedAt, asOf, prints }) => (
              <Table.Tr key={serial}>
                <Table.Td>
                  <Ltr>{serial}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Instant at={issuedAt} />
                </Table.Td>
                <Table.Td>
                  <Day day={asOf} />
                </Table.Td>
                <Table.Td>
                  <Ltr>{prints}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Button
                    size="xs"
                    variant="default"
                    onClick={() =>
                      print({ title: t('statementOf', { serial }), path: statementPath(serial, language) })
                    }
                  >
                    {shared('print')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Paged>
  );
}
