import { Badge } from '@mantine/core';
import type { PropsWithChildren, ReactNode } from 'react';
import { useText } from '../i18n/preferences';
import { Page } from '../shared/page';
import { SectionLinks } from '../shared/section-links';
import { NOTICES } from './notices.texts';
import { SENDING } from './sending.texts';

const SECTIONS = [
  { path: '/notices', label: 'notices', needs: ['notifications.notice.read'] },
  { path: '/notices/templates', label: 'templates', needs: ['notifications.template.read'] },
  { path: '/notices/inbound', label: 'inbound', needs: ['notifications.inbound.read'] },
  { path: '/notices/sending', label: 'dashboard', needs: ['notifications.dashboard.read'] },
] as const;

/** A page about notices or templates, below the links to both. */
export function NoticesArea(props: PropsWithChildren<{ title: string; heading?: ReactNode; actions?: ReactNode }>) {
  const t = useText(NOTICES);
  const s = useText(SENDING);
  const label = (key: (typeof SECTIONS)[number]['label']) =>
    key === 'inbound' || key === 'dashboard' ? s(key) : t(key);
  return (
    <>
      <SectionLinks label={t('area')} sections={SECTIONS} t={label} />
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
