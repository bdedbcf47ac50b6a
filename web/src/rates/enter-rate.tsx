import { Checkbox, Group, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { foldDigits } from '@libs/arabic';
import { CURRENCIES, type Currency } from '@libs/money';
import { useState } from 'react';
import { $api } from '../api/client';
import { asProblem } from '../api/problem';
import { useLastAct } from '../api/use-last-act';
import { useFieldErrors } from '../api/use-field-errors';
import { currencyName, today } from '../i18n/format';
import { usePreferences, useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { FormDialog } from '../shared/dialog';
import { RATES } from './rates.texts';

/** The rate of a day; one far from the last is asked about once more. */
export function EnterRate({ onClose }: { onClose: () => void }) {
  const t = useText(RATES);
  const { language } = usePreferences();
  const { answer, header } = useLastAct(() => {
    notifications.show({ message: t('saved'), color: 'green' });
    onClose();
  });
  const [form, setForm] = useState({
    ...{ base: 'JOD' as Currency, quote: 'ILS' as Currency, rate: '', source: '' },
    ...{ validOn: today(), confirmed: false },
  });
  const set = (next: Partial<typeof form>) => setForm((now) => ({ ...now, ...next }));
  const enter = $api.useMutation('post', '/api/v1/exchange-rates', answer);
  const errors = useFieldErrors(enter.error);
  const doubted = enter.error !== null && asProblem(enter.error, language).code === 'billing.rate-implausible';
  const rate = foldDigits(form.rate).trim().replace('٫', '.');
  const submit = () => {
    const { confirmed, source, ...rest } = form;
    const body = { ...rest, rate, source: source.trim(), ...(confirmed && { confirmed }) };
    enter.mutate({ params: { header: header() }, body });
  };
  return (
    <FormDialog
      title={t('enter')}
      submit={t('save')}
      error={enter.error}
      busy={enter.isPending}
      disabled={!/^\d+(\.\d+)?$/.test(rate) || form.source.trim().length < 2 || form.base === form.quote}
      dirty={form.rate !== '' || form.source !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <Group grow align="flex-start">
        {(['base', 'quote'] as const).map((name) => (
          <Select
            key={name}
            label={t(name)}
            allowDeselect={false}
            value={form[name]}
            error={errors[name]}
            data={CURRENCIES.map((value) => ({ value, label: currencyName(value, language) }))}
            onChange={(value) => value && set({ [name]: value, confirmed: false })}
          />
        ))}
      </Group>
      <TextInput
        label={t('rate')}
        description={t('rateHint')}
        required
        dir="ltr"
        inputMode="decimal"
        data-autofocus
        value={form.rate}
        error={errors.rate}
        onChange={({ currentTarget: { value } }) => set({ rate: value, confirmed: false })}
      />
      <DayField
        label={t('validOn')}
        value={form.validOn}
        error={errors.validOn}
        onChange={(validOn) => set({ validOn, confirmed: false })}
      />
      <TextInput
        label={t('source')}
        required
        value={form.source}
        error={errors.source}
        onChange={({ currentTarget: { value } }) => set({ source: value })}
      />
      {(doubted || form.confirmed) && (
        <Checkbox
          label={t('confirmed')}
          checked={form.confirmed}
          onChange={({ currentTarget: { checked } }) => set({ confirmed: checked })}
        />
      )}
    </FormDialog>
  );
}
