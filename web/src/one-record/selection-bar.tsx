import { Button, Group, Paper, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { client, ifMatch, sent, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import type { FoundRow } from '../shared/citizen-search';
import { Key, useKeys } from '../shared/keys';
import { ReasonDialog } from '../shared/reason';
import { Ltr } from '../shared/values';
import { SEARCH } from './search.texts';

interface SelectionBarProps {
  rows: readonly FoundRow[];
  onClear: () => void;
  onCreate: () => void;
  onAdded: () => void;
}

/** What can be done with the selected rows: a new record, or the one record that some of them belong to. */
export function SelectionBar({ rows, onClear, onCreate, onAdded }: SelectionBarProps) {
  const t = useText(SEARCH);
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const free = rows.filter(({ oneRecord }) => !oneRecord);
  const holders = new Map(rows.flatMap(({ oneRecord }) => (oneRecord ? [[oneRecord.id, oneRecord]] : [])));
  const holder = holders.size === 1 ? [...holders.values()][0] : undefined;
  const canCreate = rows.length > 0 && holders.size === 0 && may('citizens.one-record.create');
  const canAdd = holder !== undefined && free.length > 0 && may('citizens.one-record.link', 'citizens.edit.propose');
  useKeys([
    { keys: 'Alt+N', label: t('create'), run: onCreate, disabled: !canCreate },
    {
      keys: 'Alt+A',
      label: t('addTo', { number: holder?.number ?? '' }),
      run: () => setAdding(true),
      disabled: !canAdd,
    },
  ]);
  if (rows.length === 0) return null;
  return (
    <Paper withBorder shadow="md" p="sm" radius="lg" className="bar">
      <Group justify="space-between">
        <Text fw={600}>{t('selected', { count: rows.length })}</Text>
        <Group gap="xs">
          <Button variant="subtle" onClick={onClear}>
            {t('clear')}
          </Button>
          {canAdd && (
            <Button onClick={() => setAdding(true)} rightSection={<Key>Alt+A</Key>}>
              {t('addTo', { number: '' })}
              <Ltr>{holder.number}</Ltr>
            </Button>
          )}
          {canCreate && (
            <Button onClick={onCreate} rightSection={<Key>Alt+N</Key>}>
              {t('create')}
            </Button>
          )}
        </Group>
      </Group>
      {adding && holder && (
        <AddToRecord holder={holder} rows={free} onClose={() => setAdding(false)} onAdded={onAdded} />
      )}
    </Paper>
  );
}

interface AddProps {
  holder: Schemas['RowRecordView'];
  rows: readonly FoundRow[];
  onClose: () => void;
  onAdded: () => void;
}

/** To a draft the rows are linked at once, to an approved record by a proposal that another person decides. */
function AddToRecord({ holder, rows, onClose, onAdded }: AddProps) {
  const t = useText(SEARCH);
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const add = async (reason: string) => {
    setBusy(true);
    try {
      const path = { id: holder.id };
      const record = await sent(client.GET('/api/v1/one-records/{id}', { params: { path } }));
      const links = rows.map(({ citizenId }) => ({ legacyCitizenId: citizenId, relation: 'SAME_PERSON' as const }));
      if (record.state === 'DRAFT') {
        let { version } = record;
        for (const body of links) {
          const header = ifMatch(version);
          ({ version } = await sent(client.POST('/api/v1/one-records/{id}/links', { params: { path, header }, body })));
        }
      } else {
        const header = ifMatch(record.version);
        const body = { reason, changes: { links } };
        await sent(client.POST('/api/v1/one-records/{id}/proposals', { params: { path, header }, body }));
      }
      notifications.show({ message: t(record.state === 'DRAFT' ? 'added' : 'proposed', { number: holder.number }) });
      onAdded();
      await queries.invalidateQueries();
      navigate(`/records/${holder.id}`);
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };
  return (
    <ReasonDialog
      title={t('addReason', { number: holder.number })}
      color="brand"
      error={error}
      busy={busy}
      onConfirm={(reason) => void add(reason)}
      onClose={onClose}
    />
  );
}
