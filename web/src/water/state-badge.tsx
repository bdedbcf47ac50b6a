import { Badge } from '@mantine/core';
import { useText } from '../i18n/preferences';
import { WATER } from './water.texts';

const COLORS: Record<string, string> = {
  ...{ ACTIVE: 'green', DISCONNECTED: 'red', HOLD: 'orange', TEMP_CLOSED: 'orange', APPLIED: 'blue', APPROVED: 'blue' },
  ...{ SUSPECT: 'orange', VALID: 'green', CONFIRMED: 'green', REJECTED: 'red', BILLED: 'gray', CAPTURED: 'blue' },
  ...{ FEES_DUE: 'orange', PAID: 'green', EXECUTED: 'green', ISSUED: 'blue', FAILED: 'red', SUBMITTED: 'blue' },
};

/** The state of a subscription, reading, request, order or bill. */
export function StateBadge({ state }: { state: string }) {
  const t = useText(WATER);
  return (
    <Badge color={COLORS[state] ?? 'gray'} variant="light">
      {t(state as 'ACTIVE')}
    </Badge>
  );
}

/** Why a reading is odd, or that it is not. */
export function Anomalies({ anomalies }: { anomalies: readonly string[] }) {
  const t = useText(WATER);
  if (anomalies.length === 0) return t('plausible');
  return anomalies.map((anomaly) => (
    <Badge key={anomaly} color="orange" variant="light" me={4} miw="max-content">
      {t(anomaly as 'HIGH')}
    </Badge>
  ));
}
