import { Button, Table } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { $api } from '../api/client';
import { languageNow, useText } from '../i18n/preferences';
import { End, Listing } from '../shared/listing';
import { usePrint } from '../shared/pdf';
import { Paged } from '../shared/states';
import { Ltr, Money } from '../shared/values';
import { StateBadge } from './state-badge';
import { WATER } from './water.texts';

const PAGE = 12;

/** The bills of an account, the newest first; those that were issued can be printed. */
export function Bills({ accountId }: { accountId: number }) {
  const t = useText(WATER);
  const show = usePrint();
  const [page, setPage] = useState(1);
  const bills = $api.useQuery('get', '/api/v1/billing/accounts/{id}/bills', {
    params: { path: { id: accountId }, query: { page, pageSize: PAGE } },
  });
  return (
    <Paged query={bills} page={page} onPage={setPage} empty={t('noBills')}>
      {(items) => (
        <Listing
          label={t('bills')}
          head={[t('period'), t('bill'), <End key="amount">{t('amount')}</End>, t('state'), null]}
        >
          {items.map(({ id, period, serial, amount, currency, state }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Ltr>{period}</Ltr>
              </Table.Td>
              <Table.Td>
                <Ltr>{serial}</Ltr>
              </Table.Td>
              <Table.Td className="end">
                <Money minor={amount} currency={currency} />
              </Table.Td>
              <Table.Td>
                <StateBadge state={state} />
              </Table.Td>
              <Table.Td className="end">
                {serial && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    leftSection={<IconPrinter size={14} />}
                    aria-label={`${t('print')} ${serial}`}
                    onClick={() =>
                      show({ title: serial, path: `/api/v1/billing/bills/${id}/pdf?lang=${languageNow()}` })
                    }
                  >
                    {t('print')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Listing>
      )}
    </Paged>
  );
}
