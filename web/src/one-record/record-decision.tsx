import { Anchor, Button, Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { client, ifMatch, sent } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { ReasonDialog } from '../shared/reason';
import { Loaded } from '../shared/states';
import { Ltr, Name } from '../shared/values';
import { LinksTable } from './links-table';
import { RECORD } from './one-record.texts';
import { QUEUE } from './queue.texts';
import { RecordProblem } from './record-problem';
import { ScanView } from './scans';
import { SideBySide, type Pair } from './side-by-side';
import { useDecision } from './use-decision';
import { useLinkedRows, useRecord, type LinkedRow, type OneRecord } from './use-record';

export function RecordDecision({ id, onDecided }: { id: number; onDecided: () => void }) {
  const rows = useLinkedRows(id);
  return (
    <Loaded query={useRecord(id)}>
      {(record) => (
        <Loaded query={rows}>{(list) => <Decision record={record} rows={list} onDecided={onDecided} />}</Loaded>
      )}
    </Loaded>
  );
}

interface DecisionProps {
  record: OneRecord;
  rows: readonly LinkedRow[];
  onDecided: () => void;
}

/** The approved row as the old system has it, beside what was submitted, with the scan that proves it. */
function Decision({ record, rows, onDecided }: DecisionProps) {
  const t = useText(QUEUE);
  const r = useText(RECORD);
  const may = useMay();
  const { busy, error, decide, dialog } = useDecision(record, onDecided);
  const [rejecting, setRejecting] = useState(false);
  const { id, number, version } = record;
  const params = { path: { id }, header: ifMatch(version) };
  const approve = () =>
    void decide(() => sent(client.POST('/api/v1/one-records/{id}/approve', { params })), t('approved', { number }));
  const reject = (reason: string) =>
    void decide(
      () => sent(client.POST('/api/v1/one-records/{id}/reject', { params, body: { reason } })),
      t('rejected', { number }),
    );
  useKeys([
    { keys: 'Alt+A', label: t('approve'), run: approve, disabled: busy },
    { keys: 'Alt+R', label: t('reject'), run: () => setRejecting(true), disabled: busy },
  ]);
  const row = rows.find(({ approved }) => approved);
  const scan = record.evidence.at(-1);
  const endsAlike = (masked: string | null | undefined, full: string | null) =>
    !!masked && !!full && masked.slice(-4) === full.slice(-4);
  const pairs: Pair[] = [
    { label: r('name'), left: row?.rawName, right: record.approvedName },
    {
      label: record.documentType ? r(`document_${record.documentType}`) : r('document'),
      left: row?.maskedDocument,
      right: record.documentNumber ?? record.maskedDocument,
      ltr: true,
      differs: !endsAlike(row?.maskedDocument, record.documentNumber ?? record.maskedDocument),
    },
    {
      label: r('phone'),
      left: row?.maskedPhone,
      right: record.phone,
      ltr: true,
      differs: !endsAlike(row?.maskedPhone, record.phone),
    },
  ];
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={2} size="h4">
          <Name>{record.approvedName}</Name>
        </Title>
        <Anchor component={Link} href={`/records/${id}`}>
          {t('openRecord')} <Ltr>{number}</Ltr>
        </Anchor>
      </Group>
      <SideBySide left={t('old')} right={t('submitted')} pairs={pairs} />
      <LinksTable rows={rows} />
      {scan && may('citizens.one-record.read-document') && <ScanView recordId={id} evidenceId={scan.id} />}
      {!rejecting && <RecordProblem error={error} />}
      <Group justify="flex-end">
        <Button variant="default" disabled={busy} onClick={() => setRejecting(true)} rightSection={<Key>Alt+R</Key>}>
          {t('reject')}
        </Button>
        <Button loading={busy} onClick={approve} rightSection={<Key>Alt+A</Key>}>
          {t('approve')}
        </Button>
      </Group>
      {rejecting && (
        <ReasonDialog
          title={t('rejectTitle', { number })}
          error={error}
          busy={busy}
          onConfirm={reject}
          onClose={() => setRejecting(false)}
        />
      )}
      {dialog}
    </Stack>
  );
}
