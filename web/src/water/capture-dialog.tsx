import { Alert, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { foldDigits } from '@libs/arabic';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { useFieldErrors } from '../api/use-field-errors';
import { today } from '../i18n/format';
import { useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { FormDialog } from '../shared/dialog';
import { Fact, Ltr } from '../shared/values';
import { PhotoInput } from './photos';
import { Anomalies, StateBadge } from './state-badge';
import { WATER } from './water.texts';
import { Dialog } from '../shared/modal';

const WHOLE = /^\d{1,9}$/;
const SOURCES = ['CITIZEN', 'OFFICE', 'PHOTO'] as const;

interface CaptureDialogProps {
  subscription: { id: number; number: string };
  /** A reading that this one of the office takes the place of. */
  replaces?: Pick<Schemas['ReadingView'], 'id' | 'period' | 'value'>;
  onClose: () => void;
}

/** One reading at the counter; what the system thinks of it is said at once. */
export function CaptureDialog({ subscription, replaces, onClose }: CaptureDialogProps) {
  const t = useText(WATER);
  const queries = useQueryClient();
  const attempt = useAttempt();
  const [said, setSaid] = useState({
    period: replaces?.period ?? today().slice(0, 7),
    value: '',
    readOn: today(),
    source: (replaces ? 'OFFICE' : 'CITIZEN') as (typeof SOURCES)[number],
    note: '',
  });
  const [photo, setPhoto] = useState<string>();
  const attach = $api.useMutation('post', '/api/v1/water/readings/{id}/photos');
  const change = (changes: Partial<typeof said>) => setSaid((now) => ({ ...now, ...changes }));
  const capture = $api.useMutation('post', '/api/v1/water/subscriptions/{id}/readings', {
    async onSuccess({ id }) {
      attempt.done();
      // The reading stands without its photo, too.
      if (photo && said.source === 'PHOTO')
        await attach.mutateAsync({ params: { path: { id } }, body: { base64: photo } }).catch(() => undefined);
      await queries.invalidateQueries();
    },
    onError: attempt.failed,
  });
  const title = t(replaces ? 'correct' : 'enter');
  const value = foldDigits(said.value).trim();
  const errors = useFieldErrors(capture.error);
  const submit = () => {
    const note = said.note.trim();
    capture.mutate({
      params: { path: { id: subscription.id }, header: attempt.header() },
      body: {
        ...{ period: said.period, value: Number(value), source: said.source },
        ...(said.readOn && { readOn: said.readOn }),
        ...(note && { note }),
        ...(replaces && { replaces: replaces.id }),
      },
    });
  };
  if (capture.isSuccess) {
    return <Judged reading={capture.data} lost={attach.isError} title={title} onClose={onClose} />;
  }
  return (
    <FormDialog
      title={title}
      submit={t('save')}
      error={capture.error}
      busy={capture.isPending}
      disabled={!WHOLE.test(value)}
      dirty={said.value !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text c="dimmed" size="sm">
        {t('enterFor', { number: subscription.number })}
      </Text>
      <TextInput
        data-autofocus
        label={t('value')}
        size="lg"
        dir="ltr"
        inputMode="numeric"
        required
        value={said.value}
        error={errors.value ?? (value !== '' && !WHOLE.test(value))}
        onChange={({ currentTarget }) => change({ value: currentTarget.value })}
      />
      <Group grow align="flex-start">
        <TextInput
          label={t('period')}
          dir="ltr"
          required
          disabled={replaces !== undefined}
          placeholder="2026-11"
          value={said.period}
          error={errors.period}
          onChange={({ currentTarget }) => change({ period: foldDigits(currentTarget.value) })}
        />
        <DayField
          label={t('readOn')}
          value={said.readOn}
          error={errors.readOn}
          onChange={(readOn) => change({ readOn })}
        />
      </Group>
      <SegmentedControl
        aria-label={t('source')}
        value={said.source}
        disabled={replaces !== undefined}
        data={SOURCES.map((source) => ({ value: source, label: t(source) }))}
        onChange={(source) => change({ source })}
      />
      {said.source === 'PHOTO' && <PhotoInput chosen={photo !== undefined} onChange={setPhoto} />}
      <TextInput
        label={t('note')}
        required={replaces !== undefined}
        value={said.note}
        error={errors.note}
        onChange={({ currentTarget }) => change({ note: currentTarget.value })}
      />
    </FormDialog>
  );
}

interface JudgedProps {
  reading: Schemas['ReadingView'];
  /** Its photo could not be attached. */
  lost: boolean;
  title: string;
  onClose: () => void;
}

function Judged({ reading, lost, title, onClose }: JudgedProps) {
  const t = useText(WATER);
  return (
    <Dialog opened onClose={onClose} title={title}>
      <Stack>
        <Alert color={reading.state === 'SUSPECT' ? 'orange' : 'green'} title={t('saved')} role="status">
          <Group gap="xs">
            <StateBadge state={reading.state} /> <Anomalies anomalies={reading.anomalies} />
          </Group>
        </Alert>
        {lost && <Alert color="red" title={t('photoLost')} role="alert" />}
        <dl className="facts">
          <Fact label={t('previous')}>
            <Ltr>{reading.previous ?? '—'}</Ltr>
          </Fact>
          <Fact label={t('value')}>
            <Ltr>{reading.value}</Ltr>
          </Fact>
          <Fact label={t('consumption')}>
            <Ltr>{reading.consumption}</Ltr>
          </Fact>
          <Fact label={t('expected')}>
            <Ltr>{reading.expected}</Ltr>
          </Fact>
        </dl>
        <Group justify="flex-end">
          <Button data-autofocus onClick={onClose}>
            {t('done')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
