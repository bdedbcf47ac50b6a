import { useText } from '../i18n/preferences';
import { TARIFFS } from './tariffs.texts';

/** For how long something is stated, for people. */
export function usePer(): (per: string) => string {
  const t = useText(TARIFFS);
  return (per) => (per === 'CYCLE' || per === 'MONTH' ? t(per) : t('perDays', { days: per }));
}
