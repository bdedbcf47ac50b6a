import { useState } from 'react';
import { client, ifMatch, sent } from '../api/client';
import { useText } from '../i18n/preferences';
import { ReasonDialog } from '../shared/reason';
import { useStale } from '../shared/stale';
import { describeRecord } from './describe';
import { RECORD } from './one-record.texts';
import { PAGE } from './record.texts';
import { readRecord, useRecordChanged, type OneRecord } from './use-record';

export type LifeAct = 'suspend' | 'reinstate' | 'revoke';

interface LifeDialogProps {
  record: OneRecord;
  act: LifeAct;
  title?: string;
  onClose: () => void;
}

/** Suspends, reinstates or ends a record, with a reason. */
export function LifeDialog({ record, act, title, onClose }: LifeDialogProps) {
  const t = useText(PAGE);
  const r = useText(RECORD);
  const changed = useRecordChanged();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const refreshed = async () => {
    const latest = await readRecord(record.id);
    await changed(latest);
    return latest;
  };
  const stale = useStale({ shown: record, read: refreshed, describe: describeRecord(r) });
  const run = async (reason: string) => {
    setBusy(true);
    const params = { path: { id: record.id }, header: ifMatch(record.version) };
    try {
      await changed(await sent(client.POST(`/api/v1/one-records/{id}/${act}`, { params, body: { reason } })));
      onClose();
    } catch (problem) {
      if (!(await stale.catchStale(problem))) setError(problem);
      setBusy(false);
    }
  };
  return (
    <>
      <ReasonDialog
        title={title ?? t(act)}
        color={act === 'reinstate' ? 'brand' : 'red'}
        error={error}
        busy={busy}
        onConfirm={(reason) => void run(reason)}
        onClose={onClose}
      />
      {stale.dialog}
    </>
  );
}
