import { Badge, Button, Code, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Listing } from '../shared/listing';
import { Paged, ProblemAlert } from '../shared/states';
import { Fact, Instant, Ltr } from '../shared/values';
import { ADMIN } from './admin.texts';
import { AdminPage } from './admin-page';
import { JOBS } from './jobs.texts';
import { Lanes } from './lanes';
import { Dialog } from '../shared/modal';

type Message = Schemas['OutboxMessageView'];
const STATES = ['DEAD', 'PENDING', 'DONE', 'ALL'] as const;
const COLORS: Record<Message['state'], string> = { DEAD: 'red', PENDING: 'blue', DONE: 'green' };
const PAGE = 20;
const LIVE_MS = 5000;

/** Messages of the outbox, the dead letters first: look why, and try again. */
export default function JobsPage() {
  const [t, a] = [useText(JOBS), useText(ADMIN)];
  const may = useMay();
  const [state, setState] = useState<(typeof STATES)[number]>('DEAD');
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<Message>();
  const query = { page, pageSize: PAGE, ...(state !== 'ALL' && { state }) };
  const messages = $api.useQuery(
    'get',
    '/api/v1/operations/messages',
    { params: { query } },
    { placeholderData: (before) => before, refetchInterval: LIVE_MS },
  );
  const replay = $api.useMutation('post', '/api/v1/operations/messages/{id}/replay', {
    onSuccess: () => {
      notifications.show({ message: t('replayed'), color: 'green' });
      setOpen(undefined);
      void messages.refetch();
    },
  });
  const mayReplay = may('operations.message.replay');
  const again = ({ id }: Message) => (
    <Button
      size="compact-sm"
      variant="light"
      leftSection={<IconRefresh size={14} />}
      loading={replay.isPending && replay.variables.params.path.id === id}
      onClick={() => replay.mutate({ params: { path: { id } } })}
    >
      {t('replay')}
    </Button>
  );
  return (
    <AdminPage title={a('jobs')}>
      <Text c="dimmed">{t('note')}</Text>
      <Lanes />
      <SegmentedControl
        aria-label={a('state')}
        style={{ alignSelf: 'flex-start' }}
        value={state}
        data={STATES.map((value) => ({ value, label: t(value) }))}
        onChange={(next) => (setState(next), setPage(1))}
      />
      {!open && <ProblemAlert error={replay.error} />}
      <Paged
        query={messages}
        page={page}
        onPage={setPage}
        empty={t(state === 'DEAD' ? 'noDead' : 'noMessages')}
        icon={state === 'DEAD' && <IconCircleCheck size={40} stroke={1.2} />}
      >
        {(items) => (
          <Listing
            label={a('jobs')}
            minWidth={820}
            head={[t('type'), a('state'), t('lane'), t('attempts'), t('when'), t('error'), a('actions')]}
          >
            {items.map((message) => (
              <Table.Tr key={message.id}>
                <Table.Td>
                  <bdi dir="ltr">{message.type}</bdi>
                  <Text size="xs" c="dimmed">
                    <Ltr>{message.id}</Ltr>
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Badge variant="light" color={COLORS[message.state]}>
                    {t(message.state)}
                  </Badge>
                </Table.Td>
                <Table.Td>{t(message.lane)}</Table.Td>
                <Table.Td>
                  <Ltr>{message.attempts}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Instant at={message.doneAt ?? message.availableAt} />
                </Table.Td>
                <Table.Td>
                  {message.lastError && (
                    <Text size="sm" lineClamp={2} maw={260}>
                      <bdi dir="ltr">{message.lastError}</bdi>
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <Group gap={4} wrap="nowrap">
                    <Button size="compact-sm" variant="subtle" onClick={() => setOpen(message)}>
                      {t('inspect')}
                    </Button>
                    {message.state === 'DEAD' && mayReplay && again(message)}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        )}
      </Paged>
      {open && (
        <Dialog opened title={t('message', { id: open.id })} size="lg" onClose={() => setOpen(undefined)}>
          <Stack>
            <MessageFacts message={open} />
            <ProblemAlert error={replay.error} />
            {open.state === 'DEAD' && mayReplay && <Group justify="flex-end">{again(open)}</Group>}
          </Stack>
        </Dialog>
      )}
    </AdminPage>
  );
}

function MessageFacts({ message }: { message: Message }) {
  const [t, a] = [useText(JOBS), useText(ADMIN)];
  return (
    <>
      <dl className="facts">
        <Fact label={t('type')}>
          <bdi dir="ltr">{message.type}</bdi>
        </Fact>
        <Fact label={a('state')}>{t(message.state)}</Fact>
        <Fact label={t('lane')}>{t(message.lane)}</Fact>
        <Fact label={t('attempts')}>
          <Ltr>{message.attempts}</Ltr>
        </Fact>
        <Fact label={t('when')}>
          <Instant at={message.availableAt} />
        </Fact>
        <Fact label={t('doneAt')}>
          <Instant at={message.doneAt} />
        </Fact>
      </dl>
      {message.lastError && (
        <div>
          <Text size="sm" c="dimmed" mb={4}>
            {t('error')}
          </Text>
          <Code block dir="ltr" tabIndex={0}>
            {message.lastError}
          </Code>
        </div>
      )}
    </>
  );
}
