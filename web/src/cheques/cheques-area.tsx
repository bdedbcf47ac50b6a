import { Badge } from '@mantine/core';
import type { PropsWithChildren, ReactNode } from 'react';
import type { Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { Page } from '../shared/page';
import { SectionLinks, type Section } from '../shared/section-links';
import { CHEQUES } from './cheques.texts';

const SECTIONS: readonly Section<'cheques' | 'deposits'>[] = [
  { path: '/cheques', label: 'cheques', needs: ['billing.cheque.read'] },
  { path: '/cheques/deposits', label: 'deposits', needs: ['billing.cheque-deposit.read'] },
];

interface ChequesAreaProps {
  title: string;
  heading?: ReactNode;
  actions?: ReactNode;
}

/** The links between cheques in hand and cheques at the bank, over a page of either. */
export function ChequesArea(props: PropsWithChildren<ChequesAreaProps>) {
  const t = useText(CHEQUES);
  return (
    <>
      <SectionLinks label={t('cheques')} sections={SECTIONS} t={t} />
      <Page {...props} />
    </>
  );
}

type State = Schemas['ChequeView']['state'] | Schemas['ChequeDepositView']['state'];

const COLORS: Partial<Record<State, string>> = {
  ...{ RECEIVED: 'blue', HELD: 'blue', DUE: 'orange', DEPOSITED: 'cyan', REDEPOSITED: 'cyan', IN_TRANSIT: 'orange' },
  ...{ CLEARED: 'green', SETTLED: 'green', RETURNED: 'red', LEGAL: 'red' },
};

export function ChequeState({ state }: { state: State }) {
  const t = useText(CHEQUES);
  return (
    <Badge variant="light" color={COLORS[state] ?? 'gray'} tt="none" miw="max-content">
      {t(state)}
    </Badge>
  );
}
