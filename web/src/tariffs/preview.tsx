import { Group, NumberInput, Paper, Select, Stack, Switch, Table, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { foldDigits } from '@libs/arabic';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { shownDay, today } from '../i18n/format';
import { usePreferences, useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { Listing } from '../shared/listing';
import { Loaded } from '../shared/states';
import { Ltr, Money } from '../shared/values';
import { CLASSES, type TariffView, type WaterClass } from './tariff-form';
import { TARIFFS } from './tariffs.texts';

interface PreviewProps {
  title: string;
  /** By this version or draft; left out: by what is approved. */
  tariff?: TariffView;
}

/** What a consumption costs, line by line, while its numbers are typed. */
export function Preview({ title, tariff }: PreviewProps) {
  const t = useText(TARIFFS);
  const firstOfMonth = `${today().slice(0, 7)}-01`;
  const [asked, setAsked] = useState({
    waterClass: tariff?.waterClass ?? ('DOMESTIC' as WaterClass),
    sizeMm: 15,
    units: 1,
    sewer: false,
    from: tariff && tariff.effectiveFrom > firstOfMonth ? tariff.effectiveFrom : firstOfMonth,
    days: 30,
    consumption: '20',
  });
  const set = (next: Partial<typeof asked>) => setAsked({ ...asked, ...next });
  const [settled] = useDebouncedValue(asked, 250);
  const consumption = foldDigits(settled.consumption).trim();
  const complete = settled.from !== '' && /^\d{1,9}(\.\d{1,3})?$/.test(consumption);
  const simulation = $api.useQuery(
    'post',
    '/api/v1/water/tariffs/simulate',
    { body: { ...settled, consumption, ...(tariff && { tariffId: tariff.id }) } },
    { enabled: complete, placeholderData: (last) => last },
  );
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5" mb="sm">
        {title}
      </Title>
      <Group align="flex-end" mb="md">
        <TextInput
          label={t('consumption')}
          w={120}
          dir="ltr"
          inputMode="decimal"
          value={asked.consumption}
          error={complete ? undefined : true}
          onChange={({ currentTarget: { value } }) => set({ consumption: value })}
        />
        {!tariff && (
          <Select
            label={t('class')}
            w={140}
            allowDeselect={false}
            value={asked.waterClass}
            data={CLASSES.map((value) => ({ value, label: t(value) }))}
            onChange={(next) => next && set({ waterClass: next })}
          />
        )}
        <Whole label={t('size')} min={1} max={2000} value={asked.sizeMm} onChange={(sizeMm) => set({ sizeMm })} />
        <Whole label={t('units')} min={1} max={1000} value={asked.units} onChange={(units) => set({ units })} />
        <DayField label={t('from')} w={140} value={asked.from} onChange={(from) => set({ from })} />
        <Whole label={t('days')} min={1} max={366} value={asked.days} onChange={(days) => set({ days })} />
        <Switch
          label={t('sewer')}
          mb={8}
          checked={asked.sewer}
          onChange={({ currentTarget: { checked } }) => set({ sewer: checked })}
        />
      </Group>
      {complete && <Loaded query={simulation}>{(found) => <Simulated {...found} />}</Loaded>}
    </Paper>
  );
}

interface WholeProps {
  label: string;
  min: number;
  max: number;
  value: number;
  onChange: (value: number) => void;
}

const Whole = ({ value, onChange, ...props }: WholeProps) => (
  <NumberInput
    {...props}
    w={90}
    dir="ltr"
    allowDecimal={false}
    allowNegative={false}
    clampBehavior="strict"
    hideControls
    value={value}
    onChange={(next) => onChange(Number(next) || props.min)}
  />
);

function Simulated({ parts, currency, total }: Schemas['SimulationView']) {
  const t = useText(TARIFFS);
  const { digits } = usePreferences();
  return (
    <Stack gap="sm">
      {parts.map((part) => (
        <div key={part.from}>
          <Text size="sm" c="dimmed">
            {t('part', {
              from: shownDay(part.from, digits),
              to: shownDay(part.to, digits),
              code: part.tariff,
            })}
          </Text>
          <Listing label={t('preview')} minWidth={420} head={[t('line'), t('quantity'), t('rate'), t('amount')]}>
            {part.lines.map((line, at) => (
              <Table.Tr key={at}>
                <Table.Td>{t(line.component as 'WATER')}</Table.Td>
                <Table.Td>
                  <Ltr>{line.quantity}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Ltr>{line.percent === null ? line.price : `${line.percent}%`}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Money minor={line.amount} currency={currency} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        </div>
      ))}
      <Group justify="space-between" role="status">
        <Text fw={600}>{t('total')}</Text>
        <Text fw={700} size="lg">
          <Money minor={total} currency={currency} />
        </Text>
      </Group>
    </Stack>
  );
}
