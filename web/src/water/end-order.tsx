import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { foldDigits } from '@libs/arabic';
import { useState } from 'react';
import { $api, ifMatch } from '../api/client';
import { isStale } from '../api/problem';
import { useFieldErrors } from '../api/use-field-errors';
import { useLastAct } from '../api/use-last-act';
import { today } from '../i18n/format';
import { useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { FormDialog } from '../shared/dialog';
import { CREW } from './crew.texts';
import { attachPhoto, PhotoInput } from './photos';
import { useOrderBase, type EndedOrder } from './use-order-base';

interface EndOrderProps {
  order: EndedOrder;
  /** Number of its subscription. */
  number: string;
  act: 'execute' | 'fail';
  onClose: () => void;
}

/** What the crew says of an order: done, with reading, seal and photo, or why not. */
export function EndOrder({ act, ...props }: EndOrderProps) {
  return act === 'execute' ? <ExecuteOrder {...props} /> : <FailOrder {...props} />;
}

function ExecuteOrder({ order, number, onClose }: Omit<EndOrderProps, 'act'>) {
  const t = useText(CREW);
  const { id, kind } = order;
  const { version, catchStale, dialog } = useOrderBase(order);
  const { answer, header } = useLastAct(onClose, catchStale);
  const [said, setSaid] = useState({ on: today(), reading: '', seal: '' });
  const [photo, setPhoto] = useState<string>();
  const execute = $api.useMutation('post', '/api/v1/water/orders/{id}/execute', {
    ...answer,
    async onSuccess({ state }) {
      if (state === 'CANCELLED')
        notifications.show({ message: t('paidMeanwhile'), color: 'orange', autoClose: 10_000 });
      // The order is carried out without its photo, too.
      if (photo)
        await attachPhoto({ kind: 'orders', id }, photo).catch(() =>
          notifications.show({ message: t('photoLost'), color: 'red', autoClose: 10_000 }),
        );
      await answer.onSuccess();
    },
  });
  const errors = useFieldErrors(execute.error);
  const reading = foldDigits(said.reading).trim();
  const whole = /^\d{0,9}$/.test(reading);
  const submit = () => {
    const params = { path: { id }, header: { ...ifMatch(version), ...header() } };
    const seal = said.seal.trim();
    const body = { on: said.on, ...(reading && { reading: Number(reading) }), ...(seal && { seal }) };
    execute.mutate({ params, body });
  };
  return (
    <>
      <FormDialog
        title={t('executeOf', { kind: t(kind), number })}
        submit={t('execute')}
        error={isStale(execute.error) ? undefined : execute.error}
        busy={execute.isPending}
        disabled={!said.on || !whole}
        dirty={said.reading !== '' || said.seal !== '' || photo !== undefined}
        onSubmit={submit}
        onClose={onClose}
      >
        <TextInput
          data-autofocus
          label={t('reading')}
          dir="ltr"
          inputMode="numeric"
          value={said.reading}
          error={errors.reading ?? !whole}
          onChange={({ currentTarget: { value } }) => setSaid((now) => ({ ...now, reading: value }))}
        />
        <TextInput
          label={t('seal')}
          dir="ltr"
          maxLength={40}
          value={said.seal}
          error={errors.seal}
          onChange={({ currentTarget: { value } }) => setSaid((now) => ({ ...now, seal: value }))}
        />
        <DayField
          label={t('day')}
          required
          value={said.on}
          error={errors.on}
          onChange={(on) => setSaid((now) => ({ ...now, on }))}
        />
        <PhotoInput chosen={photo !== undefined} onChange={setPhoto} />
      </FormDialog>
      {dialog}
    </>
  );
}

const OUTCOMES = ['NOT_FOUND', 'CLOSED', 'REFUSED', 'PAID_THERE', 'OTHER'] as const;
/** Those that say too little by themselves. */
const EXPLAINED: readonly string[] = ['PAID_THERE', 'OTHER'];

function FailOrder({ order, number, onClose }: Omit<EndOrderProps, 'act'>) {
  const t = useText(CREW);
  const { id, kind } = order;
  const { version, catchStale, dialog } = useOrderBase(order);
  const { answer } = useLastAct(onClose, catchStale);
  const fail = $api.useMutation('post', '/api/v1/water/orders/{id}/fail', answer);
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>();
  const [typed, setTyped] = useState('');
  const errors = useFieldErrors(fail.error);
  const detail = typed.trim();
  const explained = outcome !== undefined && EXPLAINED.includes(outcome);
  const reason = outcome === 'OTHER' ? detail : [outcome && t(outcome), detail].filter(Boolean).join(': ');
  return (
    <>
      <FormDialog
        title={t('failOf', { kind: t(kind), number })}
        submit={t('save')}
        color="red"
        error={isStale(fail.error) ? undefined : fail.error}
        busy={fail.isPending}
        disabled={outcome === undefined || (explained && detail.length < 3)}
        dirty={outcome !== undefined || typed !== ''}
        onSubmit={() => fail.mutate({ params: { path: { id }, header: ifMatch(version) }, body: { reason } })}
        onClose={onClose}
      >
        <Radio.Group
          label={t('why')}
          required
          value={outcome ?? null}
          onChange={(value) => setOutcome(value as 'OTHER')}
        >
          <Stack gap={6} mt={4}>
            {OUTCOMES.map((each, at) => (
              <Radio key={each} value={each} label={t(each)} data-autofocus={at === 0 || undefined} />
            ))}
          </Stack>
        </Radio.Group>
        {outcome === 'PAID_THERE' && (
          <Text size="sm" c="dimmed">
            {t('paidHint')}
          </Text>
        )}
        <TextInput
          label={t(outcome === 'PAID_THERE' ? 'receipt' : 'detail')}
          required={explained}
          maxLength={400}
          value={typed}
          error={errors.reason}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </FormDialog>
      {dialog}
    </>
  );
}
