import { Checkbox, Radio, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { client, ifMatch, sent } from '../api/client';
import { useText } from '../i18n/preferences';
import { ReasonDialog } from '../shared/reason';
import { nothingUnsaved } from '../shared/unsaved';
import { Ltr, Name } from '../shared/values';
import { PAIRS } from './pairs.texts';
import type { LinkedRow, OneRecord } from './use-record';
import { useRecordChange } from './use-record-change';

interface SplitDialogProps {
  record: OneRecord;
  /** Those of the record that may leave it. */
  rows: readonly LinkedRow[];
  onClose: () => void;
}

/** Some rows are somebody else: they leave for a new draft, which opens. */
export function SplitDialog({ record, rows, onClose }: SplitDialogProps) {
  const t = useText(PAIRS);
  const [, navigate] = useLocation();
  const { run, busy, error, dialog, changed } = useRecordChange(record);
  const [leaving, setLeaving] = useState<string[]>([]);
  const [chosen, setChosen] = useState<string>();
  const approved = chosen && leaving.includes(chosen) ? chosen : leaving[0];
  const split = async (reason: string) => {
    const body = { reason, legacyCitizenIds: leaving.map(Number), approvedRow: Number(approved) };
    const params = { path: { id: record.id }, header: ifMatch(record.version) };
    await run(async () => {
      const { related } = await sent(client.POST('/api/v1/one-records/{id}/split', { params, body }));
      await changed(related);
      notifications.show({ message: t('splitDone', { number: related.number }), color: 'green' });
      nothingUnsaved();
      navigate(`/records/${related.id}`);
    });
  };
  const option = (row: LinkedRow) => (
    <>
      <Name>{row.rawName}</Name> <Ltr>{row.citNo}</Ltr>
    </>
  );
  return (
    <>
      <ReasonDialog
        title={t('splitTitle', { number: record.number })}
        error={error}
        busy={busy}
        disabled={leaving.length === 0}
        onConfirm={(reason) => void split(reason)}
        onClose={onClose}
        before={
          <Stack gap="sm" mb="md">
            <Text size="sm" c="dimmed">
              {t('splitHint')}
            </Text>
            <Checkbox.Group label={t('leaving')} value={leaving} onChange={setLeaving} required>
              <Stack gap={6} mt={6}>
                {rows.map((row) => (
                  <Checkbox key={row.legacyCitizenId} value={String(row.legacyCitizenId)} label={option(row)} />
                ))}
              </Stack>
            </Checkbox.Group>
            {leaving.length > 1 && (
              <Radio.Group label={t('newApproved')} value={approved} onChange={setChosen}>
                <Stack gap={6} mt={6}>
                  {rows
                    .filter(({ legacyCitizenId }) => leaving.includes(String(legacyCitizenId)))
                    .map((row) => (
                      <Radio key={row.legacyCitizenId} value={String(row.legacyCitizenId)} label={option(row)} />
                    ))}
                </Stack>
              </Radio.Group>
            )}
          </Stack>
        }
      />
      {dialog}
    </>
  );
}
