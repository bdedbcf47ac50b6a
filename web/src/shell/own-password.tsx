import { PasswordInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { $api } from '../api/client';
import { useFieldErrors } from '../api/use-field-errors';
import { useUser } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { OWN_PASSWORD } from './own-password.texts';

/** The password of whoever sits here. The old one is asked for: the screen may have been left open. */
export default function OwnPassword({ onClose }: { onClose: () => void }) {
  const t = useText(OWN_PASSWORD);
  const { username } = useUser();
  const [form, setForm] = useState({ oldPassword: '', newPassword: '' });
  const change = $api.useMutation('post', '/api/v1/auth/password', {
    onSuccess: () => {
      notifications.show({ message: t('changed'), color: 'green' });
      onClose();
    },
  });
  const errors = useFieldErrors(change.error);
  return (
    <FormDialog
      title={t('title')}
      submit={t('save')}
      error={Object.keys(errors).length > 0 ? null : change.error}
      busy={change.isPending}
      disabled={form.oldPassword === '' || form.newPassword === ''}
      dirty={form.newPassword !== ''}
      onSubmit={() => change.mutate({ body: form })}
      onClose={onClose}
    >
      {/* Password managers ask whose it is. */}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <PasswordInput
        data-autofocus
        label={t('old')}
        dir="ltr"
        required
        autoComplete="current-password"
        value={form.oldPassword}
        error={errors.oldPassword}
        onChange={({ currentTarget: { value } }) => setForm((now) => ({ ...now, oldPassword: value }))}
      />
      <PasswordInput
        label={t('new')}
        description={t('hint')}
        dir="ltr"
        required
        autoComplete="new-password"
        value={form.newPassword}
        error={errors.newPassword}
        onChange={({ currentTarget: { value } }) => setForm((now) => ({ ...now, newPassword: value }))}
      />
    </FormDialog>
  );
}
