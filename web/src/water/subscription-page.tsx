import { Anchor, Badge, Button, Card, Group, Tabs, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Page } from '../shared/page';
import { Loaded } from '../shared/states';
import { Day, Fact, Ltr, Money, Name } from '../shared/values';
import { Bills } from './bills';
import { CaptureDialog } from './capture-dialog';
import { CutNoticeList } from './cut-notice-list';
import { Events } from './events';
import { OrderList } from './order-list';
import { ReconnectDialog } from './reconnect-dialog';
import { Readings } from './readings';
import { RequestList } from './request-list';
import { StateBadge } from './state-badge';
import { useTopUpAttempt } from './use-top-up';
import './water.css';
import { WATER } from './water.texts';

type Subscription = Schemas['SubscriptionView'];

const TABS = ['readings', 'topUps', 'bills', 'requests', 'notices', 'orders', 'events'] as const;

const TopUps = lazy(() => import('./top-ups').then((file) => ({ default: file.TopUps })));
const TopUpDialog = lazy(() => import('./top-up-dialog').then((file) => ({ default: file.TopUpDialog })));

/** All about a subscription: its holder and what they owe, meter, readings, bills, requests, orders. */
export default function SubscriptionPage() {
  const id = Number(useParams().id);
  const found = $api.useQuery('get', '/api/v1/water/subscriptions/{id}', { params: { path: { id } } });
  return <Loaded query={found}>{(subscription) => <View key={id} subscription={subscription} />}</Loaded>;
}

function View({ subscription }: { subscription: Subscription }) {
  const t = useText(WATER);
  const may = useMay();
  const [, navigate] = useLocation();
  const [tab, setTab] = useState<(typeof TABS)[number]>('readings');
  const [capturing, capture] = useDisclosure();
  const [reconnecting, reconnect] = useDisclosure();
  const [toppingUp, topUp] = useDisclosure();
  const attempt = useTopUpAttempt();
  const { id, number, state, meter } = subscription;
  const mayCapture = may('water.reading.capture') && meter !== null;
  const prepaid = meter?.prepaid ?? false;
  const maySell = may('water.top-up.sell') && prepaid && state === 'ACTIVE';
  const tabs = TABS.filter((name) => name !== 'topUps' || (prepaid && may('water.top-up.read')));
  const mayReconnect = may('water.order.reconnect') && state === 'DISCONNECTED';
  const request = () => navigate(`/water/requests/new?subscription=${id}`);
  useKeys([
    { keys: 'F4', label: t('enter'), run: capture.open, disabled: !mayCapture },
    { keys: 'F6', label: t('newRequest'), run: request, disabled: !may('water.request.submit') },
    { keys: 'F7', label: t('topUp'), run: topUp.open, disabled: !maySell },
    { keys: 'F2', label: t('find'), run: () => navigate('/water') },
  ]);
  return (
    <Page
      title={t('subscriptionOf', { number })}
      heading={
        <Group gap="xs">
          {t('subscription')} <Ltr>{number}</Ltr> <StateBadge state={state} />
          {subscription.protection && <StateBadge state={subscription.protection} />}
        </Group>
      }
      actions={
        <>
          {maySell && (
            <Button onClick={topUp.open} rightSection={<Key>F7</Key>}>
              {t('topUp')}
            </Button>
          )}
          {mayReconnect && <Button onClick={reconnect.open}>{t('reconnect')}</Button>}
          {may('water.request.submit') && (
            <Button variant="default" onClick={request} rightSection={<Key>F6</Key>}>
              {t('newRequest')}
            </Button>
          )}
          {mayCapture && (
            <Button onClick={capture.open} rightSection={<Key>F4</Key>}>
              {t('enter')}
            </Button>
          )}
        </>
      }
    >
      <Facts subscription={subscription} />
      <Tabs value={tab} onChange={(next) => setTab(next as 'readings')} keepMounted={false}>
        <Tabs.List>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(name)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="readings" pt="md">
          <Readings subscriptionId={id} />
        </Tabs.Panel>
        <Tabs.Panel value="topUps" pt="md">
          <Suspense>
            <TopUps subscription={subscription} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="bills" pt="md">
          <Bills accountId={subscription.accountId} />
        </Tabs.Panel>
        <Tabs.Panel value="requests" pt="md">
          <RequestList filter={{ subscriptionId: id }} />
        </Tabs.Panel>
        <Tabs.Panel value="notices" pt="md">
          <CutNoticeList filter={{ subscriptionId: id }} />
        </Tabs.Panel>
        <Tabs.Panel value="orders" pt="md">
          <OrderList filter={{ subscriptionId: id }} />
        </Tabs.Panel>
        <Tabs.Panel value="events" pt="md">
          <Events subscriptionId={id} />
        </Tabs.Panel>
      </Tabs>
      {capturing && <CaptureDialog subscription={subscription} onClose={capture.close} />}
      <Suspense>
        {toppingUp && <TopUpDialog subscription={subscription} attempt={attempt} onClose={topUp.close} />}
      </Suspense>
      {reconnecting && <ReconnectDialog subscriptionId={id} onClose={reconnect.close} />}
    </Page>
  );
}

