import { Group, Stack, Text } from '@mantine/core';
import { useText } from '../i18n/preferences';
import { Empty } from '../shared/states';
import { Ltr, Money, Name } from '../shared/values';
import { RECORD } from './one-record.texts';
import { ServicesTable, totals } from './row-services';
import type { LinkedRow } from './use-record';

/** All services of the record by the row they hang on; sums are of the person's own rows, a currency each. */
export function RecordServices({ rows }: { rows: readonly LinkedRow[] }) {
  const t = useText(RECORD);
  const withServices = rows.filter(({ services }) => services.length > 0);
  if (withServices.length === 0) return <Empty>{t('noServices')}</Empty>;
  const own = rows.filter(({ relation }) => relation === 'SAME_PERSON');
  const sums = totals(own.flatMap(({ services }) => services.flatMap(({ balances }) => balances)));
  return (
    <Stack gap="md">
      {withServices.map((row) => (
        <section key={row.legacyCitizenId}>
          <Text size="sm" fw={600}>
            <Name>{row.rawName}</Name>{' '}
            <Text span size="xs" c="dimmed">
              <Ltr>{row.citNo}</Ltr> · {t(`relation_${row.relation}`)}
            </Text>
          </Text>
          <ServicesTable services={row.services} />
        </section>
      ))}
      <Group gap="lg" justify="flex-end" className="sum">
        <Text fw={600}>{t('total')}</Text>
        {sums.map(({ currency, balance }) => (
          <Text key={currency} fw={700}>
            <Money minor={balance} currency={currency} />
          </Text>
        ))}
      </Group>
    </Stack>
  );
}
