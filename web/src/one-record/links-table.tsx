import { Badge, Button, Group, Table } from '@mantine/core';
import { useText } from '../i18n/preferences';
import { Ltr, Name } from '../shared/values';
import { RowFlags } from './badges';
import { RECORD } from './one-record.texts';
import { PAIRS } from './pairs.texts';
import type { LinkedRow } from './use-record';

interface LinksTableProps {
  rows: readonly LinkedRow[];
  /** Takes a row away, for those who may; the approved one stays. */
  onUnlink?: (row: LinkedRow) => void;
}

/** Rows of the old systems under a record. */
export function LinksTable({ rows, onUnlink }: LinksTableProps) {
  const t = useText(RECORD);
  const p = useText(PAIRS);
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th>{t('document')}</Table.Th>
            <Table.Th>{t('phone')}</Table.Th>
            <Table.Th>{t('relation')}</Table.Th>
            <Table.Th>{t('services')}</Table.Th>
            {onUnlink && <Table.Td />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.legacyCitizenId}>
              <Table.Td>
                <Group gap={6}>
                  <Name>{row.rawName}</Name>
                  <Ltr>{row.citNo}</Ltr>
                  {row.approved && (
                    <Badge variant="light" tt="none" size="sm">
                      {t('approvedRow')}
                    </Badge>
                  )}
                  <RowFlags {...row} />
                </Group>
              </Table.Td>
              <Table.Td>
                <Ltr>{row.maskedDocument}</Ltr>
              </Table.Td>
              <Table.Td>
                <Ltr>{row.maskedPhone}</Ltr>
              </Table.Td>
              <Table.Td>
                {t(`relation_${row.relation}`)}
                {row.shareHundredths !== null && (
                  <>
                    {' '}
                    <Ltr>{`${row.shareHundredths / 100}%`}</Ltr>
                  </>
                )}
              </Table.Td>
              <Table.Td>
                <Ltr>{row.services.length}</Ltr>
              </Table.Td>
              {onUnlink && (
                <Table.Td className="end">
                  {!row.approved && (
                    <Button size="compact-xs" variant="subtle" color="red" onClick={() => onUnlink(row)}>
                      {p('unlink')}
                    </Button>
                  )}
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
