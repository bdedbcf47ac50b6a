import { Alert, Group, NativeSelect, NumberInput, Paper, Radio, Stack, Text } from '@mantine/core';
import type { Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import type { FoundRow } from '../shared/citizen-search';
import { Ltr, Name } from '../shared/values';
import { RowFlags } from './badges';
import { RECORD } from './one-record.texts';
import { RowServices } from './row-services';
import { SEARCH } from './search.texts';

type Relation = Schemas['SelectedRowInput']['relation'];

export interface Tie {
  relation: Relation;
  shareHundredths?: number;
}

export const RELATIONS = [
  'SAME_PERSON',
  'CO_OWNER',
  'PARTNER',
  'HEIR',
  'REPRESENTATIVE',
  'TENANT',
] as const satisfies readonly Relation[];
const SHARING: readonly Relation[] = ['CO_OWNER', 'PARTNER', 'HEIR'];

interface SelectedRowsProps {
  rows: readonly FoundRow[];
  ties: Record<number, Tie>;
  approved: number;
  frozen: boolean;
  onApprove: (id: number) => void;
  onTie: (id: number, tie: Tie) => void;
}

/** The rows of a record to be: how each is tied to it, and which one is approved. */
export function SelectedRows({ rows, ties, approved, frozen, onApprove, onTie }: SelectedRowsProps) {
  const t = useText(RECORD);
  const s = useText(SEARCH);
  return (
    <Stack gap="sm" role="radiogroup" aria-label={t('approvedRow')}>
      {rows.map((row) => {
        const tie = ties[row.citizenId] ?? { relation: 'SAME_PERSON' };
        const samePerson = tie.relation === 'SAME_PERSON';
        return (
          <Paper
            key={row.citizenId}
            withBorder
            radius="lg"
            p="sm"
            className={row.citizenId === approved ? 'chosen' : undefined}
          >
            <Group justify="space-between" align="flex-start">
              <Radio
                checked={row.citizenId === approved}
                disabled={frozen || !samePerson}
                onChange={() => onApprove(row.citizenId)}
                name="approved"
                label={
                  <Group gap={6}>
                    <Text fw={600} span>
                      <Name>{row.name}</Name>
                    </Text>
                    <Text size="xs" c="dimmed" span>
                      <Ltr>{row.citNo}</Ltr>
                    </Text>
                    <RowFlags {...row} />
                  </Group>
                }
                description={
                  <>
                    {row.docNo && (
                      <>
                        <Name>{row.docType}</Name> <Ltr>{row.docNo}</Ltr>
                        {' · '}
                      </>
                    )}
                    <Ltr>{row.phone}</Ltr> · <Name>{row.address}</Name>
                  </>
                }
              />
              <Group gap="xs" align="flex-end">
                <NativeSelect
                  size="xs"
                  aria-label={`${t('relation')}: ${row.name} ${row.citNo}`}
                  disabled={frozen || row.citizenId === approved}
                  value={tie.relation}
                  onChange={(event) => onTie(row.citizenId, { relation: event.currentTarget.value as Relation })}
                  data={RELATIONS.map((value) => ({ value, label: t(`relation_${value}`) }))}
                />
                {SHARING.includes(tie.relation) && (
                  <NumberInput
                    size="xs"
                    w={90}
                    aria-label={`${t('share')}: ${row.name} ${row.citNo}`}
                    placeholder={t('share')}
                    disabled={frozen}
                    min={0.01}
                    max={100}
                    decimalScale={2}
                    hideControls
                    value={tie.shareHundredths === undefined ? '' : tie.shareHundredths / 100}
                    onChange={(value) =>
                      onTie(row.citizenId, {
                        ...tie,
                        shareHundredths: value === '' ? undefined : Math.round(Number(value) * 100),
                      })
                    }
                  />
                )}
              </Group>
            </Group>
            {row.joint && (
              <Alert color="orange" p="xs" mt="xs">
                {s('jointWarning')}
              </Alert>
            )}
            {row.otherGivenName && (
              <Alert color="orange" p="xs" mt="xs">
                {s('kinWarning')}
              </Alert>
            )}
            <RowServices id={row.citizenId} />
          </Paper>
        );
      })}
    </Stack>
  );
}
