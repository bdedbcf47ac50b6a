import { Checkbox, Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { CLASSES, IDLE_STATES, type TariffForm } from './tariff-form';
import { TARIFFS } from './tariffs.texts';

export interface FieldsProps {
  form: TariffForm;
  /** By path of the field, as the API names it. */
  wrong: Record<string, string>;
  set: (next: Partial<TariffForm>) => void;
}

/** What the version is called, whom it is for and since when, and by which decision. */
export function HeadFields({ form, wrong, set }: FieldsProps) {
  const t = useText(TARIFFS);
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
        <TextInput
          label={t('code')}
          dir="ltr"
          required
          autoFocus
          value={form.code}
          error={wrong['data.code']}
          onChange={({ currentTarget: { value } }) => set({ code: value })}
        />
        <TextInput
          label={t('titleAr')}
          dir="rtl"
          lang="ar"
          required
          value={form.titleAr}
          error={wrong.titleAr}
          onChange={({ currentTarget: { value } }) => set({ titleAr: value })}
        />
        <TextInput
          label={t('titleEn')}
          dir="ltr"
          lang="en"
          required
          value={form.titleEn}
          error={wrong.titleEn}
          onChange={({ currentTarget: { value } }) => set({ titleEn: value })}
        />
        <Select
          label={t('class')}
          allowDeselect={false}
          value={form.waterClass}
          error={wrong['data.class']}
          data={CLASSES.map((value) => ({ value, label: t(value) }))}
          onChange={(next) => next && set({ waterClass: next })}
        />
        <DayField
          label={t('effectiveFrom')}
          required
          value={form.from}
          error={wrong['data.from']}
          onChange={(from) => set({ from })}
        />
        <DayField
          label={t('until')}
          description={t('untilHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={form.until}
          error={wrong['data.until']}
          onChange={(until) => set({ until })}
        />
        <TextInput
          label={t('sizes')}
          description={t('sizesHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          dir="ltr"
          value={form.sizes}
          error={wrong['data.sizes'] ?? wrong['data.sizes.0']}
          onChange={({ currentTarget: { value } }) => set({ sizes: value })}
        />
        <TextInput
          label={t('decisionNumber')}
          dir="ltr"
          required
          value={form.decisionNumber}
          error={wrong.decisionNumber}
          onChange={({ currentTarget: { value } }) => set({ decisionNumber: value })}
        />
        <DayField
          label={t('decidedOn')}
          required
          value={form.decidedOn}
          error={wrong.decidedOn}
          onChange={(decidedOn) => set({ decidedOn })}
        />
      </SimpleGrid>
      <Checkbox.Group label={t('idle')} value={form.idleStates} onChange={(idleStates) => set({ idleStates })}>
        <Group mt="xs">
          {IDLE_STATES.map((state) => (
            <Checkbox key={state} value={state} label={t(state)} />
          ))}
        </Group>
      </Checkbox.Group>
    </>
  );
}
