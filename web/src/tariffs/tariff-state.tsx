import { Badge } from '@mantine/core';
import { useText } from '../i18n/preferences';
import type { TariffView } from './tariff-form';
import { TARIFFS } from './tariffs.texts';

const COLORS: Record<TariffView['state'], string> = { DRAFT: 'blue', APPROVED: 'green', RETIRED: 'gray' };

export function TariffState({ state }: { state: TariffView['state'] }) {
  const t = useText(TARIFFS);
  return (
    <Badge variant="light" color={COLORS[state]}>
      {t(state)}
    </Badge>
  );
}
