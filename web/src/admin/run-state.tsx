import { Badge } from '@mantine/core';
import type { Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { LEGACY } from './legacy.texts';

type State = Schemas['RunView']['state'];
const COLORS: Record<State, string> = { RUNNING: 'blue', DONE: 'green', FAILED: 'red', ABANDONED: 'gray' };

export function RunState({ state }: { state: State }) {
  const t = useText(LEGACY);
  return (
    <Badge variant="light" color={COLORS[state]}>
      {t(state)}
    </Badge>
  );
}
