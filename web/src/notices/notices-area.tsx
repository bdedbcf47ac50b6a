import { Badge, Button, Group } from '@mantine/core';
import type { PropsWithChildren, ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Page } from '../shared/page';
import { NOTICES } from './notices.texts';

const SECTIONS = [
  { path: '/notices', label: 'notices', needs: 'notifications.notice.read' },
  { path: '/notices/templates', label: 'templates', needs: 'notifications.template.read' },
] as const;

/** A page about notices or templates, below the links to both. */
export function NoticesArea(props: PropsWithChildren<{ title: string; heading?: ReactNode; actions?: ReactNode }>) {
  const t = useText(NOTICES);
  const may = useMay();
  const [location] = useLocation();
  const inTemplates = location.startsWith('/notices/templates');
  return (
    <>
      <Group component="nav" aria-label={t('area')} gap={4} mb="md">
        {SECTIONS.filter(({ needs }) => may(needs)).map(({ path, label }) => {
          const here = (label === 'templates') === inTemplates;
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

const COLORS = {
  ...{ DRAFT: 'blue', SUBMITTED: 'orange', APPROVED: 'green', RETIRED: 'gray' },
  ...{ SENDING: 'blue', SENT: 'green', RECALLED: 'gray' },
} as const;

export function StateBadge({ state }: { state: keyof typeof COLORS }) {
  const t = useText(NOTICES);
  return (
    <Badge variant="light" color={COLORS[state]}>
      {t(state)}
    </Badge>
  );
}
