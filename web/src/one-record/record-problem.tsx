import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import { useText } from '../i18n/preferences';
import { ProblemAlert } from '../shared/states';
import { RECORD } from './one-record.texts';

interface Holder {
  id: number;
  number: string;
}

/** A refusal of the register; where another record is in the way, it leads there. */
export function RecordProblem({ error }: { error: unknown }) {
  const t = useText(RECORD);
  const holder = (error as { holder?: Holder } | undefined)?.holder;
  return (
    <ProblemAlert error={error}>
      {holder && (
        <Anchor component={Link} href={`/records/${holder.id}`}>
          {t('heldBy', { number: holder.number })}
        </Anchor>
      )}
    </ProblemAlert>
  );
}
