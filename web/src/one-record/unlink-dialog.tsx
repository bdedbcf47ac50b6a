import { notifications } from '@mantine/notifications';
import { Text } from '@mantine/core';
import { client, ifMatch, sent } from '../api/client';
import { useText } from '../i18n/preferences';
import { ReasonDialog } from '../shared/reason';
import { PAIRS } from './pairs.texts';
import type { LinkedRow, OneRecord } from './use-record';
import { useRecordChange } from './use-record-change';

interface UnlinkDialogProps {
  record: OneRecord;
  row: LinkedRow;
  onClose: () => void;
}

/** Takes one row away from an approved record, with a reason. */
export function UnlinkDialog({ record, row, onClose }: UnlinkDialogProps) {
  const t = useText(PAIRS);
  const { run, busy, error, dialog, changed } = useRecordChange(record);
  const unlink = async (reason: string) => {
    const path = { id: record.id, legacyCitizenId: row.legacyCitizenId };
    const params = { path, header: ifMatch(record.version) };
    const call = () =>
      sent(client.POST('/api/v1/one-records/{id}/links/{legacyCitizenId}/unlink', { params, body: { reason } }));
    if (!(await run(async () => changed(await call())))) return;
    notifications.show({ message: t('unlinked'), color: 'green' });
    onClose();
  };
  return (
    <>
      <ReasonDialog
        title={t('unlinkTitle', { name: row.rawName })}
        error={error}
        busy={busy}
        onConfirm={(reason) => void unlink(reason)}
        before={
          <Text size="sm" c="dimmed" mb="sm">
            {t('unlinkHint')}
          </Text>
        }
        onClose={onClose}
      />
      {dialog}
    </>
  );
}
