import { notifications } from '@mantine/notifications';
import type { OneRecord } from './use-record';
import { useRecordChange } from './use-record-change';

/** A decision on a record that somebody else may change meanwhile. */
export function useDecision(record: OneRecord, onDecided: () => void) {
  const { run, changed, ...state } = useRecordChange(record);
  const decide = async (act: () => Promise<unknown>, message: string) => {
    if (!(await run(act))) return;
    notifications.show({ message, color: 'green' });
    await changed();
    onDecided();
  };
  return { ...state, decide };
}
