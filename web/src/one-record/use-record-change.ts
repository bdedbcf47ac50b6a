import { useState } from 'react';
import { useText } from '../i18n/preferences';
import { useStale } from '../shared/stale';
import { describeRecord } from './describe';
import { RECORD } from './one-record.texts';
import { readRecord, useRecordChanged, type OneRecord } from './use-record';

/**
 * Changes of a record, on the version that the page shows. `run` is true when the change was made; a refusal becomes `error`, a
 * version that somebody else has passed becomes `dialog`, with the record read again behind it.
 */
export function useRecordChange(record: OneRecord, follow = true) {
  const r = useText(RECORD);
  const changed = useRecordChanged();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const read = async () => {
    const latest = await readRecord(record.id, follow);
    await changed(follow ? latest : undefined);
    return latest;
  };
  const { catchStale, dialog } = useStale({ shown: record, read, describe: describeRecord(r) });
  const run = async (change: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setError(undefined);
    try {
      await change();
      return true;
    } catch (problem) {
      if (!(await catchStale(problem))) setError(problem);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, error, dialog, changed };
}
