import type { PropsWithChildren, ReactNode } from 'react';
import { useText } from '../i18n/preferences';
import { Page } from '../shared/page';
import { SectionLinks } from '../shared/section-links';
import { ADMIN } from './admin.texts';
import { SECTIONS } from './sections';

/** A page of the administration, below the links to the others that this user may see. */
export function AdminPage(props: PropsWithChildren<{ title: string; heading?: ReactNode; actions?: ReactNode }>) {
  const t = useText(ADMIN);
  return (
    <>
      <SectionLinks label={t('administration')} sections={SECTIONS} t={t} />
      <Page {...props} />
    </>
  );
}
