import { Group, Paper, Table, Text, Title } from '@mantine/core';
import type { Schemas } from '../api/client';
import { usePreferences, useText } from '../i18n/preferences';
import { Ltr, Name } from '../shared/values';
import { RowFlags } from './badges';
import { PROPOSALS } from './proposals.texts';

/** Pair by pair, why rows are held to be one person. */
export function Reasons({ proposal: { pairs, rows } }: { proposal: Schemas['MatchProposalDetails'] }) {
  const t = useText(PROPOSALS);
  const { language } = usePreferences();
  const citNo = (id: number) => rows.find(({ citizenId }) => citizenId === id)?.citNo ?? String(id);
  return (
    <Paper withBorder radius="lg" p="md">
      <Title order={2} size="h5" mb="xs">
        {t('reasons')}
      </Title>
      <Table>
        <Table.Tbody>
          {pairs.map(({ legacyCitizenId, otherCitizenId, reasons }) => (
            <Table.Tr key={`${legacyCitizenId} ${otherCitizenId}`}>
              <Table.Th scope="row" w={180}>
                {t('same', { a: citNo(legacyCitizenId), b: citNo(otherCitizenId) })}
              </Table.Th>
              <Table.Td>{reasons.map((reason) => reason[language]).join(language === 'ar' ? '، ' : ', ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

/** Rows that are not proposed but should be seen. */
export function Others({
  title,
  rows,
}: {
  title: string;
  rows: readonly Omit<Schemas['RelatedRowView'], 'bits' | 'party'>[];
}) {
  if (rows.length === 0) return null;
  return (
    <Paper withBorder radius="lg" p="md">
      <Title order={2} size="h5" mb="xs">
        {title}
      </Title>
      {rows.map((row) => (
        <Group key={row.citizenId} gap="sm">
          <Name>{row.name}</Name>
          <Text size="sm" c="dimmed">
            <Ltr>{row.citNo}</Ltr> · <Ltr>{row.docNo}</Ltr> · <Ltr>{row.phone}</Ltr> · <Name>{row.address}</Name>
          </Text>
          <RowFlags {...row} />
        </Group>
      ))}
    </Paper>
  );
}
