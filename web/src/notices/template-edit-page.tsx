import {
  ActionIcon,
  Anchor,
  Button,
  Group,
  Paper,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useFieldErrors } from '../api/use-field-errors';
import { usePreferences, useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Loaded, ProblemAlert } from '../shared/states';
import { nothingUnsaved, useUnsaved } from '../shared/unsaved';
import { NoticesArea } from './notices-area';
import { NOTICES } from './notices.texts';
import { TEMPLATES } from './templates.texts';

type Draft = Schemas['DraftTemplate'];
type Part = Draft['texts'][number];
type Placeholder = Draft['placeholders'][number];
const CHANNELS: readonly Part['channel'][] = ['SMS', 'EMAIL', 'INAPP', 'PUSH', 'PRINT'];
const LANGUAGES = ['ar', 'en'] as const;
const KINDS: readonly Placeholder['kind'][] = ['text', 'money', 'date', 'number', 'code', 'link'];
const NEW: Draft = {
  ...{ code: '', topic: 'general', placeholders: [] },
  texts: [{ channel: 'SMS', language: 'ar', subject: null, body: '' }],
};

/** A new template, or the next version of one (`?of=`). */
export default function TemplateEditPage() {
  const of = new URLSearchParams(useSearch()).get('of');
  return of ? <Next id={Number(of)} /> : <Editor initial={NEW} />;
}

function Next({ id }: { id: number }) {
  const template = $api.useQuery('get', '/api/v1/notifications/templates/{id}', { params: { path: { id } } });
  return (
    <Loaded query={template}>
      {({ code, topic, placeholders, texts }) => <Editor initial={{ code, topic, placeholders, texts }} next />}
    </Loaded>
  );
}

