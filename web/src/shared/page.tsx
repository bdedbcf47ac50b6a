import { Group, Stack, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { PropsWithChildren, ReactNode } from 'react';

/** A page: its heading, what can be done on it, and its content. */
export function Page({
  title,
  heading,
  actions,
  children,
}: PropsWithChildren<{ title: string; heading?: ReactNode; actions?: ReactNode }>) {
  useDocumentTitle(title);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="center">
        <Title order={1} size="h3">
          {heading ?? title}
        </Title>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
