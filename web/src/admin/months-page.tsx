import { ActionIcon, Badge, Button, Group, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronLeft, IconChevronRight, IconLock, IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { today } from '../i18n/format';
import { usePreferences, useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { Listing } from '../shared/listing';
import { ReasonDialog } from '../shared/reason';
import { Loaded } from '../shared/states';
import { Instant, Ltr, Name } from '../shared/values';
import { ADMIN } from './admin.texts';
import { AdminPage } from './admin-page';
import { JOBS } from './jobs.texts';
import { ProofList } from './proof-list';

type Month = Schemas['PeriodView'];

/** The months of the books, and whether the books hold. */
export default function MonthsPage() {
  const a = useText(ADMIN);
  const may = useMay();
  return (
    <AdminPage title={a('months')}>
      {may('billing.period.read') && <Months />}
      {may('billing.proof.read') && <ProofList />}
    </AdminPage>
  );
}

function Months() {
  const [t, a] = [useText(JOBS), useText(ADMIN)];
  const { language } = usePreferences();
  const may = useMay();
  const [year, setYear] = useState(Number(today().slice(0, 4)));
  const [open, setOpen] = useState<{ kind: 'close' | 'reopen'; period: string }>();
  const months = $api.useQuery('get', '/api/v1/billing/periods', { params: { query: { year } } });
  const finish = (message: string) => () => {
    notifications.show({ message, color: 'green' });
    setOpen(undefined);
    void months.refetch();
  };
  const close = $api.useMutation('post', '/api/v1/billing/periods/{period}/close', { onSuccess: finish(t('closed')) });
  const reopen = $api.useMutation('post', '/api/v1/billing/periods/{period}/reopen', {
    onSuccess: finish(t('reopened')),
  });
  const ask = (kind: 'close' | 'reopen', { period }: Month) => {
    close.reset();
    reopen.reset();
    setOpen({ kind, period });
  };
  const [Back, Forth] = language === 'ar' ? [IconChevronRight, IconChevronLeft] : [IconChevronLeft, IconChevronRight];
  return (
    <section>
      <Group gap="xs" mb="xs">
        <ActionIcon variant="subtle" aria-label={t('previousYear')} onClick={() => setYear(year - 1)}>
          <Back size={18} />
        </ActionIcon>
        <Text fw={600} aria-live="polite">
          <Ltr>{year}</Ltr>
        </Text>
        <ActionIcon variant="subtle" aria-label={t('nextYear')} onClick={() => setYear(year + 1)}>
          <Forth size={18} />
        </ActionIcon>
      </Group>
      <Loaded query={months} rows={12}>
        {({ periods }) => (
          <Listing label={a('months')} head={[t('month'), a('state'), t('changed'), a('actions')]}>
            {periods.map((month) => (
              <Table.Tr key={month.period}>
                <Table.Th scope="row">
                  <Ltr>{month.period.split('-').reverse().join('/')}</Ltr>
                </Table.Th>
                <Table.Td>
                  <Badge variant="light" color={month.state === 'CLOSED' ? 'gray' : month.over ? 'green' : 'blue'}>
                    {month.state === 'OPEN' && !month.over ? t('running') : t(month.state)}
                  </Badge>
                </Table.Td>
                <Table.Td>
                  {month.changedAt && (
                    <>
                      <Instant at={month.changedAt} /> · <Name>{month.changedBy}</Name>
                      {month.reason && (
                        <Text size="sm" c="dimmed">
                          <bdi>{month.reason}</bdi>
                        </Text>
                      )}
                    </>
                  )}
                </Table.Td>
                <Table.Td>
                  {month.state === 'OPEN' && month.over && may('billing.period.close') && (
                    <Button
                      size="compact-sm"
                      variant="light"
                      leftSection={<IconLock size={14} />}
                      onClick={() => ask('close', month)}
                    >
                      {t('close')}
                    </Button>
                  )}
                  {month.state === 'CLOSED' && may('billing.period.reopen') && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      leftSection={<IconLockOpen size={14} />}
                      onClick={() => ask('reopen', month)}
                    >
                      {t('reopen')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        )}
      </Loaded>
      {open?.kind === 'close' && (
        <FormDialog
          title={t('closeTitle', { period: open.period })}
          submit={t('close')}
          error={close.error}
          busy={close.isPending}
          onSubmit={() => close.mutate({ params: { path: { period: open.period } } })}
          onClose={() => setOpen(undefined)}
        >
          <Text>{t('closeNote')}</Text>
        </FormDialog>
      )}
      {open?.kind === 'reopen' && (
        <ReasonDialog
          title={t('reopenTitle', { period: open.period })}
          error={reopen.error}
          busy={reopen.isPending}
          onConfirm={(reason) => reopen.mutate({ params: { path: { period: open.period } }, body: { reason } })}
          onClose={() => setOpen(undefined)}
        />
      )}
    </section>
  );
}
