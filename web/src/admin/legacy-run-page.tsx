import { Alert, Anchor, Badge, Group, Paper, Progress, Stack, Table, Text, Title } from '@mantine/core';
import type { PropsWithChildren } from 'react';
import { Link, useParams } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { usePreferences, useText } from '../i18n/preferences';
import { Listing } from '../shared/listing';
import { Loaded } from '../shared/states';
import { Fact, Instant, Ltr, Money } from '../shared/values';
import { ADMIN } from './admin.texts';
import { AdminPage } from './admin-page';
import { LEGACY } from './legacy.texts';
import { RunState } from './run-state';
import { Rejects } from './legacy-rejects';

type Run = Schemas['RunDetails'];
const LIVE_MS = 1000;
const CONTROL_COLORS: Record<Run['control'], string> = {
  EQUAL: 'green',
  DIFFERENT: 'red',
  NOT_GIVEN: 'gray',
  NOT_YET: 'blue',
};

/** An import: how far it is, what came of each file, and every line that was refused. */
export default function LegacyRunPage() {
  const t = useText(LEGACY);
  const id = Number(useParams().id);
  const run = $api.useQuery(
    'get',
    '/api/v1/legacy/runs/{id}',
    { params: { path: { id } } },
    { refetchInterval: ({ state }) => state.data?.state === 'RUNNING' && LIVE_MS },
  );
  return (
    <AdminPage
      title={t('run', { id })}
      actions={
        <Anchor component={Link} href="/admin/legacy">
          {t('back')}
        </Anchor>
      }
    >
      <Loaded query={run} rows={8}>
        {(found) => (
          <Stack gap="lg">
            <Summary run={found} />
            <Files files={found.files} />
            <Totals run={found} />
            <Rejects runId={id} files={found.files} running={found.state === 'RUNNING'} />
          </Stack>
        )}
      </Loaded>
    </AdminPage>
  );
}

function Summary({ run }: { run: Run }) {
  const [t, a] = [useText(LEGACY), useText(ADMIN)];
  const { language } = usePreferences();
  const { fault } = run;
  return (
    <>
      {fault && (
        <Alert color="red" title={t('fault')}>
          {language === 'ar' ? fault.reasonAr : fault.reason} — <bdi dir="ltr">{fault.file}</bdi>
          {fault.line > 0 && (
            <>
              {', '}
              {t('line')} <Ltr>{fault.line}</Ltr>
            </>
          )}
        </Alert>
      )}
      <Paper withBorder p="md">
        <dl className="facts">
          <Fact label={a('state')}>
            <RunState state={run.state} />
          </Fact>
          <Fact label={t('control')}>
            <Badge variant="light" color={CONTROL_COLORS[run.control]}>
              {t(run.control)}
            </Badge>
          </Fact>
          <Fact label={t('startedVia')}>{t(run.startedVia)}</Fact>
          <Fact label={t('startedAt')}>
            <Instant at={run.startedAt} />
          </Fact>
          <Fact label={t('finishedAt')}>
            <Instant at={run.finishedAt} />
          </Fact>
        </dl>
        <Group mt="md" gap="sm" wrap="nowrap">
          <Progress
            flex={1}
            size="lg"
            value={run.progress}
            animated={run.state === 'RUNNING'}
            aria-label={t('progress')}
          />
          <Ltr>{`${run.progress}%`}</Ltr>
        </Group>
      </Paper>
    </>
  );
}

const Section = ({ title, children }: PropsWithChildren<{ title: string }>) => (
  <section>
    <Title order={2} size="h5" mb="xs">
      {title}
    </Title>
    {children}
  </section>
);

function Files({ files }: { files: Run['files'] }) {
  const t = useText(LEGACY);
  const head = ['file', 'read', 'records', 'accepted', 'unchanged', 'changed', 'refused', 'vanished'] as const;
  return (
    <Section title={t('files')}>
      <Listing label={t('files')} minWidth={760} head={head.map((key) => t(key))}>
        {files.map((file) => (
          <Table.Tr key={file.name}>
            <Table.Th scope="row">{t(file.name)}</Table.Th>
            <Table.Td w={140}>
              <Progress
                value={file.records === 0 ? 100 : (file.read / file.records) * 100}
                aria-label={`${t('read')}: ${t(file.name)}`}
              />
            </Table.Td>
            {([file.records, file.accepted, file.unchanged, file.changed] as const).map((count, at) => (
              <Table.Td key={at}>
                <Ltr>{count}</Ltr>
              </Table.Td>
            ))}
            <Table.Td>
              <Text span inherit c={file.refused > 0 ? 'red' : undefined} fw={file.refused > 0 ? 600 : undefined}>
                <Ltr>{file.refused}</Ltr>
              </Text>
              {file.reasons.map(({ reason, lines }) => (
                <Text key={reason} size="xs" c="dimmed">
                  {t(reason as 'no name')} <Ltr>{lines}</Ltr>
                </Text>
              ))}
            </Table.Td>
            <Table.Td>
              <Ltr>{file.vanished}</Ltr>
            </Table.Td>
          </Table.Tr>
        ))}
      </Listing>
    </Section>
  );
}

function Totals({ run: { totals, differences } }: { run: Run }) {
  const t = useText(LEGACY);
  return (
    <>
      {totals.length > 0 && (
        <Section title={t('totals')}>
          <Group gap="xl">
            {totals.map(({ currency, debit, credit }) => (
              <Group key={currency} component="dl" gap="md" m={0}>
                <Fact label={t('debit')}>
                  <Money minor={debit} currency={currency} />
                </Fact>
                <Fact label={t('credit')}>
                  <Money minor={credit} currency={currency} />
                </Fact>
              </Group>
            ))}
          </Group>
        </Section>
      )}
      {differences.length > 0 && (
        <Section title={t('differences')}>
          <Listing label={t('differences')} head={[t('what'), t('expected'), t('actual')]}>
            {differences.map(({ what, expected, actual }) => (
              <Table.Tr key={what}>
                <Table.Th scope="row">
                  <bdi dir="ltr">{what}</bdi>
                </Table.Th>
                <Table.Td>
                  <Ltr>{expected}</Ltr>
                </Table.Td>
                <Table.Td className="is">
                  <Ltr>{actual}</Ltr>
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        </Section>
      )}
    </>
  );
}
