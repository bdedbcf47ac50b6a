import { Button, Group, Stack } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { LinksTable } from './links-table';
import { PAIRS } from './pairs.texts';
import type { LinkedRow, OneRecord } from './use-record';

const UnlinkDialog = lazy(() => import('./unlink-dialog').then((file) => ({ default: file.UnlinkDialog })));
const SplitDialog = lazy(() => import('./split-dialog').then((file) => ({ default: file.SplitDialog })));

/** The rows of an approved record; who may, takes some away: a checker, and of an activated one a supervisor. */
export function LinkedRows({ record, rows }: { record: OneRecord; rows: readonly LinkedRow[] }) {
  const t = useText(PAIRS);
  const may = useMay();
  const [leaving, setLeaving] = useState<LinkedRow>();
  const [splitting, setSplitting] = useState(false);
  const decides =
    record.state === 'APPROVED'
      ? may('citizens.one-record.approve')
      : (record.state === 'ACTIVATED' || record.state === 'SUSPENDED') && may('citizens.one-record.approve-high-risk');
  const others = rows.filter(({ approved }) => !approved);
  const maySplit = decides && others.length > 0 && may('citizens.one-record.split');
  return (
    <Stack gap="sm">
      <LinksTable rows={rows} onUnlink={decides && may('citizens.one-record.unlink') ? setLeaving : undefined} />
      {maySplit && (
        <Group>
          <Button variant="default" leftSection={<IconArrowsSplit2 size={16} />} onClick={() => setSplitting(true)}>
            {t('split')}
          </Button>
        </Group>
      )}
      <Suspense>
        {leaving && <UnlinkDialog record={record} row={leaving} onClose={() => setLeaving(undefined)} />}
        {splitting && <SplitDialog record={record} rows={others} onClose={() => setSplitting(false)} />}
      </Suspense>
    </Stack>
  );
}
