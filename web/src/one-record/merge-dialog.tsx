import { Anchor, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { $api, client, ifMatch, sent } from '../api/client';
import { useText } from '../i18n/preferences';
import { ReasonDialog } from '../shared/reason';
import { Loaded } from '../shared/states';
import { RECORD } from './one-record.texts';
import { PAIRS } from './pairs.texts';
import { RecordFinder } from './record-finder';
import { SideBySide, type Pair } from './side-by-side';
import type { OneRecord } from './use-record';
import { useRecordChange } from './use-record-change';

interface MergeDialogProps {
  record: OneRecord;
  onClose: () => void;
}

/** Another record is the same person: it is found, compared side by side, and goes into this one. */
export function MergeDialog({ record, onClose }: MergeDialogProps) {
  const t = useText(PAIRS);
  const { run, busy, error, dialog, changed } = useRecordChange(record);
  const [otherId, setOtherId] = useState<number>();
  const params = { path: { id: otherId ?? 0 } };
  const other = $api.useQuery('get', '/api/v1/one-records/{id}', { params }, { enabled: otherId !== undefined });
  const merge = async (reason: string) => {
    if (!other.data) return;
    const { id, number, version } = other.data;
    const into = { path: { id: record.id }, header: ifMatch(record.version) };
    const body = { reason, otherId: id, otherVersion: version };
    const call = () => sent(client.POST('/api/v1/one-records/{id}/merge', { params: into, body }));
    if (!(await run(async () => changed((await call()).record)))) return;
    notifications.show({ message: t('mergeDone', { number }), color: 'green' });
    onClose();
  };
  return (
    <>
      <ReasonDialog
        title={t('mergeTitle', { number: record.number })}
        size="xl"
        error={error}
        busy={busy}
        disabled={otherId === undefined || !other.data}
        onConfirm={(reason) => void merge(reason)}
        onClose={onClose}
        before={
          <Stack gap="sm" mb="md">
            <Text size="sm" c="dimmed">
              {t('mergeHint')}
            </Text>
            {otherId === undefined ? (
              <RecordFinder except={record.id} onPick={setOtherId} />
            ) : (
              <>
                <Loaded query={other}>{(found) => <Compared record={record} other={found} />}</Loaded>
                <Anchor component="button" type="button" size="sm" onClick={() => setOtherId(undefined)}>
                  {t('another')}
                </Anchor>
              </>
            )}
          </Stack>
        }
      />
      {dialog}
    </>
  );
}

function Compared({ record, other }: { record: OneRecord; other: OneRecord }) {
  const t = useText(PAIRS);
  const r = useText(RECORD);
  const pair = (label: string, of: (each: OneRecord) => Pair['left'], ltr = false): Pair => ({
    label,
    left: of(record),
    right: of(other),
    ltr,
  });
  return (
    <SideBySide
      left={t('stays')}
      right={t('goes')}
      pairs={[
        pair(r('number'), (each) => each.number, true),
        pair(r('name'), (each) => each.approvedName),
        pair(r('documentType'), (each) => each.documentType && r(`document_${each.documentType}`)),
        pair(r('documentNumber'), (each) => each.documentNumber ?? each.maskedDocument, true),
        pair(r('phone'), (each) => each.phone, true),
        pair(r('state'), (each) => r(`state_${each.state}`)),
        pair(r('rows'), (each) => String(each.links.length), true),
      ]}
    />
  );
}
