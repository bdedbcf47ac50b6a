import { Grid, Paper, SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { $api } from '../api/client';
import { useText } from '../i18n/preferences';
import { Page } from '../shared/page';
import { SHARED } from '../shared/shared.texts';
import { Empty, Loaded } from '../shared/states';
import { Instant, Ltr, Name } from '../shared/values';
import { EditDecision } from './edit-decision';
import { QUEUE } from './queue.texts';
import { RecordDecision } from './record-decision';

const PAGE_SIZE = 100;
const LIVE = { refetchInterval: 30_000 };

/** The API lists the newest first: who waits longest stands on the last page. */
const lastPage = (total = 0): number => Math.max(1, Math.ceil(total / PAGE_SIZE));

type Kind = 'records' | 'edits';

/** What awaits a checker, the oldest first; beside it what was submitted, side by side with what there was. */
export default function QueuePage() {
  const t = useText(QUEUE);
  const [kind, setKind] = useState<Kind>('records');
  const [chosen, choose] = useState<number>();
  return (
    <Page
      title={t('title')}
      actions={
        <SegmentedControl
          size="xs"
          value={kind}
          onChange={(value) => {
            setKind(value);
            choose(undefined);
          }}
          data={(['records', 'edits'] as const).map((value) => ({ value, label: t(value) }))}
        />
      }
    >
      {kind === 'records' ? <Records chosen={chosen} choose={choose} /> : <Edits chosen={chosen} choose={choose} />}
    </Page>
  );
}

interface Chosen {
  chosen: number | undefined;
  choose: (id: number | undefined) => void;
}

function Records({ chosen, choose }: Chosen) {
  const query = { state: 'PENDING_APPROVAL' as const, page: 1, pageSize: PAGE_SIZE };
  const newest = $api.useQuery('get', '/api/v1/one-records', { params: { query } }, LIVE);
  const page = lastPage(newest.data?.total);
  const oldest = $api.useQuery('get', '/api/v1/one-records', { params: { query: { ...query, page } } }, LIVE);
  return (
    <Loaded query={oldest}>
      {({ items, total }) => (
        <Desk
          total={total}
          lines={[...items].reverse().map(({ id, number, approvedName, createdAt }) => ({
            id,
            title: <Name>{approvedName}</Name>,
            detail: (
              <>
                <Ltr>{number}</Ltr> · <Instant at={createdAt} />
              </>
            ),
          }))}
          chosen={chosen}
          choose={choose}
        >
          {(id) => <RecordDecision key={id} id={id} onDecided={() => choose(undefined)} />}
        </Desk>
      )}
    </Loaded>
  );
}

function Edits({ chosen, choose }: Chosen) {
  const query = { state: 'PENDING' as const, page: 1, pageSize: PAGE_SIZE };
  const newest = $api.useQuery('get', '/api/v1/citizens/proposals', { params: { query } }, LIVE);
  const page = lastPage(newest.data?.total);
  const oldest = $api.useQuery('get', '/api/v1/citizens/proposals', { params: { query: { ...query, page } } }, LIVE);
  return (
    <Loaded query={oldest}>
      {({ items, total }) => (
        <Desk
          total={total}
          lines={[...items].reverse().map(({ id, reason, proposedAt }) => ({
            id,
            title: <Name>{reason}</Name>,
            detail: <Instant at={proposedAt} />,
          }))}
          chosen={chosen}
          choose={choose}
        >
          {(id) => {
            const proposal = items.find((item) => item.id === id);
            return proposal && <EditDecision key={id} proposal={proposal} onDecided={() => choose(undefined)} />;
          }}
        </Desk>
      )}
    </Loaded>
  );
}

interface DeskProps extends Chosen {
  /** Of all that wait, of which `lines` are the oldest. */
  total: number;
  lines: readonly { id: number; title: ReactNode; detail: ReactNode }[];
  children: (id: number) => ReactNode;
}

function Desk({ total, lines, chosen, choose, children }: DeskProps) {
  const t = useText(QUEUE);
  const shared = useText(SHARED);
  if (lines.length === 0) return <Empty>{t('empty')}</Empty>;
  const id = lines.some((line) => line.id === chosen) ? chosen : undefined;
  return (
    <Grid>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Stack gap="xs" component="nav" aria-label={t('waiting')}>
          <Text size="sm" c="dimmed">
            {shared('total', { total })}
          </Text>
          {lines.map((line) => (
            <UnstyledButton
              key={line.id}
              className={line.id === id ? 'pick chosen' : 'pick'}
              aria-current={line.id === id}
              onClick={() => choose(line.id)}
            >
              <Text fw={600}>{line.title}</Text>
              <Text size="xs" c="dimmed">
                {line.detail}
              </Text>
            </UnstyledButton>
          ))}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Paper withBorder radius="lg" p="md">
          {id === undefined ? <Empty>{t('pick')}</Empty> : children(id)}
        </Paper>
      </Grid.Col>
    </Grid>
  );
}
