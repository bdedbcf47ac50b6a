import { Badge } from '@mantine/core';
import type { PropsWithChildren, ReactNode } from 'react';
import { useText } from '../i18n/preferences';
import { Page } from '../shared/page';
import { SectionLinks } from '../shared/section-links';
import { NOTICES } from './notices.texts';

const SECTIONS = [
  { path: '/notices', label: 'notices', needs: ['notifications.notice.read'] },
  { path: '/notices/templates', label: 'templates', needs: ['notifications.template.read'] },
] as const;

/** A page about notices or templates, below the links to both. */
export function NoticesArea(props: PropsWithChildren<{ title: string; heading?: ReactNode; actions?: ReactNode }>) {
  const t = useText(NOTICES);
  return (
    <>
      <SectionLinks label={t('area')} sections={SECTIONS} t={t} />
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
