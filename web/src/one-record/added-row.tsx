import { Group, Paper, Text } from '@mantine/core';
import { useText } from '../i18n/preferences';
import { Loaded } from '../shared/states';
import { Ltr, Name } from '../shared/values';
import { RowFlags } from './badges';
import { QUEUE } from './queue.texts';
import { ServicesTable, useRow } from './row-services';

/** A row that an edit would add, in full: the checker sees what comes with it. */
export function AddedRow({ id }: { id: number }) {
  const t = useText(QUEUE);
  return (
    <Loaded query={useRow(id)} rows={1}>
      {(row) => (
        <Paper withBorder p="sm" radius="md">
          <Group gap={6}>
            <Text c="dimmed" size="sm">
              {t('added')}
            </Text>
            <Text fw={600}>
              <Name>{row.rawName}</Name>
            </Text>
            <Ltr>{row.citNo}</Ltr>
            <RowFlags {...row} />
          </Group>
          <Text size="sm" c="dimmed">
            <Name>{row.rawDocType}</Name> <Ltr>{row.rawDocNo}</Ltr> · <Ltr>{row.rawPhone}</Ltr> ·{' '}
            <Name>{row.rawAddress}</Name>
          </Text>
          <ServicesTable services={row.services} />
        </Paper>
      )}
    </Loaded>
  );
}
