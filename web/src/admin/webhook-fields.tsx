import { Checkbox, Stack, TextInput } from '@mantine/core';
import { $api } from '../api/client';
import { usePreferences, useText } from '../i18n/preferences';
import { WEBHOOKS } from './webhooks.texts';

export interface WebhookForm {
  description: string;
  url: string;
  eventTypes: string[];
}

/** What is said of a kind of event; one that this system does not tell of any more has its name alone. */
export function useEventLabel(): { names: string[]; labelOf: (name: string) => string } {
  const { language } = usePreferences();
  const types = $api.useQuery('get', '/api/v1/webhook-event-types', {}, { staleTime: Infinity }).data ?? [];
  const labels = new Map(types.map(({ name, aboutAr, aboutEn }) => [name, language === 'ar' ? aboutAr : aboutEn]));
  return { names: [...labels.keys()], labelOf: (name) => labels.get(name) ?? name };
}

interface WebhookFieldsProps {
  form: WebhookForm;
  errors: Record<string, string>;
  urlHint?: string;
  onChange: (next: Partial<WebhookForm>) => void;
}

export function WebhookFields({ form, errors, urlHint, onChange }: WebhookFieldsProps) {
  const t = useText(WEBHOOKS);
  const { names, labelOf } = useEventLabel();
  const eventsError = Object.entries(errors).find(([field]) => /^eventTypes(\.|$)/.test(field))?.[1];
  return (
    <>
      <TextInput
        label={t('description')}
        required
        data-autofocus
        value={form.description}
        error={errors.description}
        onChange={({ currentTarget: { value } }) => onChange({ description: value })}
      />
      <TextInput
        label={t('url')}
        description={urlHint}
        required
        dir="ltr"
        placeholder="https://"
        value={form.url}
        error={errors.url}
        onChange={({ currentTarget: { value } }) => onChange({ url: value })}
      />
      <Checkbox.Group
        label={t('events')}
        required
        value={form.eventTypes}
        error={eventsError}
        onChange={(eventTypes) => onChange({ eventTypes })}
      >
        <Stack gap={6} mt={6}>
          {[...new Set([...names, ...form.eventTypes])].map((name) => (
            <Checkbox key={name} value={name} label={labelOf(name)} description={<bdi dir="ltr">{name}</bdi>} />
          ))}
        </Stack>
      </Checkbox.Group>
    </>
  );
}

/** As they are sent. */
export const trimmed = ({ description, url, eventTypes }: WebhookForm): WebhookForm => ({
  description: description.trim(),
  url: url.trim(),
  eventTypes: [...eventTypes].sort(),
});

export const isComplete = (form: WebhookForm): boolean => {
  const { description, url, eventTypes } = trimmed(form);
  return description !== '' && url !== '' && eventTypes.length > 0;
};
