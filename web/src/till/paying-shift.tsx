import { Select } from '@mantine/core';
import { $api } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { SHIFT } from './shift.texts';

interface PayingShiftProps {
  value: string | null;
  onChange: (id: string | null) => void;
}

/** The open shift whose drawer gives cash back. */
export function PayingShift({ value, onChange }: PayingShiftProps) {
  const t = useText(SHIFT);
  const enabled = useMay()('billing.shift.read');
  const query = { state: 'OPEN' as const, page: 1, pageSize: 100 };
  const open = $api.useQuery('get', '/api/v1/shifts', { params: { query } }, { enabled });
  const data = (open.data?.items ?? []).map(({ id, tillCode, cashierName }) => {
    return { value: String(id), label: `${tillCode} · ${cashierName}` };
  });
  return (
    <Select
      label={t('payingShift')}
      placeholder={t('sameShift')}
      clearable
      data={data}
      value={value}
      onChange={onChange}
      mb="sm"
    />
  );
}