function Editor({ initial, next = false }: { initial: Draft; next?: boolean }) {
  const [t, n] = [useText(TEMPLATES), useText(NOTICES)];
  const { language } = usePreferences();
  const [, navigate] = useLocation();
  const topics = $api.useQuery('get', '/api/v1/notifications/topics', {}, { staleTime: Infinity });
  const [begun] = useState(initial);
  const [form, setForm] = useState(initial);
  useUnsaved(JSON.stringify(form) !== JSON.stringify(begun));
  const draft = $api.useMutation('post', '/api/v1/notifications/templates', {
    onSuccess: ({ id }) => {
      notifications.show({ message: t('saved'), color: 'green' });
      nothingUnsaved();
      navigate(`/notices/templates/${id}`);
    },
  });
  const save = () => draft.mutate({ body: form });
  useKeys([{ keys: 'Alt+S', label: t('save'), run: save, disabled: draft.isPending }]);
  const wrong = useFieldErrors(draft.error);
  const change = (at: number, text: Partial<Part>) =>
    setForm({ ...form, texts: form.texts.map((each, index) => (index === at ? { ...each, ...text } : each)) });
  const missing = CHANNELS.flatMap((channel) => LANGUAGES.map((each) => ({ channel, language: each }))).find(
    ({ channel, language: each }) => !form.texts.some((text) => text.channel === channel && text.language === each),
  );
  return (
    <NoticesArea
      title={t(next ? 'nextVersion' : 'newTemplate')}
      actions={
        <Anchor component={Link} href="/notices/templates">
          {t('back')}
        </Anchor>
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack>
          <Group align="flex-start">
            <TextInput
              label={t('code')}
              description={t('codeHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              dir="ltr"
              w={280}
              required
              readOnly={next}
              value={form.code}
              error={wrong.code}
              onChange={({ currentTarget: { value } }) => setForm({ ...form, code: value })}
            />
            <Select
              label={n('topic')}
              w={240}
              allowDeselect={false}
              value={form.topic}
              error={wrong.topic}
              data={(topics.data ?? []).map(({ code, nameAr, nameEn }) => ({
                value: code,
                label: language === 'ar' ? nameAr : nameEn,
              }))}
              onChange={(topic) => topic && setForm({ ...form, topic })}
            />
          </Group>
          <Placeholders
            value={form.placeholders}
            wrong={wrong}
            onChange={(placeholders) => setForm({ ...form, placeholders })}
          />
          {form.texts.map((text, at) => (
            <Paper withBorder p="sm" key={at}>
              <Group justify="space-between" mb="xs">
                <Group>
                  <Select
                    aria-label={n('channel')}
                    size="xs"
                    w={150}
                    allowDeselect={false}
                    value={text.channel}
                    data={CHANNELS.map((value) => ({ value, label: n(value) }))}
                    onChange={(value) => value && change(at, { channel: value, subject: value === 'SMS' ? null : (text.subject ?? '') })} // prettier-ignore
                  />
                  <Select
                    aria-label={t('language')}
                    size="xs"
                    w={110}
                    allowDeselect={false}
                    value={text.language}
                    data={LANGUAGES.map((value) => ({ value, label: t(value) }))}
                    onChange={(value) => value && change(at, { language: value })}
                  />
                </Group>
                {form.texts.length > 1 && (
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    aria-label={t('remove', { name: `${n(text.channel)} ${t(text.language)}` })}
                    onClick={() => setForm({ ...form, texts: form.texts.filter((_, index) => index !== at) })}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                )}
              </Group>
              {text.channel !== 'SMS' && (
                <TextInput
                  label={t('subject')}
                  lang={text.language}
                  dir={text.language === 'ar' ? 'rtl' : 'ltr'}
                  mb="xs"
                  value={text.subject ?? ''}
                  error={wrong[`texts.${at}.subject`]}
                  onChange={({ currentTarget: { value } }) => change(at, { subject: value })}
                />
              )}
              <Textarea
                label={t('text')}
                lang={text.language}
                dir={text.language === 'ar' ? 'rtl' : 'ltr'}
                autosize
                minRows={2}
                required
                value={text.body}
                error={wrong[`texts.${at}.body`]}
                onChange={({ currentTarget: { value } }) => change(at, { body: value })}
              />
            </Paper>
          ))}
          <ProblemAlert error={draft.error} />
          <Group>
            <Button type="submit" loading={draft.isPending} rightSection={<Key>Alt+S</Key>}>
              {t('save')}
            </Button>
            {missing && (
              <Button
                variant="light"
                leftSection={<IconPlus size={14} />}
                onClick={() => {
                  const subject = missing.channel === 'SMS' ? null : '';
                  setForm({ ...form, texts: [...form.texts, { ...missing, subject, body: '' }] });
                }}
              >
                {t('addText')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </NoticesArea>
  );
}

interface PlaceholdersProps {
  value: readonly Placeholder[];
  wrong: Record<string, string>;
  onChange: (placeholders: Placeholder[]) => void;
}

function Placeholders({ value, wrong, onChange }: PlaceholdersProps) {
  const t = useText(TEMPLATES);
  const change = (at: number, next: Partial<Placeholder>) =>
    onChange(value.map((each, index) => (index === at ? { ...each, ...next } : each)));
  return (
    <section>
      <Title order={2} size="h5">
        {t('placeholders')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('placeholderHint')} <bdi dir="ltr">{'{{name}}'}</bdi>
      </Text>
      <Stack gap="xs">
        {value.map(({ name, kind }, at) => (
          <Group key={at} align="flex-start">
            <TextInput
              aria-label={t('placeholderName')}
              dir="ltr"
              value={name}
              error={wrong[`placeholders.${at}.name`]}
              onChange={({ currentTarget }) => change(at, { name: currentTarget.value })}
            />
            <Select
              aria-label={t('kind')}
              w={130}
              allowDeselect={false}
              value={kind}
              data={KINDS.map((each) => ({ value: each, label: t(`kind_${each}`) }))}
              onChange={(next) => next && change(at, { kind: next })}
            />
            <ActionIcon
              variant="subtle"
              color="red"
              size="lg"
              aria-label={t('remove', { name })}
              onClick={() => onChange(value.filter((_, index) => index !== at))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
      <Button
        mt="xs"
        size="xs"
        variant="light"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...value, { name: '', kind: 'text' }])}
      >
        {t('addPlaceholder')}
      </Button>
    </section>
  );
}