function Facts({ subscription }: { subscription: Subscription }) {
  const t = useText(WATER);
  const { number, address, waterClass, units, sewer, route, sequence, openedOn, meter } = subscription;
  return (
    <div className="twin">
      <Card withBorder>
        <dl className="facts">
          <Holder number={number} accountId={subscription.accountId} />
          <Fact label={t('address')}>
            <Name>{address}</Name>
          </Fact>
          <Fact label={t('class')}>{t(waterClass)}</Fact>
          <Fact label={t('units')}>
            <Ltr>{units}</Ltr>
          </Fact>
          <Fact label={t('sewer')}>{t(sewer ? 'yes' : 'no')}</Fact>
          <Fact label={t('route')}>
            {route ? (
              <>
                <Name>{route.name}</Name> · <Ltr>{sequence}</Ltr>
              </>
            ) : (
              '—'
            )}
          </Fact>
          <Fact label={t('openedOn')}>
            <Day day={openedOn} />
          </Fact>
        </dl>
      </Card>
      <Card withBorder>
        <Text fw={600} mb="xs">
          {t('meter')} {meter?.prepaid && <Badge variant="light">{t('prepaid')}</Badge>}
        </Text>
        {meter ? (
          <dl className="facts">
            <Fact label={t('serial')}>
              <Ltr>{meter.serial}</Ltr>
            </Fact>
            <Fact label={t('size')}>
              <Ltr>{meter.sizeMm}</Ltr> {t('mm')}
            </Fact>
            <Fact label={t('installedOn')}>
              <Day day={meter.installedOn} />
            </Fact>
            <Fact label={t('seal')}>
              <Ltr>{meter.seal}</Ltr>
            </Fact>
          </dl>
        ) : (
          <Text c="dimmed">{t('noMeter')}</Text>
        )}
      </Card>
    </div>
  );
}

/** Who holds it and what they owe on it. */
function Holder({ number, accountId }: { number: string; accountId: number }) {
  const t = useText(WATER);
  const may = useMay();
  const payers = $api.useQuery('get', '/api/v1/billing/payers', { params: { query: { number } } });
  const payer = payers.data?.payers.find(({ accounts }) => accounts.some(({ id }) => id === accountId));
  const balance = payer?.accounts.find(({ id }) => id === accountId)?.balance;
  return (
    <>
      <Fact label={t('holder')}>
        {payer?.oneRecordId && may('citizens.one-record.read') ? (
          <Anchor component={Link} href={`/records/${payer.oneRecordId}`}>
            <Name>{payer.name}</Name>
          </Anchor>
        ) : (
          <Name>{payer?.name}</Name>
        )}
      </Fact>
      <Fact label={t('balance')}>
        {balance ? <Money minor={balance.amount} currency={balance.currency} /> : '—'}
        {balance && Number(balance.amount) < 0 && ` ${t('advance')}`}
      </Fact>
    </>
  );
}
