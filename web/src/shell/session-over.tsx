import { Button, Text } from '@mantine/core';
import { session } from '../api/session';
import { useSession } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { LoginForm } from './login';
import { SHELL } from './shell.texts';
import { Dialog } from '../shared/modal';

/** Over the page, which keeps its forms; the requests that were refused are sent again afterwards. */
export function SessionOver() {
  const t = useText(SHELL);
  const state = useSession();
  if (state.phase !== 'over') return null;
  return (
    <Dialog
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('over')}
      zIndex={1000}
      centered
    >
      <Text mb="md">{t('overText')}</Text>
      <LoginForm username={state.user.username} />
      <Button variant="subtle" size="xs" mt="sm" fullWidth onClick={() => session.forget()}>
        {t('other')}
      </Button>
    </Dialog>
  );
}
