import { Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { $api } from '../api/client';
import { useMay } from '../api/use-session';
import { currencyName } from '../i18n/format';
import { usePreferences, useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Listing } from '../shared/listing';
import { Page } from '../shared/page';
import { Paged } from '../shared/states';
import { Day, Instant, Name } from '../shared/values';
import { EnterRate } from './enter-rate';
import { RATES } from './rates.texts';

const PAGE = 20;

/** Rates by day, newest first; a supervisor enters that of a day. */
export default function RatesPage() {
  const t = useText(RATES);
  const { language } = usePreferences();
  const may = useMay();
  const [page, setPage] = useState(1);
  const [entering, setEntering] = useState(false);
  const query = { page, pageSize: PAGE };
  const rates = $api.useQuery('get', '/api/v1/exchange-rates', { params: { query } });
  const mayEnter = may('billing.rate.enter');
  useKeys([{ keys: 'Alt+N', label: t('enter'), run: () => setEntering(true), disabled: !mayEnter }]);
  return (
    <Page
      title={t('rates')}
      actions={
        mayEnter && (
          <Button onClick={() => setEntering(true)} rightSection={<Key>Alt+N</Key>}>
            {t('enter')}
          </Button>
        )
      }
    >
      <Text size="sm" c="dimmed">
        {t('hint')}
      </Text>
      <Paged query={rates} page={page} onPage={setPage} empty={t('none')}>
        {(items) => (
          <Listing label={t('rates')} head={[t('validOn'), t('rate'), t('source'), t('enteredAt')]}>
            {items.map(({ id, base, quote, rate, validOn, source, enteredAt }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  <Day day={validOn} />
                </Table.Td>
                <Table.Td>
                  {t('equation', { base: currencyName(base, language), rate, quote: currencyName(quote, language) })}
                </Table.Td>
                <Table.Td>
                  <Name>{source}</Name>
                </Table.Td>
                <Table.Td>
                  <Instant at={enteredAt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        )}
      </Paged>
      {entering && <EnterRate onClose={() => setEntering(false)} />}
    </Page>
  );
}
