import { Badge, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../i18n/preferences';
import { Ltr, Name } from '../shared/values';
import { QUEUE } from './queue.texts';

export interface Pair {
  label: string;
  left: string | null | undefined;
  right: string | null | undefined;
  /** Numbers, IDs and phones: read from left to right. */
  ltr?: boolean;
  /** Told apart from equal by more than the text; default: the texts differ. */
  differs?: boolean;
}

/** Two sides of a decision, what differs set apart. */
export function SideBySide({ left, right, pairs }: { left: string; right: string; pairs: readonly Pair[] }) {
  const t = useText(QUEUE);
  const show = (text: Pair['left'], ltr?: boolean): ReactNode => (ltr ? <Ltr>{text}</Ltr> : <Name>{text}</Name>);
  return (
    <Table withTableBorder verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="24%">{t('field')}</Table.Th>
          <Table.Th w="38%">{left}</Table.Th>
          <Table.Th w="38%">{right}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {pairs.map(({ label, left: before, right: after, ltr, differs = before !== after }) => (
          <Table.Tr key={label} className={differs ? 'changed' : undefined}>
            <Table.Th scope="row" fw={500}>
              {label}
            </Table.Th>
            <Table.Td>{show(before, ltr)}</Table.Td>
            <Table.Td fw={differs ? 700 : 400}>
              {show(after, ltr)}{' '}
              {!differs && (
                <Badge variant="light" color="gray" size="xs" tt="none">
                  {t('same')}
                </Badge>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
