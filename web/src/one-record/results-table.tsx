import { Checkbox, Group, Table, Text } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { usePreferences, useText } from '../i18n/preferences';
import type { FoundRow } from '../shared/citizen-search';
import { Ltr, Name } from '../shared/values';
import { HolderLink, RowFlags } from './badges';
import { RECORD } from './one-record.texts';
import { RowServices } from './row-services';
import { SEARCH } from './search.texts';

interface ResultsProps {
  label: string;
  rows: readonly FoundRow[];
  /** They answer what was typed before. */
  behind: boolean;
  selected: ReadonlyMap<number, FoundRow>;
  onToggle: (row: FoundRow) => void;
}

/** Arrow keys move from row to row; the first goes back to the search box. */
function move(event: KeyboardEvent<HTMLElement>, back: HTMLElement | null): void {
  const lines = [...event.currentTarget.closest('table')!.querySelectorAll<HTMLElement>('tr[data-line]')];
  const at = lines.indexOf(event.currentTarget);
  const next = event.key === 'ArrowDown' ? lines[at + 1] : (lines[at - 1] ?? back);
  next?.focus();
  event.preventDefault();
}

/** Candidates as a list that can be compared; a selected row shows its services and balances. */
export function ResultsTable({ label, rows, behind, selected, onToggle }: ResultsProps) {
  const t = useText(RECORD);
  return (
    <Table.ScrollContainer minWidth={720} className={behind ? 'card behind' : 'card'} aria-busy={behind}>
      <Table highlightOnHover verticalSpacing="xs" aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={36} />
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th>{t('document')}</Table.Th>
            <Table.Th>{t('phone')}</Table.Th>
            <Table.Th>{t('address')}</Table.Th>
            <Table.Th>{t('services')}</Table.Th>
            <Table.Th>{t('record')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Result
              key={row.citizenId}
              row={row}
              selected={selected.has(row.citizenId)}
              onToggle={() => onToggle(row)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Result({ row, selected, onToggle }: { row: FoundRow; selected: boolean; onToggle: () => void }) {
  const s = useText(SEARCH);
  const { language } = usePreferences();
  const [opened, setOpened] = useState(false);
  const shown = selected || opened;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event, document.querySelector('[data-search]'));
    else if (event.key === ' ') onToggle();
    else if (event.key === 'Enter') setOpened(!opened);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <Table.Tr
        data-line
        tabIndex={0}
        aria-selected={selected}
        className={selected ? 'line selected' : 'line'}
        onClick={onToggle}
        onKeyDown={onKeyDown}
      >
        <Table.Td>
          <Checkbox
            checked={selected}
            onChange={onToggle}
            onClick={(event) => event.stopPropagation()}
            aria-label={s('select', { name: `${row.name} ${row.citNo}` })}
            tabIndex={-1}
          />
        </Table.Td>
        <Table.Td>
          <Group gap={6}>
            <Text fw={600} span>
              <Name>{row.name}</Name>
            </Text>
            <Text size="xs" c="dimmed" span>
              <Ltr>{row.citNo}</Ltr>
            </Text>
            <RowFlags {...row} />
          </Group>
          <Text size="xs" c="dimmed">
            {row.why.map((reason) => reason[language]).join(language === 'ar' ? '، ' : ', ')}
          </Text>
        </Table.Td>
        <Table.Td>
          <Ltr>{row.docNo}</Ltr>
          {row.docNo && (
            <Text size="xs" c="dimmed">
              <Name>{row.docType}</Name>
            </Text>
          )}
        </Table.Td>
        <Table.Td>
          <Ltr>{row.phone}</Ltr>
        </Table.Td>
        <Table.Td>
          <Name>{row.address}</Name>
        </Table.Td>
        <Table.Td>
          <button
            type="button"
            className="count"
            aria-expanded={shown}
            aria-label={s('details', { name: row.name, count: row.services })}
            onClick={(event) => {
              event.stopPropagation();
              setOpened(!opened);
            }}
          >
            <Ltr>{row.services}</Ltr>
          </button>
        </Table.Td>
        <Table.Td>{row.oneRecord ? <HolderLink record={row.oneRecord} /> : '—'}</Table.Td>
      </Table.Tr>
      {shown && (
        <Table.Tr className={selected ? 'selected' : undefined}>
          <Table.Td />
          <Table.Td colSpan={6} pt={0}>
            <RowServices id={row.citizenId} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}
