import { Badge, Button, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { $api } from '../api/client';
import { useMay } from '../api/use-session';
import { usePreferences, useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { Key, useKeys } from '../shared/keys';
import { Listing } from '../shared/listing';
import { Paged } from '../shared/states';
import { Instant, Ltr } from '../shared/values';
import { ADMIN } from './admin.texts';
import { AdminPage } from './admin-page';
import { LEGACY } from './legacy.texts';
import { RunState } from './run-state';

const PAGE = 20;
const [LIVE_MS, IDLE_MS] = [2000, 15_000];

/** Imports of the old systems, live. */
export default function LegacyPage() {
  const [t, a] = [useText(LEGACY), useText(ADMIN)];
  const { language } = usePreferences();
  const may = useMay();
  const [page, setPage] = useState(1);
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState(false);
  const runs = $api.useQuery(
    'get',
    '/api/v1/legacy/runs',
    { params: { query: { page, pageSize: PAGE } } },
    {
      refetchInterval: ({ state }) =>
        asked || state.data?.items.some((run) => run.state === 'RUNNING') ? LIVE_MS : IDLE_MS,
    },
  );
  const start = $api.useMutation('post', '/api/v1/legacy/runs', {
    onSuccess: () => {
      notifications.show({ message: t('asked'), color: 'green' });
      setAsking(false);
      setAsked(true);
    },
  });
  const mayStart = may('legacy.run.start');
  useKeys([{ keys: 'Alt+N', label: t('start'), run: () => setAsking(true), disabled: !mayStart }]);
  return (
    <AdminPage
      title={a('legacy')}
      actions={
        mayStart && (
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            rightSection={<Key>Alt+N</Key>}
            onClick={() => setAsking(true)}
          >
            {t('start')}
          </Button>
        )
      }
    >
      <Paged query={runs} page={page} onPage={setPage} empty={t('noRuns')}>
        {(items) => (
          <Listing
            label={a('legacy')}
            head={[t('number'), a('state'), t('startedVia'), t('startedAt'), t('finishedAt'), t('control')]}
          >
            {items.map((run) => (
              <Table.Tr key={run.id}>
                <Table.Td>
                  <Button component={Link} href={`/admin/legacy/${run.id}`} variant="subtle" size="compact-sm">
                    <Ltr>{run.id}</Ltr>
                  </Button>
                </Table.Td>
                <Table.Td>
                  <RunState state={run.state} />
                  {run.fault && (
                    <Text size="xs" c="dimmed" maw={240}>
                      {language === 'ar' ? run.fault.reasonAr : run.fault.reason}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>{t(run.startedVia)}</Table.Td>
                <Table.Td>
                  <Instant at={run.startedAt} />
                </Table.Td>
                <Table.Td>
                  <Instant at={run.finishedAt} />
                </Table.Td>
                <Table.Td>
                  {run.differences.length > 0 && (
                    <Badge variant="light" color="red">
                      {t('DIFFERENT')}
                    </Badge>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        )}
      </Paged>
      {asking && (
        <FormDialog
          title={t('start')}
          submit={t('start')}
          error={start.error}
          busy={start.isPending}
          onSubmit={() => start.mutate({})}
          onClose={() => setAsking(false)}
        >
          <Text>{t('startQuestion')}</Text>
        </FormDialog>
      )}
    </AdminPage>
  );
}
