import { Group, Stack, Text } from '@mantine/core';
import { useText } from '../i18n/preferences';
import { Key, useAllShortcuts } from '../shared/keys';
import { SHELL } from './shell.texts';
import { Dialog } from '../shared/modal';

export function KeysHelp({ onClose }: { onClose: () => void }) {
  const t = useText(SHELL);
  const shortcuts = useAllShortcuts();
  return (
    <Dialog opened onClose={onClose} title={t('keys')}>
      <Stack gap="xs">
        {shortcuts.map(({ keys, label }) => (
          <Group key={keys + label} justify="space-between">
            <Text size="sm">{label}</Text>
            <Key>{keys}</Key>
          </Group>
        ))}
      </Stack>
    </Dialog>
  );
}
