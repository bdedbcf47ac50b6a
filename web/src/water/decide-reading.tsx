import { Checkbox } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api, client, ifMatch, type Schemas } from '../api/client';
import { isStale } from '../api/problem';
import { useLastAct } from '../api/use-last-act';
import { useText } from '../i18n/preferences';
import { ReasonDialog } from '../shared/reason';
import { useBase } from '../shared/stale';
import { WATER } from './water.texts';

export type Decision = 'confirm' | 'reject' | 're-read';
type Reading = Schemas['ReadingView'];

const TITLES = { confirm: 'confirm', reject: 'reject', 're-read': 'reRead' } as const;

interface DecideReadingProps {
  reading: Reading;
  decision: Decision;
  onClose: () => void;
}

/** A suspect is confirmed, rejected, or rejected and read again, on the version that was seen. */
export function DecideReading({ reading, decision, onClose }: DecideReadingProps) {
  const t = useText(WATER);
  const queries = useQueryClient();
  const [rollover, setRollover] = useState(false);
  const { id, subscription } = reading;
  const { base, ...stale } = useBase<Reading>({
    shown: reading,
    async read() {
      const { data } = await client.GET('/api/v1/water/readings/{id}', { params: { path: { id } } });
      await queries.invalidateQueries();
      return data;
    },
    describe: ({ state, value, consumption, note }) => ({
      [t('state')]: t(state),
      [t('value')]: String(value ?? '—'),
      [t('consumption')]: String(consumption ?? '—'),
      [t('note')]: note ?? '—',
    }),
  });
  const { answer } = useLastAct(
    onClose,
    async (error) => (await stale.catchStale(error)) || queries.invalidateQueries(),
  );
  const confirm = $api.useMutation('post', '/api/v1/water/readings/{id}/confirm', answer);
  const reject = $api.useMutation('post', '/api/v1/water/readings/{id}/reject', answer);
  const reRead = $api.useMutation('post', '/api/v1/water/readings/{id}/re-read', answer);
  const act = { confirm, reject, 're-read': reRead }[decision];
  const params = { path: { id }, header: ifMatch(base!.version) };
  const submit = (reason: string) => {
    if (decision === 'confirm') confirm.mutate({ params, body: { reason, ...(rollover && { rollover }) } });
    else (decision === 'reject' ? reject : reRead).mutate({ params, body: { reason } });
  };
  return (
    <>
      <ReasonDialog
        title={`${t(TITLES[decision])} · ${t('subscriptionOf', { number: subscription })}`}
        color={decision === 'confirm' ? 'brand' : 'red'}
        error={isStale(act.error) ? undefined : act.error}
        busy={act.isPending}
        onConfirm={submit}
        onClose={onClose}
      >
        {decision === 'confirm' && reading.anomalies.includes('BACKWARD') && (
          <Checkbox
            mb="sm"
            label={t('rollover')}
            checked={rollover}
            onChange={(event) => setRollover(event.currentTarget.checked)}
          />
        )}
      </ReasonDialog>
      {stale.dialog}
    </>
  );
}
