import { Badge } from '@mantine/core';
import type { PropsWithChildren, ReactNode } from 'react';
import type { Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { Page } from '../shared/page';
import { SectionLinks, type Section } from '../shared/section-links';
import { NOTICES } from './cut-notices.texts';

const SECTIONS: readonly Section<'orders' | 'notices' | 'lists'>[] = [
  { path: '/water/orders', label: 'orders', needs: ['water.order.read'] },
  { path: '/water/orders/notices', label: 'notices', needs: ['water.cut-notice.read'] },
  { path: '/water/orders/lists', label: 'lists', needs: ['water.field-list.read'] },
];

interface CutsAreaProps {
  title: string;
  heading?: ReactNode;
  actions?: ReactNode;
}

/** The links between orders, the notices that come before them, and the lists that crews take along. */
export function CutsArea(props: PropsWithChildren<CutsAreaProps>) {
  const t = useText(NOTICES);
  return (
    <>
      <SectionLinks label={t('orders')} sections={SECTIONS} t={t} />
      <Page {...props} />
    </>
  );
}

type State = Schemas['CutNoticeView']['state'];

const COLORS: Record<State, string> = {
  ...{ ISSUED: 'blue', SERVED: 'cyan', OBJECTED: 'orange', ORDERED: 'red', CANCELLED: 'gray' },
};

export function NoticeState({ state }: { state: State }) {
  const t = useText(NOTICES);
  return (
    <Badge variant="light" color={COLORS[state]} tt="none" miw="max-content">
      {t(state)}
    </Badge>
  );
}
