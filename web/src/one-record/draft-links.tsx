import { Badge, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { client, ifMatch, sent } from '../api/client';
import { useText } from '../i18n/preferences';
import { ReasonDialog } from '../shared/reason';
import { Ltr, Name } from '../shared/values';
import { RowFlags } from './badges';
import { RECORD } from './one-record.texts';
import { PAGE } from './record.texts';
import { RELATIONS } from './selected-rows';
import type { LinkedRow, OneRecord } from './use-record';

interface DraftLinksProps {
  record: OneRecord;
  rows: readonly LinkedRow[];
  busy: boolean;
  /** Runs a change of the record and tells whether it was made. */
  change: (run: () => Promise<OneRecord>) => Promise<boolean>;
}

const LINK = '/api/v1/one-records/{id}/links/{legacyCitizenId}';

/** The rows of a draft: another relation, another approved row, or away with a reason. */
export function DraftLinks({ record, rows, busy, change }: DraftLinksProps) {
  const t = useText(PAGE);
  const r = useText(RECORD);
  const [leaving, setLeaving] = useState<LinkedRow>();
  const header = ifMatch(record.version);
  const link = ({ legacyCitizenId }: LinkedRow) => ({ path: { id: record.id, legacyCitizenId }, header });
  const tie = (row: LinkedRow, relation: LinkedRow['relation']) =>
    change(() => sent(client.PATCH(LINK, { params: link(row), body: { relation } })));
  const approve = ({ legacyCitizenId }: LinkedRow) =>
    change(() => {
      const params = { path: { id: record.id }, header };
      return sent(client.PUT('/api/v1/one-records/{id}/approved-row', { params, body: { legacyCitizenId } }));
    });
  const unlink = async (row: LinkedRow, reason: string) => {
    const gone = await change(() => sent(client.POST(`${LINK}/unlink`, { params: link(row), body: { reason } })));
    if (gone) setLeaving(undefined);
  };
  return (
    <Stack gap="md">
      {rows.map((row) => (
        <Group key={row.legacyCitizenId} justify="space-between" gap="xs">
          <div>
            <Group gap={6}>
              <Text fw={600}>
                <Name>{row.rawName}</Name>
              </Text>
              {row.approved && (
                <Badge variant="light" tt="none">
                  {r('approvedRow')}
                </Badge>
              )}
              <RowFlags {...row} />
            </Group>
            <Text size="xs" c="dimmed">
              <Ltr>{row.citNo}</Ltr> · <Ltr>{row.maskedDocument}</Ltr> · <Ltr>{row.maskedPhone}</Ltr>
            </Text>
          </div>
          {!row.approved && (
            <Group gap={6}>
              <NativeSelect
                size="xs"
                aria-label={`${r('relation')}: ${row.rawName} ${row.citNo}`}
                value={row.relation}
                disabled={busy}
                onChange={(event) => void tie(row, event.currentTarget.value as LinkedRow['relation'])}
                data={RELATIONS.map((value) => ({ value, label: r(`relation_${value}`) }))}
              />
              {row.relation === 'SAME_PERSON' && (
                <Button size="xs" variant="default" disabled={busy} onClick={() => void approve(row)}>
                  {t('approve')}
                </Button>
              )}
              <Button size="xs" variant="subtle" color="red" disabled={busy} onClick={() => setLeaving(row)}>
                {t('unlink')}
              </Button>
            </Group>
          )}
        </Group>
      ))}
      {leaving && (
        <ReasonDialog
          title={t('unlinkTitle', { name: leaving.rawName })}
          busy={busy}
          onConfirm={(reason) => void unlink(leaving, reason)}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </Stack>
  );
}
