import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useText } from '../i18n/preferences';
import { useStale } from '../shared/stale';
import { describeRecord } from './describe';
import { RECORD } from './one-record.texts';
import { readRecord, useRecordChanged, type OneRecord } from './use-record';

/** A decision on a record that somebody else may change meanwhile. */
export function useDecision(record: OneRecord, onDecided: () => void) {
  const r = useText(RECORD);
  const changed = useRecordChanged();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const refreshed = async () => {
    const latest = await readRecord(record.id);
    await changed(latest);
    return latest;
  };
  const stale = useStale({ shown: record, read: refreshed, describe: describeRecord(r) });
  const decide = async (run: () => Promise<unknown>, message: string) => {
    setBusy(true);
    setError(undefined);
    try {
      await run();
      notifications.show({ message, color: 'green' });
      await changed();
      onDecided();
    } catch (problem) {
      if (!(await stale.catchStale(problem))) setError(problem);
      setBusy(false);
    }
  };
  return { busy, error, decide, dialog: stale.dialog };
}
