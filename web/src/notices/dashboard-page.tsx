import { Group, Table, Title } from '@mantine/core';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { today } from '../i18n/format';
import { useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { End, Listing } from '../shared/listing';
import { Empty, Loaded } from '../shared/states';
import { Ltr, Money } from '../shared/values';
import { NoticesArea } from './notices-area';
import { NOTICES } from './notices.texts';
import { SENDING } from './sending.texts';

type Dashboard = Schemas['DashboardView'];

const GROUPS = ['channels', 'operators', 'templates', 'departments'] as const;
const COUNTS = ['messages', 'delivered', 'sent', 'failed', 'suppressed', 'waiting', 'segments'] as const;
const CHANNELS = ['SMS', 'EMAIL', 'INAPP', 'PUSH', 'PRINT'] as const;
const LANES_AND_OPERATORS = ['OTP', 'EMERGENCY', 'TRANSACTIONAL', 'BULK', 'JAWWAL', 'OOREDOO', 'OTHER'] as const;
const DAY_MS = 86_400_000;

const daysBefore = (day: string, days: number) => new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

/** How sending went over some days: what arrived, why not, how fast, and what it cost. */
export default function DashboardPage() {
  const t = useText(SENDING);
  const [range, setRange] = useState({ from: daysBefore(today(), 6), to: today() });
  const found = $api.useQuery(
    'get',
    '/api/v1/notifications/dashboard',
    { params: { query: range } },
    { enabled: range.from !== '' && range.to !== '', placeholderData: (last) => last },
  );
  return (
    <NoticesArea title={t('dashboard')}>
      <Group>
        {(['from', 'to'] as const).map((name) => (
          <DayField
            key={name}
            label={t(name)}
            w={150}
            value={range[name]}
            onChange={(day) => setRange((now) => ({ ...now, [name]: day }))}
          />
        ))}
      </Group>
      <Loaded query={found}>
        {(dashboard) =>
          dashboard.channels.length === 0 ? <Empty>{t('none')}</Empty> : <Shown dashboard={dashboard} />
        }
      </Loaded>
    </NoticesArea>
  );
}

function Shown({ dashboard }: { dashboard: Dashboard }) {
  const t = useText(SENDING);
  return (
    <>
      {GROUPS.filter((group) => dashboard[group].length > 0).map((group) => (
        <Outcomes key={group} label={t(group)} rows={dashboard[group]} />
      ))}
      {dashboard.failures.length > 0 && <Failures rows={dashboard.failures} />}
      {dashboard.latencies.length > 0 && <Latencies rows={dashboard.latencies} />}
    </>
  );
}

const Heading = ({ children }: { children: string }) => (
  <Title order={2} size="h5">
    {children}
  </Title>
);

/** Channels, lanes and operators have words; templates and departments stand by their code. */
function useKeyText() {
  const [n, t] = [useText(NOTICES), useText(SENDING)];
  const words = new Map<string, string>([
    ...CHANNELS.map((key) => [key, n(key)] as const),
    ...LANES_AND_OPERATORS.map((key) => [key, t(key)] as const),
  ]);
  return (key: string) => words.get(key) ?? (key || t('unnamed'));
}

function Outcomes({ label, rows }: { label: string; rows: Dashboard['channels'] }) {
  const t = useText(SENDING);
  const keyText = useKeyText();
  const end = (text: string) => <End key={text}>{text}</End>;
  return (
    <>
      <Heading>{label}</Heading>
      <Listing
        label={label}
        head={[label, ...COUNTS.map((name) => end(t(name))), end(t('share')), end(t('cost'))]}
        minWidth={860}
      >
        {rows.map((row) => (
          <Table.Tr key={row.key}>
            <Table.Td>
              <bdi>{keyText(row.key)}</bdi>
            </Table.Td>
            {COUNTS.map((name) => (
              <Table.Td key={name} className="end">
                <Ltr>{row[name].toLocaleString('en')}</Ltr>
              </Table.Td>
            ))}
            <Table.Td className="end">
              <Ltr>{row.deliveredShare === null ? null : `${(row.deliveredShare * 100).toFixed(1)}%`}</Ltr>
            </Table.Td>
            <Table.Td className="end">
              <Money minor={row.cost} currency="ILS" />
            </Table.Td>
          </Table.Tr>
        ))}
      </Listing>
    </>
  );
}

function Failures({ rows }: { rows: Dashboard['failures'] }) {
  const t = useText(SENDING);
  const keyText = useKeyText();
  return (
    <>
      <Heading>{t('failures')}</Heading>
      <Listing
        label={t('failures')}
        head={[t('operator'), t('code'), <End key="messages">{t('messages')}</End>]}
        minWidth={420}
      >
        {rows.map(({ operator, code, messages }) => (
          <Table.Tr key={`${operator} ${code}`}>
            <Table.Td>
              <bdi>{keyText(operator)}</bdi>
            </Table.Td>
            <Table.Td>
              <Ltr>{code}</Ltr>
            </Table.Td>
            <Table.Td className="end">
              <Ltr>{messages.toLocaleString('en')}</Ltr>
            </Table.Td>
          </Table.Tr>
        ))}
      </Listing>
    </>
  );
}

const TIMES = ['sentP50', 'sentP95', 'deliveredP50', 'deliveredP95'] as const;

function Latencies({ rows }: { rows: Dashboard['latencies'] }) {
  const t = useText(SENDING);
  const keyText = useKeyText();
  const heads = [t('half'), t('most'), t('arriveHalf'), t('arriveMost')];
  return (
    <>
      <Heading>{t('latencies')}</Heading>
      <Listing
        label={t('latencies')}
        head={[t('channels'), ...heads.map((text) => <End key={text}>{text}</End>)]}
        minWidth={620}
      >
        {rows.map((row) => (
          <Table.Tr key={`${row.channel} ${row.lane}`}>
            <Table.Td>{t('latency', { channel: keyText(row.channel), lane: keyText(row.lane) })}</Table.Td>
            {TIMES.map((name) => {
              const ms = row[name];
              return (
                <Table.Td key={name} className="end">
                  {ms === null ? '—' : t('seconds', { seconds: (ms / 1000).toFixed(1) })}
                </Table.Td>
              );
            })}
          </Table.Tr>
        ))}
      </Listing>
    </>
  );
}
