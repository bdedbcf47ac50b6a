import { Button, Loader, Paper, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useText } from '../i18n/preferences';
import { useCitizenSearch, type FoundRow, type Purpose } from '../shared/citizen-search';
import { Key, useKeys } from '../shared/keys';
import { Page } from '../shared/page';
import { Empty, ProblemAlert } from '../shared/states';
import { useDraft, useUnsaved } from '../shared/unsaved';
import { NewRecord } from './new-record';
import { ResultsTable } from './results-table';
import { SEARCH } from './search.texts';
import { SelectionBar } from './selection-bar';

const PURPOSES = ['COUNTER_SERVICE', 'LINKING', 'COMPLAINT', 'AUDIT'] as const satisfies readonly Purpose[];

interface Draft {
  text: string;
  purpose: Purpose;
  selected: Map<number, FoundRow>;
  /** The rows are chosen, the record is being written. */
  writing: boolean;
}

export default function SearchPage() {
  const t = useText(SEARCH);
  const box = useRef<HTMLInputElement>(null);
  const [draft, keep, drop] = useDraft<Draft>('search', {
    text: '',
    purpose: 'COUNTER_SERVICE',
    selected: new Map(),
    writing: false,
  });
  const { text, purpose, selected, writing } = draft;
  const [kinShown, setKinShown] = useState(false);
  const change = (next: Partial<Draft>) => keep({ ...draft, ...next });
  const search = useCitizenSearch(text, purpose);
  /** Nothing can be said of what was typed. */
  const waits = search.isLoading || (search.asked && search.behind);
  useUnsaved(writing);
  useKeys([{ keys: '/', label: t('focus'), run: () => box.current?.select() }]);

  const toggle = (row: FoundRow) => {
    const next = new Map(selected);
    if (!next.delete(row.citizenId)) next.set(row.citizenId, row);
    change({ selected: next });
  };
  if (writing) {
    const rows = [...selected.values()];
    return <NewRecord rows={rows} onBack={() => change({ writing: false })} onDone={drop} />;
  }
  return (
    <Page
      title={t('title')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('purpose')}
          value={purpose}
          onChange={(value) => change({ purpose: value })}
          data={PURPOSES.map((value) => ({ value, label: t(`purpose_${value}`) }))}
        />
      }
    >
      <TextInput
        ref={box}
        data-search
        autoFocus
        size="lg"
        radius="lg"
        type="search"
        aria-label={t('label')}
        placeholder={t('label')}
        value={text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          document.querySelector<HTMLElement>('tr[data-line]')?.focus();
        }}
        leftSection={search.isFetching ? <Loader size={18} /> : <IconSearch size={20} />}
        rightSection={<Key>/</Key>}
      />
      <ProblemAlert error={search.error} retry={search.refetch} />
      {search.rows.length > 0 && (
        <>
          <ResultsTable
            label={t('results')}
            rows={search.rows}
            behind={search.behind}
            selected={selected}
            onToggle={toggle}
          />
          <Text size="xs" c="dimmed">
            {t('keysHint')}
          </Text>
        </>
      )}
      {search.kin.length > 0 && (
        <>
          <Button
            variant="default"
            aria-expanded={kinShown}
            onClick={() => setKinShown(!kinShown)}
            rightSection={kinShown ? <IconChevronUp size={16} /> : <IconChevronDown size={16} />}
          >
            {t('kin', { count: search.kin.length })}
          </Button>
          {kinShown && (
            <ResultsTable
              label={t('kin', { count: search.kin.length })}
              rows={search.kin}
              behind={search.behind}
              selected={selected}
              onToggle={toggle}
            />
          )}
        </>
      )}
      {search.rows.length === 0 && !search.error && !waits && (
        <Paper>
          <Empty icon={<IconSearch size={40} stroke={1.2} />}>
            {search.asked ? t('nothing', { text: text.trim() }) : t('hint')}
          </Empty>
        </Paper>
      )}
      <SelectionBar
        rows={[...selected.values()]}
        onClear={() => change({ selected: new Map() })}
        onCreate={() => change({ writing: true })}
        onAdded={drop}
      />
    </Page>
  );
}
