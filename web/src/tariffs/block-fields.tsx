import { ActionIcon, Button, Group, MultiSelect, Select, Table, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useText } from '../i18n/preferences';
import { Listing } from '../shared/listing';
import { Ltr } from '../shared/values';
import type { FieldsProps } from './head-fields';
import { CHARGE_NAMES, CHARGES, COMPONENTS, stepsOf, type ChargeForm, type ChargeName } from './tariff-form';
import { TARIFFS } from './tariffs.texts';
import { usePer } from './use-per';

/** Steps of the price: each begins where the one before ends. */
export function BlockFields({ form, wrong, set }: FieldsProps) {
  const t = useText(TARIFFS);
  const { steps } = form;
  const change = (at: number, next: Partial<(typeof steps)[number]>) =>
    set({ steps: steps.map((step, index) => (index === at ? { ...step, ...next } : step)) });
  const error = (at: number, name: string) => wrong[`data.blocks.steps.${at}.${name}`];
  return (
    <section>
      <Group justify="space-between" align="flex-end" mb="xs">
        <Title order={2} size="h5">
          {t('blocks')}
        </Title>
        <PerField value={form.per} onChange={(per) => set({ per })} />
      </Group>
      <Listing label={t('blocks')} minWidth={420} head={[t('over'), t('upTo'), t('price'), '']}>
        {stepsOf(steps).map(({ over }, at) => (
          <Table.Tr key={at}>
            <Table.Td>
              <Ltr>{over}</Ltr>
            </Table.Td>
            <Table.Td>
              {at === steps.length - 1 ? (
                <Text size="sm" c="dimmed">
                  {t('noEnd')}
                </Text>
              ) : (
                <TextInput
                  aria-label={`${t('upTo')}, ${t('block', { number: at + 1 })}`}
                  dir="ltr"
                  inputMode="decimal"
                  value={steps[at]!.upTo}
                  error={error(at, 'upTo')}
                  onChange={({ currentTarget: { value } }) => change(at, { upTo: value })}
                />
              )}
            </Table.Td>
            <Table.Td>
              <TextInput
                aria-label={`${t('price')}, ${t('block', { number: at + 1 })}`}
                dir="ltr"
                inputMode="decimal"
                value={steps[at]!.price}
                error={error(at, 'price')}
                onChange={({ currentTarget: { value } }) => change(at, { price: value })}
              />
            </Table.Td>
            <Table.Td>
              {steps.length > 1 && (
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={t('removeBlock', { number: at + 1 })}
                  onClick={() => set({ steps: steps.filter((_, index) => index !== at) })}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Listing>
      <Button
        mt="xs"
        size="xs"
        variant="light"
        leftSection={<IconPlus size={14} />}
        onClick={() => set({ steps: [...steps, { upTo: '', price: '' }] })}
      >
        {t('addBlock')}
      </Button>
    </section>
  );
}

function PerField({ value, onChange }: { value: string; onChange: (per: string) => void }) {
  const t = useText(TARIFFS);
  const perText = usePer();
  return (
    <Select
      label={t('per')}
      w={150}
      allowDeselect={false}
      value={value}
      data={[...new Set(['MONTH', 'CYCLE', value])].map((per) => ({ value: per, label: perText(per) }))}
      onChange={(per) => per && onChange(per)}
    />
  );
}

/** Each that a bill may have beside the water. */
export function ChargeFields({ form, wrong, set }: FieldsProps) {
  const t = useText(TARIFFS);
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t('charges')}
      </Title>
      {CHARGE_NAMES.map((name) => (
        <ChargeRow
          key={name}
          name={name}
          charge={form.charges[name]}
          wrong={wrong}
          onChange={(charge) => set({ charges: { ...form.charges, [name]: charge } })}
        />
      ))}
    </section>
  );
}

interface ChargeRowProps {
  name: ChargeName;
  charge: ChargeForm;
  wrong: Record<string, string>;
  onChange: (charge: ChargeForm) => void;
}

function ChargeRow({ name, charge, wrong, onChange }: ChargeRowProps) {
  const t = useText(TARIFFS);
  const { component, kinds } = CHARGES[name];
  const { kind } = charge;
  const set = (next: Partial<ChargeForm>) => onChange({ ...charge, ...next });
  const based = kind === 'PERCENT' || (kind === 'AMOUNT' && (name === 'minimum' || name === 'cap'));
  const error = ['amount', 'percent', 'price'].map((member) => wrong[`data.${name}.${member}`]).find(Boolean);
  return (
    <Group align="flex-end" mb="sm" role="group" aria-label={t(component)}>
      <Select
        label={t(component)}
        w={170}
        allowDeselect={false}
        value={kind}
        data={(['NONE', ...kinds] as const).map((value) => ({ value, label: t(value) }))}
        onChange={(next) => next && set({ kind: next })}
      />
      {kind !== 'NONE' && (
        <TextInput
          label={t('value')}
          w={110}
          dir="ltr"
          inputMode="decimal"
          value={charge.value}
          error={error}
          rightSection={kind === 'PERCENT' ? '%' : undefined}
          onChange={({ currentTarget: { value } }) => set({ value })}
        />
      )}
      {kind === 'AMOUNT' && (
        <>
          <Select
            label={t('each')}
            w={100}
            allowDeselect={false}
            value={charge.each}
            data={(['METER', 'UNIT'] as const).map((value) => ({ value, label: t(value) }))}
            onChange={(next) => next && set({ each: next })}
          />
          <PerField value={charge.per} onChange={(per) => set({ per })} />
        </>
      )}
      {based && (
        <MultiSelect
          label={t('of')}
          miw={220}
          value={charge.of}
          error={wrong[`data.${name}.of`] ?? wrong[`data.${name}.of.0`]}
          data={COMPONENTS.filter((each) => each !== component).map((value) => ({ value, label: t(value) }))}
          onChange={(of) => set({ of })}
        />
      )}
    </Group>
  );
}
