import { Button, Group } from '@mantine/core';
import type { PropsWithChildren, ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Page } from '../shared/page';
import { ADMIN } from './admin.texts';
import { SECTIONS } from './sections';

/** A page of the administration, below the links to the others that this user may see. */
export function AdminPage(props: PropsWithChildren<{ title: string; heading?: ReactNode; actions?: ReactNode }>) {
  const t = useText(ADMIN);
  const may = useMay();
  const [location] = useLocation();
  const shown = SECTIONS.filter(({ needs }) => may(...needs));
  return (
    <>
      <Group component="nav" aria-label={t('administration')} gap={4} mb="md">
        {shown.map(({ path, label }) => {
          const here = location === path || location.startsWith(`${path}/`);
          return (
            <Button
              key={path}
              component={Link}
              href={path}
              size="compact-md"
              variant={here ? 'light' : 'subtle'}
              aria-current={here ? 'page' : undefined}
            >
              {t(label)}
            </Button>
          );
        })}
      </Group>
      <Page {...props} />
    </>
  );
}
