import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api, client, ifMatch, sent, type Schemas } from '../api/client';
import { isStale } from '../api/problem';
import { useFieldErrors } from '../api/use-field-errors';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { Dialog } from '../shared/modal';
import { SHARED } from '../shared/shared.texts';
import { useBase } from '../shared/stale';
import { ADMIN } from './admin.texts';
import { isComplete, trimmed, useEventLabel, WebhookFields, type WebhookForm } from './webhook-fields';
import { WEBHOOKS } from './webhooks.texts';

type Endpoint = Schemas['EndpointView'];

interface NewWebhookProps {
  onClose: () => void;
  onSecret: (secret: string) => void;
}

/** An address that is told of some kinds of events; its secret is shown afterwards. */
export function NewWebhook({ onClose, onSecret }: NewWebhookProps) {
  const t = useText(WEBHOOKS);
  const queries = useQueryClient();
  const [form, setForm] = useState<WebhookForm>({ description: '', url: '', eventTypes: [] });
  const register = $api.useMutation('post', '/api/v1/webhooks', {
    async onSuccess({ secret }) {
      onClose();
      onSecret(secret);
      await queries.invalidateQueries();
    },
  });
  const errors = useFieldErrors(register.error);
  return (
    <FormDialog
      title={t('register')}
      size="lg"
      error={Object.keys(errors).length > 0 ? null : register.error}
      busy={register.isPending}
      disabled={!isComplete(form)}
      dirty={form.description !== '' || form.url !== '' || form.eventTypes.length > 0}
      onSubmit={() => register.mutate({ body: trimmed(form) })}
      onClose={onClose}
    >
      <WebhookFields form={form} errors={errors} onChange={(next) => setForm((now) => ({ ...now, ...next }))} />
    </FormDialog>
  );
}

const shownOf = ({ description, url, eventTypes }: Endpoint): WebhookForm => trimmed({ description, url, eventTypes });

/** Only what was changed here is sent, so that what somebody else has changed meanwhile stays. */
function changedIn(form: WebhookForm, began: WebhookForm): Partial<WebhookForm> {
  const now = trimmed(form);
  return {
    ...(now.description !== began.description && { description: now.description }),
    ...(now.url !== began.url && { url: now.url }),
    ...(now.eventTypes.join() !== began.eventTypes.join() && { eventTypes: now.eventTypes }),
  };
}

/** Another address, name or choice of events; its secret and what waits for it stay. */
export function ChangeWebhook({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const [t, a] = [useText(WEBHOOKS), useText(ADMIN)];
  const queries = useQueryClient();
  const { labelOf } = useEventLabel();
  const path = { id: endpoint.id };
  const [began] = useState(shownOf(endpoint));
  const [form, setForm] = useState(began);
  const { base, ...stale } = useBase<Endpoint>({
    shown: endpoint,
    read: () => sent(client.GET('/api/v1/webhooks/{id}', { params: { path } })),
    describe: (each) => ({
      [t('description')]: each.description,
      [t('url')]: each.url,
      [t('events')]: each.eventTypes.map(labelOf).join('، '),
      [a('state')]: t(each.state),
    }),
  });
  const change = $api.useMutation('patch', '/api/v1/webhooks/{id}', {
    async onSuccess() {
      notifications.show({ message: a('saved'), color: 'green' });
      onClose();
      await queries.invalidateQueries();
    },
    onError: stale.catchStale,
  });
  const body = changedIn(form, began);
  const isChanged = Object.keys(body).length > 0;
  const error = isStale(change.error) ? null : change.error;
  const errors = useFieldErrors(error);
  return (
    <FormDialog
      title={t('changeTitle', { name: endpoint.description })}
      size="lg"
      submit={a('save')}
      error={Object.keys(errors).length > 0 ? null : error}
      busy={change.isPending}
      disabled={!isComplete(form) || !isChanged}
      dirty={isChanged}
      onSubmit={() => change.mutate({ params: { path, header: ifMatch(base!.version) }, body })}
      onClose={onClose}
    >
      <WebhookFields
        form={form}
        errors={errors}
        urlHint={t('changeHint')}
        onChange={(next) => setForm((now) => ({ ...now, ...next }))}
      />
      {stale.dialog}
    </FormDialog>
  );
}

/** It leaves the server this once, so that neither a click beside it nor Escape closes it. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useText(WEBHOOKS);
  const shared = useText(SHARED);
  return (
    <Dialog opened onClose={onClose} title={t('secretTitle')} closeOnClickOutside={false} closeOnEscape={false}>
      <Stack>
        <Text size="sm">{t('secretHint')}</Text>
        <Code block dir="ltr">
          {secret}
        </Code>
        <Group justify="flex-end">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy} data-autofocus>
                {t(copied ? 'copied' : 'copy')}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{shared('close')}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
