import { Alert, Anchor, Button, Group, Loader, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { usePreferences, useText } from '../i18n/preferences';
import { Listing } from '../shared/listing';
import { Empty, Loaded, ProblemAlert } from '../shared/states';
import { Day, Fact, Instant, Ltr, Money, Name } from '../shared/values';
import { NoticeActions } from './notice-actions';
import { NoticesArea, StateBadge } from './notices-area';
import { NOTICES } from './notices.texts';
import { Sending } from './notices-page';
import { useValueText } from './use-value-text';

type Notice = Schemas['PublicNoticeView'];
const LIVE_MS = 1500;

/** A notice: its words, whom it reaches at what cost, how far it is, and what became of its messages. */
export default function NoticePage() {
  const id = Number(useParams().id);
  const [counting, setCounting] = useState<{ since: string | null }>();
  const notice = $api.useQuery(
    'get',
    '/api/v1/public-notices/{id}',
    { params: { path: { id } } },
    {
      refetchInterval: ({ state: { data } }) => {
        const waits = counting && (data?.counted?.at ?? null) === counting.since;
        return (waits || data?.state === 'SENDING' || data?.state === 'APPROVED') && LIVE_MS;
      },
    },
  );
  return (
    <Loaded query={notice} rows={8}>
      {(found) => (
        <Shown
          notice={found}
          counting={counting !== undefined && (found.counted?.at ?? null) === counting.since}
          onCount={() => setCounting({ since: found.counted?.at ?? null })}
          reload={notice.refetch}
        />
      )}
    </Loaded>
  );
}

interface ShownProps {
  notice: Notice;
  counting: boolean;
  onCount: () => void;
  reload: () => Promise<{ data?: Notice }>;
}

function Shown({ notice, counting, onCount, reload }: ShownProps) {
  const t = useText(NOTICES);
  const { language } = usePreferences();
  const title = language === 'en' && notice.titleEn ? notice.titleEn : notice.titleAr;
  return (
    <NoticesArea
      title={title}
      heading={
        <Group gap="sm">
          <Name>{title}</Name>
          <StateBadge state={notice.state} />
        </Group>
      }
      actions={
        <>
          <Anchor component={Link} href="/notices">
            {t('back')}
          </Anchor>
          <NoticeActions notice={notice} reload={reload} />
        </>
      }
    >
      {notice.reason && (
        <Alert color="orange" title={t('reason')}>
          <Name>{notice.reason}</Name>
        </Alert>
      )}
      <Words notice={notice} />
      <Count notice={notice} counting={counting} onCount={onCount} />
      {notice.startedAt && (
        <Stack gap="xs">
          <Group justify="space-between">
            <Title order={2} size="h5">
              {t('progress')}
            </Title>
            <Text size="sm" role="status">
              {t('taken', { taken: notice.taken, recipients: notice.counted?.recipients ?? notice.taken })}
            </Text>
          </Group>
          <Sending notice={notice} />
          <Report notice={notice} />
        </Stack>
      )}
    </NoticesArea>
  );
}

function Words({ notice }: { notice: Notice }) {
  const t = useText(NOTICES);
  const { language } = usePreferences();
  const valueText = useValueText();
  const sources = $api.useQuery('get', '/api/v1/audience-sources', {}, { staleTime: Infinity });
  const source = sources.data?.find(({ code }) => code === notice.source);
  const about = source && (language === 'ar' ? source.aboutAr : source.aboutEn);
  const chosen = Object.entries(notice.parameters as Record<string, unknown>).map(([name, value]) => {
    const parameter = source?.parameters.find((each) => each.name === name);
    return { name: (language === 'ar' ? parameter?.aboutAr : parameter?.aboutEn) ?? name, value: valueText(value) };
  });
  return (
    <Paper withBorder p="md">
      <Text lang="ar" dir="rtl" mb="xs">
        {notice.textAr}
      </Text>
      {notice.textEn && (
        <Text lang="en" dir="ltr" mb="xs">
          {notice.textEn}
        </Text>
      )}
      <dl className="facts">
        <Fact label={t('audience')}>
          {about ?? <bdi dir="ltr">{notice.source}</bdi>}
          {chosen.map(({ name, value }) => (
            <Text key={name} size="sm" c="dimmed">
              {name}: <Name>{value}</Name>
            </Text>
          ))}
        </Fact>
        <Fact label={t('channels')}>{notice.channels.map((channel) => t(channel as 'SMS')).join('، ')}</Fact>
        <Fact label={t('topic')}>
          <Topic code={notice.topic} />
        </Fact>
        <Fact label={t('web')}>
          {t(notice.onWeb ? 'yes' : 'no')}
          {notice.webUntil && (
            <>
              {' · '}
              {t('webUntil')} <Day day={notice.webUntil} />
            </>
          )}
        </Fact>
        {notice.sendAt && (
          <Fact label={t('sendAt')}>
            <Instant at={notice.sendAt} />
          </Fact>
        )}
      </dl>
    </Paper>
  );
}

export function Topic({ code }: { code: string }) {
  const { language } = usePreferences();
  const topics = $api.useQuery('get', '/api/v1/notifications/topics', {}, { staleTime: Infinity });
  const topic = topics.data?.find((each) => each.code === code);
  return (language === 'ar' ? topic?.nameAr : topic?.nameEn) ?? code;
}

function Count({ notice, counting, onCount }: Pick<ShownProps, 'notice' | 'counting' | 'onCount'>) {
  const t = useText(NOTICES);
  const may = useMay();
  const count = $api.useMutation('post', '/api/v1/public-notices/{id}/count', { onSuccess: onCount });
  const { counted, state } = notice;
  const mayCount =
    (state === 'DRAFT' || state === 'SUBMITTED') && may('notifications.notice.draft', 'notifications.notice.approve');
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t('counted')}
        </Title>
        {mayCount && (
          <Button
            size="xs"
            variant="light"
            loading={count.isPending}
            disabled={counting}
            onClick={() => count.mutate({ params: { path: { id: notice.id } } })}
          >
            {t(counted ? 'recount' : 'count')}
          </Button>
        )}
      </Group>
      <ProblemAlert error={count.error} />
      {counting && (
        <Group gap="xs" role="status" mb="xs">
          <Loader size="xs" />
          <Text size="sm">{t('counting')}</Text>
        </Group>
      )}
      {counted && (
        <>
          <dl className="facts" style={{ marginBottom: 12 }}>
            <Fact label={t('recipients')}>
              <Ltr>{counted.recipients}</Ltr>
            </Fact>
            <Fact label={t('cost')}>
              <Money minor={counted.cost} currency="ILS" />
            </Fact>
            <Fact label={t('unreachable')}>
              <Ltr>{counted.unreachable}</Ltr>
            </Fact>
            <Fact label={t('suppressed')}>
              <Ltr>{counted.suppressed}</Ltr>
            </Fact>
            <Fact label={t('countedAt')}>
              <Instant at={counted.at} />
            </Fact>
          </dl>
          {counted.channels.length > 0 && (
            <Listing label={t('counted')} minWidth={420} head={[t('channel'), t('messages'), t('segments'), t('cost')]}>
              {counted.channels.map(({ channel, messages, segments, cost }) => (
                <Table.Tr key={channel}>
                  <Table.Td>{t(channel)}</Table.Td>
                  <Table.Td>
                    <Ltr>{messages}</Ltr>
                  </Table.Td>
                  <Table.Td>
                    <Ltr>{segments}</Ltr>
                  </Table.Td>
                  <Table.Td>
                    <Money minor={cost} currency="ILS" />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Listing>
          )}
        </>
      )}
    </section>
  );
}

function Report({ notice: { id, state } }: { notice: Notice }) {
  const t = useText(NOTICES);
  const report = $api.useQuery(
    'get',
    '/api/v1/public-notices/{id}/report',
    { params: { path: { id } } },
    { refetchInterval: state === 'SENDING' ? LIVE_MS : 10_000 },
  );
  return (
    <Loaded query={report}>
      {({ states }) =>
        states.length === 0 ? (
          <Empty>{t('noReport')}</Empty>
        ) : (
          <Listing
            label={t('report')}
            minWidth={480}
            head={[t('channel'), t('outcome'), t('messages'), t('segments'), t('cost')]}
          >
            {states.map(({ channel, state: outcome, messages, segments, cost }) => (
              <Table.Tr key={`${channel} ${outcome}`}>
                <Table.Td>{t(channel as 'SMS')}</Table.Td>
                <Table.Td>{t(outcome as 'DELIVERED')}</Table.Td>
                <Table.Td>
                  <Ltr>{messages}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Ltr>{segments}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Money minor={cost} currency="ILS" />
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        )
      }
    </Loaded>
  );
}
