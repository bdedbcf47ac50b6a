import { Badge, Button, Code, Group, Select, Table, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { useDownload } from '../shared/download';
import { Key, useKeys } from '../shared/keys';
import { Listing } from '../shared/listing';
import { Paged, ProblemAlert } from '../shared/states';
import { Instant, Ltr } from '../shared/values';
import { ADMIN } from './admin.texts';
import { AdminPage } from './admin-page';
import { Coded } from './coded';
import { JOBS } from './jobs.texts';

type Entry = Schemas['AuditEntryView'];
const PAGE = 25;
const NO_FILTER = { actor: '', action: '', outcome: '', from: '', to: '' };

/** Who did or tried what: by user, action, outcome and days; the same as a file. */
export default function AuditPage() {
  const [t, a] = [useText(JOBS), useText(ADMIN)];
  const [filter, setFilter] = useState(NO_FILTER);
  const [page, setPage] = useState(1);
  const [settled] = useDebouncedValue(filter, 300);
  const { download, busy, error } = useDownload();
  const wanted = Object.fromEntries(Object.entries(settled).filter(([, value]) => value.trim() !== ''));
  const query = { page, pageSize: PAGE, ...wanted };
  const entries = $api.useQuery('get', '/api/v1/audit', { params: { query } }, { placeholderData: (before) => before });
  const set = (next: Partial<typeof filter>) => {
    setFilter({ ...filter, ...next });
    setPage(1);
  };
  const save = () => download(`/api/v1/audit/csv?${new URLSearchParams(wanted)}`, 'audit.csv');
  const [field, setField] = useState<HTMLInputElement | null>(null);
  useKeys([{ keys: '/', label: t('actor'), run: () => field?.focus() }]);
  return (
    <AdminPage
      title={a('audit')}
      actions={
        <Button variant="default" loading={busy} leftSection={<IconDownload size={16} />} onClick={() => void save()}>
          {a('saveCsv')}
        </Button>
      }
    >
      <Group align="flex-end">
        <TextInput
          ref={setField}
          label={t('actor')}
          dir="ltr"
          w={150}
          rightSection={<Key>/</Key>}
          value={filter.actor}
          onChange={({ currentTarget: { value } }) => set({ actor: value })}
        />
        <TextInput
          label={t('action')}
          placeholder={t('actionHint')}
          dir="ltr"
          w={230}
          value={filter.action}
          onChange={({ currentTarget: { value } }) => set({ action: value })}
        />
        <Select
          label={t('outcome')}
          w={120}
          clearable
          placeholder={a('any')}
          value={filter.outcome || null}
          data={[
            { value: 'DONE', label: t('AUDIT_DONE') },
            { value: 'REFUSED', label: t('REFUSED') },
          ]}
          onChange={(outcome) => set({ outcome: outcome ?? '' })}
        />
        <DayField label={a('from')} w={140} value={filter.from} onChange={(from) => set({ from })} />
        <DayField label={a('to')} w={140} value={filter.to} onChange={(to) => set({ to })} />
      </Group>
      <ProblemAlert error={error} />
      <Paged query={entries} page={page} onPage={setPage} empty={t('noEntries')}>
        {(items) => <Entries items={items} />}
      </Paged>
    </AdminPage>
  );
}

function Entries({ items }: { items: Entry[] }) {
  const [t, a] = [useText(JOBS), useText(ADMIN)];
  const [open, setOpen] = useState<number>();
  return (
    <Listing
      label={a('audit')}
      minWidth={820}
      head={[t('at'), t('actor'), t('action'), t('outcome'), t('address'), t('request'), t('detail')]}
    >
      {items.map((entry) => (
        <Fragment key={entry.id}>
          <Table.Tr>
            <Table.Td>
              <Instant at={entry.at} />
            </Table.Td>
            <Table.Td>
              <bdi dir="ltr">{entry.actor ?? '—'}</bdi>
            </Table.Td>
            <Table.Td>
              <Coded code={entry.action} />
            </Table.Td>
            <Table.Td>
              <Badge variant="light" color={entry.outcome === 'DONE' ? 'green' : 'red'}>
                {t(entry.outcome === 'DONE' ? 'AUDIT_DONE' : 'REFUSED')}
              </Badge>
            </Table.Td>
            <Table.Td>
              <Ltr>{entry.ip}</Ltr>
            </Table.Td>
            <Table.Td>
              <bdi dir="ltr">{entry.requestId ?? '—'}</bdi>
            </Table.Td>
            <Table.Td>
              {entry.detail && (
                <UnstyledButton
                  aria-expanded={open === entry.id}
                  aria-label={t('seeDetail', { action: entry.action })}
                  onClick={() => setOpen(open === entry.id ? undefined : entry.id)}
                >
                  <IconChevronDown size={18} />
                </UnstyledButton>
              )}
            </Table.Td>
          </Table.Tr>
          {entry.detail && open === entry.id && (
            <Table.Tr>
              <Table.Td colSpan={7}>
                <Code block dir="ltr" tabIndex={0}>
                  {JSON.stringify(entry.detail, null, 2)}
                </Code>
              </Table.Td>
            </Table.Tr>
          )}
        </Fragment>
      ))}
    </Listing>
  );
}
