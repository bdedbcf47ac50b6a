import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { $api, client, ifMatch, sent } from '../api/client';
import { useText } from '../i18n/preferences';
import { ReasonDialog } from '../shared/reason';
import { Empty, Loaded } from '../shared/states';
import { Dialog } from '../shared/modal';
import { PAIRS } from './pairs.texts';
import type { OneRecord } from './use-record';
import { useRecordChange } from './use-record-change';

interface UnmergeDialogProps {
  /** The record that was merged into another. */
  id: number;
  onClose: () => void;
}

/** Undoes a merge; the merged record is read itself, not the one that its number leads to. */
export function UnmergeDialog({ id, onClose }: UnmergeDialogProps) {
  const t = useText(PAIRS);
  const params = { path: { id }, query: { follow: false } };
  const merged = $api.useQuery('get', '/api/v1/one-records/{id}', { params });
  if (merged.data?.state === 'MERGED_INTO') return <Unmerge merged={merged.data} onClose={onClose} />;
  return (
    <Dialog opened onClose={onClose} title={t('unmerge')}>
      <Loaded query={merged} rows={1}>
        {() => <Empty>{t('unmergeOver')}</Empty>}
      </Loaded>
    </Dialog>
  );
}

function Unmerge({ merged, onClose }: { merged: OneRecord; onClose: () => void }) {
  const t = useText(PAIRS);
  const { run, busy, error, dialog, changed } = useRecordChange(merged, false);
  const { id, number, version } = merged;
  const unmerge = async (reason: string) => {
    const params = { path: { id }, header: ifMatch(version) };
    const call = () => sent(client.POST('/api/v1/one-records/{id}/unmerge', { params, body: { reason } }));
    if (!(await run(async () => changed((await call()).record)))) return;
    notifications.show({ message: t('unmergeDone', { number }), color: 'green' });
    onClose();
  };
  return (
    <>
      <ReasonDialog
        title={t('unmergeTitle', { number })}
        error={error}
        busy={busy}
        onConfirm={(reason) => void unmerge(reason)}
        before={
          <Text size="sm" c="dimmed" mb="sm">
            {t('unmergeHint')}
          </Text>
        }
        onClose={onClose}
      />
      {dialog}
    </>
  );
}
