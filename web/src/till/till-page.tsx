import { Alert, Anchor, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { today } from '../i18n/format';
import { Page } from '../shared/page';
import { Empty, Loaded } from '../shared/states';
import { useLeaving } from '../shared/unsaved';
import { Instant, Ltr, Name } from '../shared/values';
import { Checkout } from './checkout';
import { OpenShift } from './open-shift';
import { PayerSearch, type AskedPayer } from './payer-search';
import { SHIFT } from './shift.texts';
import { TILL } from './till.texts';
import './till.css';
import { useOwnShift } from './use-shift';

/** The till: a shift, a payer, what is paid and how. */
export default function TillPage() {
  const shift = useOwnShift();
  return <Loaded query={shift}>{(open) => (open ? <Counter shift={open} /> : <OpenShift />)}</Loaded>;
}

function Counter({ shift }: { shift: Schemas['ShiftView'] }) {
  const t = useText(TILL);
  const s = useText(SHIFT);
  const [asked, setAsked] = useState<{ payer: AskedPayer; visit: number }>();
  const leave = useLeaving();
  const late = shift.openedOn !== today();
  return (
    <Page
      title={t('till')}
      heading={
        <>
          {t('till')} <Ltr>{shift.tillCode}</Ltr>
        </>
      }
      actions={
        <>
          <Text size="sm" c="dimmed">
            {s('openedAt')} <Instant at={shift.openedAt} />
          </Text>
          <Button component={Link} href="/till/receipts" size="compact-sm" variant="default">
            {s('receiptsOfShift')}
          </Button>
          <Button component={Link} href={`/till/count/${shift.id}`} size="compact-sm" variant="default">
            {s('count')}
          </Button>
        </>
      }
    >
      {late && (
        <Alert color="orange" role="alert">
          {s('earlierDay')}{' '}
          <Anchor component={Link} href={`/till/count/${shift.id}`}>
            {s('count')}
          </Anchor>
        </Alert>
      )}
      <PayerSearch onPick={(payer) => leave(() => setAsked({ payer, visit: (asked?.visit ?? 0) + 1 }))} autoFocus />
      {asked ? (
        <AskedPayers key={asked.visit} asked={asked.payer} />
      ) : (
        <Empty icon={<IconCash size={40} stroke={1.2} />}>{t('nobody')}</Empty>
      )}
    </Page>
  );
}

function AskedPayers({ asked }: { asked: AskedPayer }) {
  const t = useText(TILL);
  const [chosen, setChosen] = useState<number>();
  const payers = $api.useQuery('get', '/api/v1/billing/payers', { params: { query: asked } });
  return (
    <Loaded query={payers} rows={6}>
      {({ payers: found }) => {
        const payer = found.length === 1 ? found[0] : chosen === undefined ? undefined : found[chosen];
        if (payer && payer.accounts.length > 0) return <Checkout payer={payer} />;
        if (found.length === 0 || payer) return <Empty>{t('noAccounts')}</Empty>;
        return (
          <Stack gap="xs">
            <Text>{t('several')}</Text>
            {found.map(({ name, accounts }, at) => (
              <Paper key={at} component="button" withBorder p="sm" className="choice" onClick={() => setChosen(at)}>
                <Group justify="space-between">
                  <Name>{name}</Name>
                  <Text size="sm" c="dimmed">
                    {t('services', { count: accounts.length })}
                  </Text>
                </Group>
              </Paper>
            ))}
          </Stack>
        );
      }}
    </Loaded>
  );
}
