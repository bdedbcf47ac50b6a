import { Button, Group, Select, Table, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { useDownload } from '../shared/download';
import { Listing } from '../shared/listing';
import { Paged, ProblemAlert } from '../shared/states';
import { Ltr } from '../shared/values';
import { ADMIN } from './admin.texts';
import './admin.css';
import { LEGACY } from './legacy.texts';

type File = Schemas['RunDetails']['files'][number];
const PAGE = 20;

export function Rejects({ runId, files, running }: { runId: number; files: File[]; running: boolean }) {
  const [t, a] = [useText(LEGACY), useText(ADMIN)];
  const [file, setFile] = useState<File['name'] | null>(null);
  const [page, setPage] = useState(1);
  const { download, busy, error } = useDownload();
  const query = { page, pageSize: PAGE, ...(file && { file }) };
  const rejects = $api.useQuery(
    'get',
    '/api/v1/legacy/runs/{id}/rejects',
    { params: { path: { id: runId }, query } },
    { placeholderData: (before) => before, refetchInterval: running && 2000 },
  );
  return (
    <section>
      <Group justify="space-between" align="flex-end" mb="xs">
        <Title order={2} size="h5">
          {t('rejects')}
        </Title>
        <Group align="flex-end">
          <Select
            aria-label={t('file')}
            placeholder={`${t('file')}: ${a('any')}`}
            clearable
            size="xs"
            value={file}
            data={files.map(({ name, refused }) => ({ value: name, label: `${t(name)} (${refused})` }))}
            onChange={(next) => (setFile(next), setPage(1))}
          />
          <Button
            size="xs"
            variant="default"
            loading={busy}
            leftSection={<IconDownload size={14} />}
            onClick={() => void download(`/api/v1/legacy/runs/${runId}/rejects.csv`, `rejects-${runId}.csv`)}
          >
            {a('saveCsv')}
          </Button>
        </Group>
      </Group>
      <ProblemAlert error={error} />
      <Paged query={rejects} page={page} onPage={setPage} empty={t('noRejects')}>
        {(items) => (
          <Listing label={t('rejects')} minWidth={820} head={[t('file'), t('line'), t('key'), t('reason'), t('raw')]}>
            {items.map((reject) => (
              <Table.Tr key={reject.id}>
                <Table.Td>{t(reject.file)}</Table.Td>
                <Table.Td>
                  <Ltr>{reject.line}</Ltr>
                </Table.Td>
                <Table.Td>
                  <bdi dir="ltr">{reject.key}</bdi>
                </Table.Td>
                <Table.Td>{t(reject.reason as 'no name')}</Table.Td>
                <Table.Td className="raw">
                  <bdi>{reject.raw}</bdi>
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        )}
      </Paged>
    </section>
  );
}
