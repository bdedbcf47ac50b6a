import { Alert, Anchor, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { client, ifMatch, sent, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { ReasonDialog } from '../shared/reason';
import { Loaded } from '../shared/states';
import { Ltr, Name } from '../shared/values';
import { AddedRow } from './added-row';
import { RECORD } from './one-record.texts';
import { proposedPairs } from './proposed-pairs';
import { QUEUE } from './queue.texts';
import { RecordProblem } from './record-problem';
import { ScanView } from './scans';
import { SideBySide } from './side-by-side';
import { useDecision } from './use-decision';
import { useRecord, type OneRecord } from './use-record';

type Proposal = Schemas['EditProposalView'];

interface EditDecisionProps {
  proposal: Proposal;
  onDecided: () => void;
}

export function EditDecision({ proposal, onDecided }: EditDecisionProps) {
  return (
    <Loaded query={useRecord(proposal.oneRecordId)}>
      {(record) => <Decision record={record} proposal={proposal} onDecided={onDecided} />}
    </Loaded>
  );
}

/** The record as it stands beside what the edit would make of it. */
function Decision({ record, proposal, onDecided }: EditDecisionProps & { record: OneRecord }) {
  const t = useText(QUEUE);
  const r = useText(RECORD);
  const may = useMay();
  const { busy, error, decide, dialog } = useDecision(record, onDecided);
  const [refusing, setRefusing] = useState(false);
  const [override, setOverride] = useState('');
  const { number } = record;
  const changes = proposal.changes as Schemas['EditChangesInput'];
  const outdated = proposal.baseVersion !== record.version;
  const params = { path: { id: proposal.id }, header: ifMatch(proposal.version) };
  const apply = () => {
    const body = { overrideReason: override.trim() || undefined };
    void decide(
      () => sent(client.POST('/api/v1/citizens/proposals/{id}/apply', { params, body })),
      t('applied', { number }),
    );
  };
  const refuse = (reason: string) =>
    void decide(
      () => sent(client.POST('/api/v1/citizens/proposals/{id}/reject', { params, body: { reason } })),
      t('refused', { number }),
    );
  useKeys([
    { keys: 'Alt+A', label: t('apply'), run: apply, disabled: busy || outdated },
    { keys: 'Alt+R', label: t('refuse'), run: () => setRefusing(true), disabled: busy },
  ]);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={2} size="h4">
          <Name>{record.approvedName}</Name>
        </Title>
        <Anchor component={Link} href={`/records/${record.id}`}>
          {t('openRecord')} <Ltr>{number}</Ltr>
        </Anchor>
      </Group>
      <Text>
        <Text span c="dimmed">
          {t('why')}:
        </Text>{' '}
        <Name>{proposal.reason}</Name>
      </Text>
      {outdated && <Alert color="orange">{t('outdated')}</Alert>}
      <SideBySide left={t('now')} right={t('proposed')} pairs={proposedPairs(record, changes, r)} />
      {(changes.links ?? [])
        .filter((link) => !record.links.some(({ legacyCitizenId }) => legacyCitizenId === link.legacyCitizenId))
        .map(({ legacyCitizenId }) => (
          <AddedRow key={legacyCitizenId} id={legacyCitizenId} />
        ))}
      {proposal.evidenceId !== null && may('citizens.one-record.read-document') && (
        <ScanView recordId={record.id} evidenceId={proposal.evidenceId} />
      )}
      {changes.document && may('citizens.one-record.override-id') && (
        <TextInput
          label={t('overrideReason')}
          value={override}
          onChange={(event) => setOverride(event.currentTarget.value)}
        />
      )}
      {!refusing && <RecordProblem error={error} />}
      <Group justify="flex-end">
        <Button variant="default" disabled={busy} onClick={() => setRefusing(true)} rightSection={<Key>Alt+R</Key>}>
          {t('refuse')}
        </Button>
        <Button loading={busy} disabled={outdated} onClick={apply} rightSection={<Key>Alt+A</Key>}>
          {t('apply')}
        </Button>
      </Group>
      {refusing && (
        <ReasonDialog
          title={t('refuseTitle', { number })}
          error={error}
          busy={busy}
          onConfirm={refuse}
          onClose={() => setRefusing(false)}
        />
      )}
      {dialog}
    </Stack>
  );
}
