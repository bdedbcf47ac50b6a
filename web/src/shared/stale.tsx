import { Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { isStale } from '../api/problem';
import { useText } from '../i18n/preferences';
import { SHARED } from './shared.texts';
import { Dialog } from './modal';

/** What a clerk sees of a record, by label: `{ 'Phone': '+97059…' }`. */
export type Described = Record<string, string>;

export const differences = (before: Described, after: Described): { label: string; before: string; after: string }[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((label) => ({ label, before: before[label] ?? '', after: after[label] ?? '' }))
    .filter((row) => row.before !== row.after);

interface Options<T> {
  /** The record as the page shows it. */
  shown: T | undefined;
  /** Reads it again. */
  read: () => Promise<T | undefined>;
  describe: (record: T) => Described;
}

/**
 * `catchStale(error)` is true for "changed since you read it" (412): it reads the record again, shows what changed, and
 * leaves the form as it is. Render `dialog` on the page.
 */
export function useStale<T>({ shown, read, describe }: Options<T>) {
  const [rows, setRows] = useState<ReturnType<typeof differences>>();
  const catchStale = async (error: unknown): Promise<boolean> => {
    if (!isStale(error)) return false;
    const before = shown ? describe(shown) : {};
    const after = await read();
    setRows(after ? differences(before, describe(after)) : []);
    return true;
  };
  return { catchStale, dialog: rows && <StaleDialog rows={rows} onClose={() => setRows(undefined)} /> };
}

/** `useStale` of a form: `base` is the version that it began with, or that was shown since; no other is written over. */
export function useBase<T>({ shown, read, describe }: Options<T>) {
  const [base, setBase] = useState(shown);
  const reread = async () => {
    const latest = await read();
    if (latest) setBase(latest);
    return latest;
  };
  return { base, ...useStale({ shown: base, read: reread, describe }) };
}

function StaleDialog({ rows, onClose }: { rows: ReturnType<typeof differences>; onClose: () => void }) {
  const t = useText(SHARED);
  return (
    <Dialog opened onClose={onClose} title={t('staleTitle')} size="lg">
      <Text mb="md">{t(rows.length > 0 ? 'stale' : 'staleNothing')}</Text>
      {rows.length > 0 && <Differences rows={rows} />}
      <Group justify="flex-end" mt="lg">
        <Button data-autofocus onClick={onClose}>
          {t('useNew')}
        </Button>
      </Group>
    </Dialog>
  );
}

export function Differences({ rows }: { rows: ReturnType<typeof differences> }) {
  const t = useText(SHARED);
  return (
    <Table withTableBorder>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('field')}</Table.Th>
          <Table.Th>{t('before')}</Table.Th>
          <Table.Th>{t('after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ label, before, after }) => (
          <Table.Tr key={label}>
            <Table.Th scope="row">{label}</Table.Th>
            <Table.Td className="was">
              <bdi>{before || '—'}</bdi>
            </Table.Td>
            <Table.Td className="is">
              <bdi>{after || '—'}</bdi>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
