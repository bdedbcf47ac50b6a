import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Empty, Loaded } from '../shared/states';
import { Instant, Name } from '../shared/values';
import { PAGE } from './record.texts';
import type { OneRecord } from './use-record';
import { Dialog } from '../shared/modal';

/** The scans of a record; each look at one is audited. */
export function Scans({ record }: { record: OneRecord }) {
  const t = useText(PAGE);
  const may = useMay();
  const [shown, setShown] = useState<Schemas['EvidenceView']>();
  if (record.evidence.length === 0) return <Empty />;
  return (
    <Stack gap="xs">
      {record.evidence.map((scan) => (
        <Paper key={scan.id} withBorder p="sm">
          <Group justify="space-between">
            <Group gap="xs">
              <IconFile size={18} />
              <Name>{scan.fileName}</Name>
              <Text size="sm" c="dimmed">
                <Instant at={scan.uploadedAt} />
              </Text>
            </Group>
            {may('citizens.one-record.read-document') && (
              <Button size="xs" variant="default" onClick={() => setShown(scan)}>
                {t('open')}
              </Button>
            )}
          </Group>
        </Paper>
      ))}
      {shown && (
        <Dialog opened onClose={() => setShown(undefined)} title={<Name>{shown.fileName}</Name>} size="xl">
          <ScanView recordId={record.id} evidenceId={shown.id} />
        </Dialog>
      )}
    </Stack>
  );
}

export function ScanView({ recordId, evidenceId }: { recordId: number; evidenceId: number }) {
  const path = { id: recordId, evidenceId };
  const query = $api.useQuery(
    'get',
    '/api/v1/one-records/{id}/evidence/{evidenceId}',
    { params: { path } },
    { staleTime: Infinity, gcTime: 0 },
  );
  return (
    <Loaded query={query}>
      {({ contentType, base64, fileName }) =>
        contentType === 'application/pdf' ? (
          <PdfScan base64={base64} title={fileName} />
        ) : (
          <img src={`data:${contentType};base64,${base64}`} alt={fileName} className="scan" />
        )
      }
    </Loaded>
  );
}

function PdfScan({ base64, title }: { base64: string; title: string }) {
  const [url] = useState(() => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    return URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
  });
  return <iframe src={url} title={title} className="pdf" />;
}
