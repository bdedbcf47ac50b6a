import { Badge, Group } from '@mantine/core';
import { Link } from 'wouter';
import type { Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { Ltr } from '../shared/values';
import { RECORD } from './one-record.texts';

type State = Schemas['OneRecordView']['state'];

const COLORS: Record<State, string> = {
  DRAFT: 'gray',
  PENDING_APPROVAL: 'orange',
  APPROVED: 'blue',
  ACTIVATED: 'green',
  SUSPENDED: 'red',
  MERGED_INTO: 'gray',
  REVOKED: 'gray',
};

export function StateBadge({ state }: { state: State }) {
  const t = useText(RECORD);
  return (
    <Badge color={COLORS[state]} variant="light" tt="none" miw="max-content">
      {t(`state_${state}`)}
    </Badge>
  );
}

/** The record that holds a row, with its state. */
export function HolderLink({ record }: { record: Schemas['RowRecordView'] }) {
  return (
    <Group gap={6}>
      <Link href={`/records/${record.id}`} onClick={(event) => event.stopPropagation()}>
        <Ltr>{record.number}</Ltr>
      </Link>
      <StateBadge state={record.state} />
    </Group>
  );
}

interface RowFlagsProps {
  joint: boolean;
  vanished: boolean;
  otherGivenName?: boolean;
}

export function RowFlags({ joint, vanished, otherGivenName }: RowFlagsProps) {
  const t = useText(RECORD);
  return (
    <>
      {joint && (
        <Badge color="orange" variant="light" tt="none" size="sm">
          {t('joint')}
        </Badge>
      )}
      {otherGivenName && (
        <Badge color="orange" variant="light" tt="none" size="sm">
          {t('otherGivenName')}
        </Badge>
      )}
      {vanished && (
        <Badge color="gray" variant="light" tt="none" size="sm">
          {t('vanished')}
        </Badge>
      )}
    </>
  );
}
