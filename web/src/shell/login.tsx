import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { asProblem } from '../api/problem';
import { session } from '../api/session';
import { usePreferences, useText } from '../i18n/preferences';
import { SHELL } from './shell.texts';

/** The form alone: on the login page, and over a page whose session ended. */
export function LoginForm({ username: known }: { username?: string }) {
  const t = useText(SHELL);
  const { language } = usePreferences();
  const [username, setUsername] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    await session.login(username, password).catch(setError);
    setBusy(false);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack>
        <TextInput
          label={t('username')}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          autoComplete="username"
          autoFocus={!known}
          data-autofocus={known ? undefined : true}
          readOnly={known !== undefined}
          dir="ltr"
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={t('password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          autoFocus={known !== undefined}
          data-autofocus={known ? true : undefined}
          dir="ltr"
          required
          withAsterisk={false}
        />
        {error !== undefined && (
          <Alert color="red" role="alert">
            {asProblem(error, language).title}
          </Alert>
        )}
        <Button type="submit" loading={busy} fullWidth>
          {t('login')}
        </Button>
      </Stack>
    </form>
  );
}

export function LoginPage() {
  const t = useText(SHELL);
  const { language, change } = usePreferences();
  return (
    <main className="login">
      <Paper withBorder shadow="sm" radius="lg" p="xl" w={380} maw="94vw">
        <Stack gap={0} mb="lg" align="center">
          <Title order={1} size="h2" c="brand">
            {t('municipality')}
          </Title>
          <Text c="dimmed">{t('counter')}</Text>
        </Stack>
        <LoginForm />
        <Button
          variant="subtle"
          size="xs"
          mt="md"
          fullWidth
          lang={language === 'ar' ? 'en' : 'ar'}
          onClick={() => change({ language: language === 'ar' ? 'en' : 'ar' })}
        >
          {t('language')}
        </Button>
      </Paper>
    </main>
  );
}
