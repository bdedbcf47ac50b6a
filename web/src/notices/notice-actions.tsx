import { Button, Group, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { $api, ifMatch, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { FormDialog } from '../shared/dialog';
import { Key, useKeys } from '../shared/keys';
import { ReasonDialog } from '../shared/reason';
import { useStale } from '../shared/stale';
import { ProblemTitle } from '../shared/states';
import { NOTICES } from './notices.texts';

type Notice = Schemas['PublicNoticeView'];
type Asking = 'approve' | 'return' | 'recall';

/** What may be done to a notice in its state, by this user. */
export function NoticeActions({ notice, reload }: { notice: Notice; reload: () => Promise<{ data?: Notice }> }) {
  const t = useText(NOTICES);
  const may = useMay();
  const [asking, setAsking] = useState<Asking>();
  const [at, setAt] = useState({ day: '', time: '' });
  const { id, state, version, counted } = notice;
  const stale = useStale<Notice>({
    shown: notice,
    read: async () => (await reload()).data,
    describe: (each) => ({
      [t('state')]: t(each.state),
      [t('title')]: each.titleAr,
      [t('recipients')]: String(each.counted?.recipients ?? ''),
    }),
  });
  const options = (message: string) => ({
    onSuccess: () => {
      notifications.show({ message, color: 'green' });
      setAsking(undefined);
      void reload();
    },
    onError: async (error: unknown) => {
      if (await stale.catchStale(error)) setAsking(undefined);
      else if (!asking) notifications.show({ color: 'red', message: <ProblemTitle error={error} /> });
    },
  });
  const submit = $api.useMutation('post', '/api/v1/public-notices/{id}/submit', options(t('submitted')));
  const approve = $api.useMutation('post', '/api/v1/public-notices/{id}/approve', options(t('approved')));
  const giveBack = $api.useMutation('post', '/api/v1/public-notices/{id}/return', options(t('returned')));
  const recall = $api.useMutation('post', '/api/v1/public-notices/{id}/recall', options(t('recalled')));
  const params = { path: { id }, header: ifMatch(version) };
  const ask = (next: Asking) => {
    [approve, giveBack, recall].forEach((mutation) => mutation.reset());
    setAsking(next);
  };
  const maySubmit = state === 'DRAFT' && counted !== null && may('notifications.notice.draft');
  const mayApprove = state === 'SUBMITTED' && may('notifications.notice.approve');
  useKeys([
    { keys: 'Alt+S', label: t('submit'), run: () => submit.mutate({ params }), disabled: !maySubmit },
    { keys: 'Alt+S', label: t('approve'), run: () => ask('approve'), disabled: !mayApprove },
  ]);
  const sendAt = at.day && `${at.day}T${at.time || '08:00'}`;
  return (
    <>
      {state === 'DRAFT' && may('notifications.notice.draft') && (
        <Button component={Link} href={`/notices/${id}/edit`} variant="default" leftSection={<IconPencil size={16} />}>
          {t('edit')}
        </Button>
      )}
      {['SUBMITTED', 'APPROVED', 'SENDING', 'SENT'].includes(state) && may('notifications.notice.approve') && (
        <Button variant="light" color="red" onClick={() => ask('recall')}>
          {t('recall')}
        </Button>
      )}
      {mayApprove && (
        <Button variant="default" onClick={() => ask('return')}>
          {t('return')}
        </Button>
      )}
      {maySubmit && (
        <Button rightSection={<Key>Alt+S</Key>} loading={submit.isPending} onClick={() => submit.mutate({ params })}>
          {t('submit')}
        </Button>
      )}
      {mayApprove && (
        <Button rightSection={<Key>Alt+S</Key>} onClick={() => ask('approve')}>
          {t('approve')}
        </Button>
      )}
      {asking === 'approve' && (
        <FormDialog
          title={t('approveTitle')}
          submit={t('approve')}
          error={approve.error}
          busy={approve.isPending}
          onSubmit={() => approve.mutate({ params, body: sendAt ? { sendAt } : {} })}
          onClose={() => setAsking(undefined)}
        >
          <Text>{t('approveNote', { recipients: counted?.recipients ?? 0 })}</Text>
          <Group align="flex-end">
            <DayField label={t('sendDay')} w={150} value={at.day} onChange={(day) => setAt({ ...at, day })} />
            <TextInput
              label={t('sendTime')}
              type="time"
              dir="ltr"
              w={130}
              disabled={!at.day}
              value={at.time}
              onChange={({ currentTarget: { value } }) => setAt({ ...at, time: value })}
            />
          </Group>
          <Text size="sm" c="dimmed">
            {t('sendHint')}
          </Text>
        </FormDialog>
      )}
      {asking === 'return' && (
        <ReasonDialog
          title={t('return')}
          error={giveBack.error}
          busy={giveBack.isPending}
          onConfirm={(reason) => giveBack.mutate({ params, body: { reason } })}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'recall' && (
        <ReasonDialog
          title={t('recall')}
          error={recall.error}
          busy={recall.isPending}
          onConfirm={(reason) => recall.mutate({ params, body: { reason } })}
          onClose={() => setAsking(undefined)}
        />
      )}
      {stale.dialog}
    </>
  );
}
