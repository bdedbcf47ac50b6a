import { Radio, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api, client, ifMatch, sent, type Schemas } from '../api/client';
import { isStale } from '../api/problem';
import { useFieldErrors } from '../api/use-field-errors';
import { useLastAct } from '../api/use-last-act';
import { today } from '../i18n/format';
import { useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { FormDialog } from '../shared/dialog';
import { ReasonDialog } from '../shared/reason';
import { useBase } from '../shared/stale';
import { NOTICES } from './cut-notices.texts';

type Notice = Schemas['CutNoticeView'];
export type Act = 'serve' | 'object' | 'decide' | 'withdraw';

interface ActProps {
  notice: Notice;
  onClose: () => void;
}

/** What is done with a notice, on the version that was seen. */
export function NoticeAct({ act, ...props }: ActProps & { act: Act }) {
  const Form = { serve: Serve, object: ObjectTo, decide: Decide, withdraw: Withdraw }[act];
  return <Form {...props} />;
}

/** The request's parameters on the latest version that was shown, and what follows on its answer. */
function useNoticeAct({ notice, onClose }: ActProps) {
  const t = useText(NOTICES);
  const queries = useQueryClient();
  const path = { serial: notice.serial };
  const { base, ...stale } = useBase<Notice>({
    shown: notice,
    async read() {
      const latest = await sent(client.GET('/api/v1/water/cut-notices/{serial}', { params: { path } }));
      await queries.invalidateQueries();
      return latest;
    },
    describe: ({ state, service, objection, endReason }) => ({
      [t('state')]: t(state),
      [t('servedOn')]: service?.on ?? '',
      [t('objection')]: objection?.reason ?? '',
      [t('endReason')]: endReason ?? '',
    }),
  });
  const { answer } = useLastAct(onClose, stale.catchStale);
  return { answer, params: { path, header: ifMatch(base!.version) }, dialog: stale.dialog };
}

const shownError = (error: unknown) => (isStale(error) ? undefined : error);

const MEANS = ['IN_PERSON', 'LAST_ADDRESS', 'REGISTERED_MAIL', 'POSTED_AT_PREMISES'] as const;

function Serve(props: ActProps) {
  const t = useText(NOTICES);
  const { answer, params, dialog } = useNoticeAct(props);
  const [said, setSaid] = useState({ means: MEANS[0] as (typeof MEANS)[number], on: today(), to: '', server: '' });
  const change = (changes: Partial<typeof said>) => setSaid((now) => ({ ...now, ...changes }));
  const serve = $api.useMutation('post', '/api/v1/water/cut-notices/{serial}/service', answer);
  const errors = useFieldErrors(serve.error);
  const [to, server] = [said.to.trim(), said.server.trim()];
  return (
    <>
      <FormDialog
        title={t('serve')}
        submit={t('save')}
        error={shownError(serve.error)}
        busy={serve.isPending}
        disabled={!said.on || to.length < 2 || server.length < 2}
        dirty={to !== '' || server !== ''}
        onSubmit={() => serve.mutate({ params, body: { ...said, to, server } })}
        onClose={props.onClose}
      >
        <Radio.Group
          label={t('means')}
          value={said.means}
          onChange={(means) => change({ means: means as 'IN_PERSON' })}
        >
          <Stack gap={6} mt={4}>
            {MEANS.map((means) => (
              <Radio key={means} value={means} label={t(means)} data-autofocus={means === said.means || undefined} />
            ))}
          </Stack>
        </Radio.Group>
        <DayField label={t('servedOn')} required value={said.on} error={errors.on} onChange={(on) => change({ on })} />
        <TextInput
          label={t(`to_${said.means}`)}
          required
          maxLength={200}
          value={said.to}
          error={errors.to}
          onChange={({ currentTarget }) => change({ to: currentTarget.value })}
        />
        <TextInput
          label={t('server')}
          required
          maxLength={200}
          value={said.server}
          error={errors.server}
          onChange={({ currentTarget }) => change({ server: currentTarget.value })}
        />
      </FormDialog>
      {dialog}
    </>
  );
}

function ObjectTo(props: ActProps) {
  const t = useText(NOTICES);
  const { answer, params, dialog } = useNoticeAct(props);
  const [said, setSaid] = useState({ on: today(), documentNumber: '', reason: '' });
  const change = (changes: Partial<typeof said>) => setSaid((now) => ({ ...now, ...changes }));
  const object = $api.useMutation('post', '/api/v1/water/cut-notices/{serial}/objection', answer);
  const errors = useFieldErrors(object.error);
  const [documentNumber, reason] = [said.documentNumber.trim(), said.reason.trim()];
  return (
    <>
      <FormDialog
        title={t('object')}
        submit={t('save')}
        error={shownError(object.error)}
        busy={object.isPending}
        disabled={!said.on || documentNumber === '' || reason.length < 3}
        dirty={documentNumber !== '' || reason !== ''}
        onSubmit={() => object.mutate({ params, body: { on: said.on, documentNumber, reason } })}
        onClose={props.onClose}
      >
        <Text size="sm" c="dimmed">
          {t('objectHint')}
        </Text>
        <TextInput
          data-autofocus
          label={t('documentNumber')}
          required
          maxLength={100}
          value={said.documentNumber}
          error={errors.documentNumber}
          onChange={({ currentTarget }) => change({ documentNumber: currentTarget.value })}
        />
        <DayField
          label={t('objectedOn')}
          required
          value={said.on}
          error={errors.on}
          onChange={(on) => change({ on })}
        />
        <Textarea
          label={t('reason')}
          required
          autosize
          minRows={2}
          maxLength={500}
          value={said.reason}
          error={errors.reason}
          onChange={({ currentTarget }) => change({ reason: currentTarget.value })}
        />
      </FormDialog>
      {dialog}
    </>
  );
}

const OUTCOMES = ['DISMISSED', 'UPHELD'] as const;

function Decide(props: ActProps) {
  const t = useText(NOTICES);
  const { answer, params, dialog } = useNoticeAct(props);
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('DISMISSED');
  const [typed, setTyped] = useState('');
  const decide = $api.useMutation('post', '/api/v1/water/cut-notices/{serial}/objection/decision', answer);
  const errors = useFieldErrors(decide.error);
  const decisionNumber = typed.trim();
  return (
    <>
      <FormDialog
        title={t('decide')}
        submit={t('save')}
        error={shownError(decide.error)}
        busy={decide.isPending}
        disabled={decisionNumber === ''}
        dirty={typed !== ''}
        onSubmit={() => decide.mutate({ params, body: { outcome, decisionNumber } })}
        onClose={props.onClose}
      >
        <Text>{props.notice.objection?.reason}</Text>
        <SegmentedControl
          aria-label={t('outcome')}
          value={outcome}
          data={OUTCOMES.map((value) => ({ value, label: t(value) }))}
          onChange={setOutcome}
        />
        <TextInput
          data-autofocus
          label={t('decisionNumber')}
          required
          maxLength={100}
          value={typed}
          error={errors.decisionNumber}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </FormDialog>
      {dialog}
    </>
  );
}

function Withdraw(props: ActProps) {
  const t = useText(NOTICES);
  const { answer, params, dialog } = useNoticeAct(props);
  const cancel = $api.useMutation('post', '/api/v1/water/cut-notices/{serial}/cancel', answer);
  return (
    <>
      <ReasonDialog
        title={t('withdraw')}
        error={shownError(cancel.error)}
        busy={cancel.isPending}
        onConfirm={(reason) => cancel.mutate({ params, body: { reason } })}
        onClose={props.onClose}
      />
      {dialog}
    </>
  );
}
