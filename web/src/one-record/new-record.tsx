import { Alert, Button, Grid, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Schemas } from '../api/client';
import { asProblem } from '../api/problem';
import { usePreferences, useText } from '../i18n/preferences';
import type { FoundRow } from '../shared/citizen-search';
import { Key, useKeys } from '../shared/keys';
import { Page } from '../shared/page';
import { nothingUnsaved, useDraft } from '../shared/unsaved';
import { saveDraft } from './draft-steps';
import {
  identityErrors,
  identityOfRecord,
  identityOfRows,
  likelyParty,
  PARTIES,
  type Identity,
  type PartyType,
} from './identity';
import { IdentityForm } from './identity-form';
import { RECORD } from './one-record.texts';
import { RecordProblem } from './record-problem';
import { useRows } from './row-services';
import type { Scan } from './scan';
import { ScanInput } from './scan-input';
import { SEARCH } from './search.texts';
import { SelectedRows, type Tie } from './selected-rows';
import { bestRow } from './best-row';

interface Form {
  party: PartyType;
  approved: number;
  ties: Record<number, Tie>;
  /** What was typed; the rest is what the rows propose. */
  typed: Identity;
  scan?: Scan;
  record?: Schemas['OneRecordView'];
}

interface NewRecordProps {
  rows: readonly FoundRow[];
  onBack: () => void;
  onDone: () => void;
}

/** From selected rows to a record that awaits its checker, on one page. */
export function NewRecord({ rows, onBack, onDone }: NewRecordProps) {
  const t = useText(SEARCH);
  const r = useText(RECORD);
  const { language } = usePreferences();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const key = `new-record ${rows.map(({ citizenId }) => citizenId).join()}`;
  const [form, keep, drop] = useDraft<Form>(key, {
    party: likelyParty(rows),
    approved: bestRow(rows),
    ties: Object.fromEntries(rows.map((row) => [row.citizenId, { relation: row.joint ? 'CO_OWNER' : 'SAME_PERSON' }])),
    typed: {},
  });
  const change = (next: Partial<Form>) => keep({ ...form, ...next });
  const full = useRows(rows.map(({ citizenId }) => citizenId));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const { party, approved, ties, typed, scan, record } = form;
  const approvedRow = full.find(({ citizenId }) => citizenId === approved);
  const known = record?.name ? identityOfRecord(record) : identityOfRows(approvedRow, full, party);
  const identity = { ...known, ...typed };

  const save = async (submit: boolean) => {
    setBusy(true);
    setError(undefined);
    let latest = form;
    const onStep = (step: Schemas['OneRecordView']) => keep((latest = { ...latest, record: step }));
    const open = { partyType: party, rows: rows.map(({ citizenId }) => linkOf(citizenId, ties[citizenId], approved)) };
    try {
      const done = await saveDraft({ record, open, identity, scan, submit, onStep });
      notifications.show({ message: r(submit ? 'submitted' : 'saved', { number: done.number }), color: 'green' });
      drop();
      onDone();
      nothingUnsaved();
      await queries.invalidateQueries();
      navigate(`/records/${done.id}`);
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  useKeys([
    { keys: 'Alt+S', label: r('submit'), run: () => void save(true), disabled: busy },
    { keys: 'Alt+B', label: t('back'), run: onBack, disabled: busy || record !== undefined },
  ]);
  return (
    <Page
      title={t('create')}
      actions={
        !record && (
          <Button variant="default" onClick={onBack} rightSection={<Key>Alt+B</Key>}>
            {t('back')}
          </Button>
        )
      }
    >
      <Grid>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Title order={2} size="h5" mb="xs">
            {t('rows')}
          </Title>
          <SelectedRows
            rows={rows}
            ties={ties}
            approved={approved}
            frozen={record !== undefined}
            onApprove={(id) => change({ approved: id })}
            onTie={(id, tie) => change({ ties: { ...ties, [id]: tie } })}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Paper withBorder p="md" radius="lg">
            <Stack gap="sm">
              <Title order={2} size="h5">
                {t('identity')}
              </Title>
              <NativeSelect
                label={r('partyType')}
                value={party}
                disabled={record !== undefined}
                onChange={(event) => change({ party: event.currentTarget.value as PartyType, typed: {} })}
                data={PARTIES.map((value) => ({ value, label: r(`party_${value}`) }))}
              />
              <Text size="xs" c="dimmed">
                {t('prefilled')}
              </Text>
              <IdentityForm
                party={party}
                identity={identity}
                errors={error ? identityErrors(asProblem(error, language), language) : {}}
                onChange={(place, value) => change({ typed: { ...typed, [place]: value } })}
              />
              <ScanInput scan={scan} onChange={(next) => change({ scan: next })} />
              <RecordProblem error={error} />
              {record && error !== undefined && <Alert color="blue">{r('draftKept', { number: record.number })}</Alert>}
              <Button size="md" loading={busy} onClick={() => void save(true)} rightSection={<Key>Alt+S</Key>}>
                {r('submit')}
              </Button>
              <Button variant="subtle" disabled={busy} onClick={() => void save(false)}>
                {r('saveDraft')}
              </Button>
            </Stack>
          </Paper>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function linkOf(id: number, tie: Tie | undefined, approved: number): Schemas['SelectedRowInput'] {
  const { relation = 'SAME_PERSON', shareHundredths } = tie ?? {};
  return { legacyCitizenId: id, relation, shareHundredths, ...(id === approved && { approved: true }) };
}
