import { client, ifMatch, sent } from '../api/client';
import { useText } from '../i18n/preferences';
import { ReasonDialog } from '../shared/reason';
import { PAGE } from './record.texts';
import type { OneRecord } from './use-record';
import { useRecordChange } from './use-record-change';

export type LifeAct = 'suspend' | 'reinstate' | 'revoke';

interface LifeDialogProps {
  record: OneRecord;
  act: LifeAct;
  title?: string;
  onClose: () => void;
}

/** Suspends, reinstates or ends a record, with a reason. */
export function LifeDialog({ record, act: name, title, onClose }: LifeDialogProps) {
  const t = useText(PAGE);
  const { run, busy, error, dialog, changed } = useRecordChange(record);
  const act = async (reason: string) => {
    const params = { path: { id: record.id }, header: ifMatch(record.version) };
    const body = { reason };
    if (await run(async () => changed(await sent(client.POST(`/api/v1/one-records/{id}/${name}`, { params, body })))))
      onClose();
  };
  return (
    <>
      <ReasonDialog
        title={title ?? t(name)}
        color={name === 'reinstate' ? 'brand' : 'red'}
        error={error}
        busy={busy}
        onConfirm={(reason) => void act(reason)}
        onClose={onClose}
      />
      {dialog}
    </>
  );
}
