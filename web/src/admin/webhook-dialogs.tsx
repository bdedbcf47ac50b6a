import { Button, Checkbox, Code, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api } from '../api/client';
import { useFieldErrors } from '../api/use-field-errors';
import { usePreferences, useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { Dialog } from '../shared/modal';
import { SHARED } from '../shared/shared.texts';
import { WEBHOOKS } from './webhooks.texts';

interface NewWebhookProps {
  onClose: () => void;
  onSecret: (secret: string) => void;
}

/** An address that is told of some kinds of events; its secret is shown afterwards. */
export function NewWebhook({ onClose, onSecret }: NewWebhookProps) {
  const t = useText(WEBHOOKS);
  const { language } = usePreferences();
  const queries = useQueryClient();
  const types = $api.useQuery('get', '/api/v1/webhook-event-types', {}, { staleTime: Infinity });
  const [form, setForm] = useState({ description: '', url: '', eventTypes: [] as string[] });
  const set = (next: Partial<typeof form>) => setForm((now) => ({ ...now, ...next }));
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
      error={register.error}
      busy={register.isPending}
      disabled={!form.description.trim() || !form.url.trim() || form.eventTypes.length === 0}
      dirty={form.description !== '' || form.url !== '' || form.eventTypes.length > 0}
      onSubmit={() =>
        register.mutate({ body: { ...form, description: form.description.trim(), url: form.url.trim() } })
      }
      onClose={onClose}
    >
      {(['description', 'url'] as const).map((name) => (
        <TextInput
          key={name}
          label={t(name)}
          required
          dir={name === 'url' ? 'ltr' : undefined}
          placeholder={name === 'url' ? 'https://' : undefined}
          data-autofocus={name === 'description' || undefined}
          value={form[name]}
          error={errors[name]}
          onChange={({ currentTarget: { value } }) => set({ [name]: value })}
        />
      ))}
      <Checkbox.Group
        label={t('events')}
        required
        value={form.eventTypes}
        error={errors.eventTypes}
        onChange={(eventTypes) => set({ eventTypes })}
      >
        <Stack gap={6} mt={6}>
          {(types.data ?? []).map(({ name, aboutAr, aboutEn }) => (
            <Checkbox
              key={name}
              value={name}
              label={language === 'ar' ? aboutAr : aboutEn}
              description={<bdi dir="ltr">{name}</bdi>}
            />
          ))}
        </Stack>
      </Checkbox.Group>
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
