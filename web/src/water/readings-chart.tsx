import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import type { Schemas } from '../api/client';
import { shownDigits } from '../i18n/format';
import { usePreferences, useText } from '../i18n/preferences';
import { WATER } from './water.texts';

/** m³ used in each cycle, the oldest first; time runs as the language is read. */
export default function ReadingsChart({ readings }: { readings: readonly Schemas['ReadingView'][] }) {
  const t = useText(WATER);
  const { language, digits } = usePreferences();
  const rtl = language === 'ar';
  const data = readings.map(({ period, consumption }) => ({ period, used: consumption ?? 0 }));
  return (
    <div dir="ltr" role="img" aria-label={`${t('chart', { count: data.length })}. ${t('asTable')}`}>
      <BarChart
        h={220}
        data={data}
        dataKey="period"
        series={[{ name: 'used', label: t('consumption'), color: 'blue.6' }]}
        valueFormatter={(value) => shownDigits(String(value), digits)}
        xAxisProps={{ reversed: rtl, tickFormatter: (period: string) => shownDigits(period, digits) }}
        yAxisProps={{ orientation: rtl ? 'right' : 'left', allowDecimals: false }}
        tickLine="none"
        maxBarWidth={36}
      />
    </div>
  );
}
