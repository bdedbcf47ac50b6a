import { TextInput } from '@mantine/core';
import { foldDigits } from '@libs/arabic';
import { useState } from 'react';
import { $api, ifMatch, type Schemas } from '../api/client';
import { isStale } from '../api/problem';
import { useFieldErrors } from '../api/use-field-errors';
import { useLastAct } from '../api/use-last-act';
import { today } from '../i18n/format';
import { useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { FormDialog } from '../shared/dialog';
import { ReasonDialog } from '../shared/reason';
import { useOrderBase } from './use-order-base';
import { WATER } from './water.texts';

interface EndOrderProps {
  order: Schemas['WaterOrderView'];
  act: 'execute' | 'fail';
  onClose: () => void;
}

/** What the crew says of an order: done, with reading and seal, or why not. */
export function EndOrder({ order, act, onClose }: EndOrderProps) {
  return act === 'execute' ? (
    <ExecuteOrder order={order} onClose={onClose} />
  ) : (
    <FailOrder order={order} onClose={onClose} />
  );
}

function ExecuteOrder({ order, onClose }: Omit<EndOrderProps, 'act'>) {
  const t = useText(WATER);
  const { id } = order;
  const { version, catchStale, dialog } = useOrderBase(order);
  const { answer, header } = useLastAct(onClose, catchStale);
  const [said, setSaid] = useState({ on: today(), reading: '', seal: '' });
  const execute = $api.useMutation('post', '/api/v1/water/orders/{id}/execute', answer);
  const errors = useFieldErrors(execute.error);
  const reading = foldDigits(said.reading).trim();
  const submit = () => {
    const params = { path: { id }, header: { ...ifMatch(version), ...header() } };
    const seal = said.seal.trim();
    const body = { on: said.on, ...(reading && { reading: Number(reading) }), ...(seal && { seal }) };
    execute.mutate({ params, body });
  };
  return (
    <>
      <FormDialog
        title={t('executeTitle')}
        submit={t('execute')}
        error={isStale(execute.error) ? undefined : execute.error}
        busy={execute.isPending}
        disabled={!said.on || !/^\d{0,9}$/.test(reading)}
        dirty={said.reading !== '' || said.seal !== ''}
        onSubmit={submit}
        onClose={onClose}
      >
        <DayField
          data-autofocus
          label={t('day')}
          required
          value={said.on}
          error={errors.on}
          onChange={(on) => setSaid((now) => ({ ...now, on }))}
        />
        {(['reading', 'seal'] as const).map((name) => (
          <TextInput
            key={name}
            label={t(name)}
            dir="ltr"
            value={said[name]}
            error={errors[name]}
            onChange={({ currentTarget: { value } }) => setSaid((now) => ({ ...now, [name]: value }))}
          />
        ))}
      </FormDialog>
      {dialog}
    </>
  );
}

function FailOrder({ order, onClose }: Omit<EndOrderProps, 'act'>) {
  const t = useText(WATER);
  const { id } = order;
  const { version, catchStale, dialog } = useOrderBase(order);
  const { answer } = useLastAct(onClose, catchStale);
  const fail = $api.useMutation('post', '/api/v1/water/orders/{id}/fail', answer);
  return (
    <>
      <ReasonDialog
        title={t('fail')}
        error={isStale(fail.error) ? undefined : fail.error}
        busy={fail.isPending}
        onConfirm={(reason) => fail.mutate({ params: { path: { id }, header: ifMatch(version) }, body: { reason } })}
        onClose={onClose}
      />
      {dialog}
    </>
  );
}
