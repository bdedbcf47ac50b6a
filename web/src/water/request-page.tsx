import { Anchor, Button, Card, Group, Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { $api, client, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { shownDay } from '../i18n/format';
import { usePreferences, useText } from '../i18n/preferences';
import { Page } from '../shared/page';
import { ReasonDialog } from '../shared/reason';
import { useStale } from '../shared/stale';
import { Loaded } from '../shared/states';
import { Day, Fact, Instant, Ltr, Name } from '../shared/values';
import { NextStep } from './next-step';
import { StateBadge } from './state-badge';
import { useRequestStep } from './use-request-step';
import { useSubscriptions } from './use-subscriptions';
import './water.css';
import { WATER } from './water.texts';

type Request = Schemas['RequestDetailView'];

const ENDED = ['EXECUTED', 'CLOSED', 'REJECTED', 'WITHDRAWN'];

/** A request: what was told, the steps it has taken, and the next one. */
export default function RequestPage() {
  const id = Number(useParams().id);
  const found = $api.useQuery('get', '/api/v1/water/requests/{id}', { params: { path: { id } } });
  return <Loaded query={found}>{(request) => <View request={request} />}</Loaded>;
}

function View({ request }: { request: Request }) {
  const t = useText(WATER);
  const may = useMay();
  const queries = useQueryClient();
  const [ending, setEnding] = useState<'reject' | 'withdraw'>();
  const { id, number, kind, state } = request;
  const stale = useStale<Request>({
    shown: request,
    async read() {
      const { data } = await client.GET('/api/v1/water/requests/{id}', { params: { path: { id } } });
      await queries.invalidateQueries();
      return data;
    },
    describe: (each) => ({
      [t('state')]: t(each.state),
      [t('documents')]: each.documents.map((code) => t(code as 'ID_CARD')).join(' · '),
    }),
  });
  const step = useRequestStep(request, (error) => void stale.catchStale(error));
  const open = !ENDED.includes(state);
  const end = (reason: string) =>
    step.mutate({ verb: ending!, body: { reason } }, { onSuccess: () => setEnding(undefined) });
  return (
    <Page
      title={t('requestOf', { number })}
      heading={
        <Group gap="xs">
          {t(kind)} <Ltr>{number}</Ltr> <StateBadge state={state} />
        </Group>
      }
      actions={
        open && (
          <>
            {may('water.request.submit') && (
              <Button variant="default" onClick={() => setEnding('withdraw')}>
                {t('withdraw')}
              </Button>
            )}
            {may('water.request.reject') && (
              <Button color="red" variant="light" onClick={() => setEnding('reject')}>
                {t('reject')}
              </Button>
            )}
          </>
        )
      }
    >
      <Facts request={request} />
      <NextStep request={request} step={step} />
      <Steps request={request} />
      {ending && (
        <ReasonDialog
          title={t(ending)}
          error={step.error}
          busy={step.isPending}
          onConfirm={end}
          onClose={() => setEnding(undefined)}
        />
      )}
      {stale.dialog}
    </Page>
  );
}

function Facts({ request }: { request: Request }) {
  const t = useText(WATER);
  const may = useMay();
  const subscription = useSubscriptions([request.subscriptionId]).get(request.subscriptionId);
  return (
    <Card withBorder>
      <dl className="facts">
        <Fact label={t('subscription')}>
          <Anchor component={Link} href={`/water/subscriptions/${request.subscriptionId}`}>
            <Ltr>{subscription?.number}</Ltr>
          </Anchor>
        </Fact>
        <Fact label={t('holder')}>
          <Name>{subscription?.holder}</Name>
        </Fact>
        <Fact label={t('applicant')}>
          <Applicant id={request.oneRecordId} linked={may('citizens.one-record.read')} />
        </Fact>
        <Fact label={t('dueOn')}>
          <Day day={request.dueOn} />
        </Fact>
        {Object.entries(request.details).map(([name, value]) => (
          <Fact key={name} label={t(name as 'reason')}>
            <Told name={name} value={value} />
          </Fact>
        ))}
        <Fact label={t('documents')}>{request.documents.map((code) => t(code as 'ID_CARD')).join(' · ') || '—'}</Fact>
      </dl>
    </Card>
  );
}

function Applicant({ id, linked }: { id: number; linked: boolean }) {
  const found = $api.useQuery('get', '/api/v1/billing/payers', { params: { query: { oneRecordId: id } } });
  const name = <Name>{found.data?.payers[0]?.name}</Name>;
  return linked ? (
    <Anchor component={Link} href={`/records/${id}`}>
      {name}
    </Anchor>
  ) : (
    name
  );
}

function Told({ name, value }: { name: string; value: unknown }) {
  const t = useText(WATER);
  const { digits } = usePreferences();
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (name === 'waterClass') return t(value as 'DOMESTIC');
  if (name === 'soldOn' || name === 'readOn') return <bdi dir="ltr">{shownDay(String(value), digits)}</bdi>;
  return typeof value === 'number' ? <Ltr>{value}</Ltr> : <Name>{String(value)}</Name>;
}

function Steps({ request }: { request: Request }) {
  const t = useText(WATER);
  return (
    <Card withBorder>
      <Text fw={600} mb="xs">
        {t('steps')}
      </Text>
      <Table>
        <Table.Tbody>
          {request.steps.map(({ toState, note, doneAt }, at) => (
            <Table.Tr key={at}>
              <Table.Td w={150}>
                <StateBadge state={toState} />
              </Table.Td>
              <Table.Td w={170}>
                <Instant at={doneAt} />
              </Table.Td>
              <Table.Td>{note && <Name>{note}</Name>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
