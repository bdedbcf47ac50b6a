import { Button, Group, PasswordInput, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useFieldErrors } from '../api/use-field-errors';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { STAFF } from './staff.texts';

/** Without signs that are mistaken for one another when read out. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of four: some 79 bits. */
const suggestion = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(16)), (random) => LETTERS[random % LETTERS.length])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');

interface NewPasswordProps {
  value: string;
  error?: string;
  onChange: (password: string) => void;
}

export function NewPassword({ value, error, onChange }: NewPasswordProps) {
  const t = useText(STAFF);
  const [visible, setVisible] = useState(false);
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <PasswordInput
        flex={1}
        label={t('newPassword')}
        description={t('passwordHint')}
        dir="ltr"
        required
        autoComplete="new-password"
        visible={visible}
        onVisibilityChange={setVisible}
        value={value}
        error={error}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <Button
        variant="default"
        onClick={() => {
          setVisible(true);
          onChange(suggestion());
        }}
      >
        {t('suggest')}
      </Button>
    </Group>
  );
}

export function PasswordDialog({ user, onClose }: { user: Schemas['UserView']; onClose: (changed: boolean) => void }) {
  const t = useText(STAFF);
  const [password, setPassword] = useState('');
  const reset = $api.useMutation('post', '/api/v1/users/{id}/password', {
    onSuccess: () => {
      notifications.show({ message: t('passwordSet'), color: 'green' });
      onClose(true);
    },
  });
  const wrong = useFieldErrors(reset.error);
  return (
    <FormDialog
      title={t('resetPassword', { name: user.displayName })}
      error={wrong.password ? null : reset.error}
      busy={reset.isPending}
      dirty={password !== ''}
      onSubmit={() => reset.mutate({ params: { path: { id: user.id } }, body: { password } })}
      onClose={() => onClose(false)}
    >
      <Text size="sm">{t('resetNote')}</Text>
      <NewPassword value={password} error={wrong.password} onChange={setPassword} />
    </FormDialog>
  );
}
