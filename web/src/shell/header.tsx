import {
  ActionIcon,
  Burger,
  Button,
  Group,
  Menu,
  SegmentedControl,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { IconKeyboard, IconLock, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { session } from '../api/session';
import { useUser } from '../api/use-session';
import { usePreferences, useText } from '../i18n/preferences';
import { SHELL } from './shell.texts';

const OwnPassword = lazy(() => import('./own-password'));

interface HeaderProps {
  opened: boolean;
  onMenu: () => void;
  onKeys: () => void;
}

export function Header({ opened, onMenu, onKeys }: HeaderProps) {
  const t = useText(SHELL);
  const { language, digits, change } = usePreferences();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap">
        <Burger opened={opened} onClick={onMenu} hiddenFrom="md" size="sm" aria-label={t('menu')} />
        <Text fw={700} c="brand" size="lg">
          {t('municipality')}
        </Text>
        <Text c="dimmed" size="sm" visibleFrom="md">
          {t('counter')}
        </Text>
      </Group>
      <Group gap="xs" wrap="nowrap">
        <ActionIcon variant="subtle" size="lg" onClick={onKeys} aria-label={`${t('keys')} (?)`}>
          <IconKeyboard size={20} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          size="lg"
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
          aria-label={t(dark ? 'light' : 'dark')}
        >
          {dark ? <IconSun size={20} /> : <IconMoon size={20} />}
        </ActionIcon>
        <SegmentedControl
          size="xs"
          aria-label={t('digits')}
          value={digits}
          onChange={(value) => change({ digits: value })}
          data={[
            { value: 'latin', label: t('latin') },
            { value: 'arabic', label: t('arabic') },
          ]}
        />
        <Button
          variant="subtle"
          size="compact-sm"
          lang={language === 'ar' ? 'en' : 'ar'}
          onClick={() => change({ language: language === 'ar' ? 'en' : 'ar' })}
        >
          {t('language')}
        </Button>
        <Account />
      </Group>
    </Group>
  );
}

function Account() {
  const t = useText(SHELL);
  const { displayName, role } = useUser();
  const [changing, setChanging] = useState(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconUser size={16} />}
            size="compact-md"
            aria-label={`${t('account')}: ${displayName}`}
          >
            <bdi>{displayName}</bdi>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t(`role_${role}` as 'role_clerk')}</Menu.Label>
          <Menu.Item leftSection={<IconLock size={16} />} onClick={() => setChanging(true)}>
            {t('ownPassword')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void session.logout()}>
            {t('logout')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {changing && (
        <Suspense fallback={null}>
          <OwnPassword onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </>
  );
}
