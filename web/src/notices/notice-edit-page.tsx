import { Anchor, Button, Checkbox, Group, Select, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { $api, ifMatch, type Schemas } from '../api/client';
import { isStale } from '../api/problem';
import { useFieldErrors } from '../api/use-field-errors';
import { usePreferences, useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { Key, useKeys } from '../shared/keys';
import { useBase } from '../shared/stale';
import { Loaded, ProblemAlert } from '../shared/states';
import { nothingUnsaved, useUnsaved } from '../shared/unsaved';
import { parametersOf, typedOf, type Typed } from './audience';
import { NoticesArea } from './notices-area';
import { NOTICES } from './notices.texts';
import { useValueText } from './use-value-text';

type Notice = Schemas['PublicNoticeView'];
type Source = Schemas['AudienceSourceView'];
const EVERYBODY = 'citizens.all';
const CHANNELS = ['SMS', 'EMAIL', 'INAPP', 'PUSH'] as const;

export default function NoticeEditPage() {
  const { id } = useParams();
  const sources = $api.useQuery('get', '/api/v1/audience-sources', {}, { staleTime: Infinity });
  return (
    <Loaded query={sources}>
      {(found) => (id ? <Existing id={Number(id)} sources={found} /> : <Editor sources={found} />)}
    </Loaded>
  );
}

function Existing({ id, sources }: { id: number; sources: Source[] }) {
  const notice = $api.useQuery('get', '/api/v1/public-notices/{id}', { params: { path: { id } } });
  return (
    <Loaded query={notice}>
      {(found) => <Editor sources={sources} notice={found} reread={async () => (await notice.refetch()).data} />}
    </Loaded>
  );
}

interface EditorProps {
  sources: Source[];
  notice?: Notice;
  reread?: () => Promise<Notice | undefined>;
}

function Editor({ sources, notice, reread }: EditorProps) {
  const t = useText(NOTICES);
  const { language } = usePreferences();
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const topics = $api.useQuery('get', '/api/v1/notifications/topics', {}, { staleTime: Infinity });
  const [begun] = useState({
    titleAr: notice?.titleAr ?? '',
    titleEn: notice?.titleEn ?? '',
    textAr: notice?.textAr ?? '',
    textEn: notice?.textEn ?? '',
    channels: notice?.channels ?? ['SMS', 'INAPP'],
    topic: notice?.topic ?? 'news',
    source: notice?.source ?? (sources.find(({ code }) => code === EVERYBODY) ?? sources[0]!).code,
    parameters: typedOf((notice?.parameters ?? {}) as Record<string, unknown>),
    onWeb: notice?.onWeb ?? false,
    webUntil: notice?.webUntil ?? '',
  });
  const [form, setForm] = useState(begun);
  const set = (next: Partial<typeof form>) => setForm({ ...form, ...next });
  useUnsaved(JSON.stringify(form) !== JSON.stringify(begun));
  const source = sources.find(({ code }) => code === form.source)!;
  const { base, ...stale } = useBase<Notice>({
    shown: notice,
    read: async () => reread?.(),
    describe: (each) => ({
      [t('titleAr')]: each.titleAr,
      [t('textAr')]: each.textAr,
      [t('titleEn')]: each.titleEn ?? '',
      [t('textEn')]: each.textEn ?? '',
      [t('channels')]: each.channels.join(' '),
    }),
  });
  const onSuccess = async ({ id }: Notice) => {
    notifications.show({ message: t('saved'), color: 'green' });
    await queries.invalidateQueries({ queryKey: ['get', '/api/v1/public-notices/{id}'] });
    nothingUnsaved();
    navigate(`/notices/${id}`);
  };
  const draft = $api.useMutation('post', '/api/v1/public-notices', { onSuccess });
  const change = $api.useMutation('put', '/api/v1/public-notices/{id}', {
    onSuccess,
    onError: (error) => void stale.catchStale(error),
  });
  const save = () => {
    const { titleEn, textEn, webUntil, source: code, parameters, ...rest } = form;
    const body = {
      ...rest,
      ...(titleEn && { titleEn }),
      ...(textEn && { textEn }),
      ...(form.onWeb && webUntil && { webUntil }),
      audience: { source: code, parameters: parametersOf(source, parameters) },
    };
    if (!base) return draft.mutate({ body });
    change.mutate({ params: { path: { id: base.id }, header: ifMatch(base.version) }, body });
  };
  const busy = draft.isPending || change.isPending;
  useKeys([{ keys: 'Alt+S', label: t('save'), run: save, disabled: busy }]);
  const error = draft.error ?? change.error;
  const wrong = useFieldErrors(error);
  return (
    <NoticesArea
      title={t(notice ? 'editNotice' : 'newNotice')}
      actions={
        <Anchor component={Link} href={notice ? `/notices/${notice.id}` : '/notices'}>
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
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {(['ar', 'en'] as const).map((lang) => {
              const [title, text] = lang === 'ar' ? (['titleAr', 'textAr'] as const) : (['titleEn', 'textEn'] as const);
              const shared = { lang, dir: lang === 'ar' ? 'rtl' : 'ltr', required: lang === 'ar' } as const;
              return (
                <Stack key={lang} gap="xs">
                  <TextInput
                    {...shared}
                    label={t(title)}
                    autoFocus={lang === 'ar'}
                    value={form[title]}
                    error={wrong[title]}
                    onChange={({ currentTarget: { value } }) => set({ [title]: value })}
                  />
                  <Textarea
                    {...shared}
                    label={t(text)}
                    description={lang === 'en' ? t('optional') : undefined}
                    inputWrapperOrder={['label', 'input', 'description', 'error']}
                    autosize
                    minRows={3}
                    value={form[text]}
                    error={wrong[text]}
                    onChange={({ currentTarget: { value } }) => set({ [text]: value })}
                  />
                </Stack>
              );
            })}
          </SimpleGrid>
          <Checkbox.Group
            label={t('channels')}
            value={form.channels}
            error={wrong.channels}
            onChange={(channels) => set({ channels })}
          >
            <Group mt="xs">
              {CHANNELS.map((channel) => (
                <Checkbox key={channel} value={channel} label={t(channel)} />
              ))}
            </Group>
          </Checkbox.Group>
          <Group align="flex-end">
            <Select
              label={t('audience')}
              w={280}
              allowDeselect={false}
              value={form.source}
              data={sources.map(({ code, aboutAr, aboutEn }) => ({
                value: code,
                label: language === 'ar' ? aboutAr : aboutEn,
              }))}
              onChange={(code) => code && set({ source: code, parameters: {} })}
            />
            <Select
              label={t('topic')}
              w={220}
              allowDeselect={false}
              value={form.topic}
              error={wrong.topic}
              data={(topics.data ?? []).map(({ code, nameAr, nameEn }) => ({
                value: code,
                label: language === 'ar' ? nameAr : nameEn,
              }))}
              onChange={(topic) => topic && set({ topic })}
            />
          </Group>
          <Parameters
            source={source}
            typed={form.parameters}
            wrong={wrong}
            onChange={(parameters) => set({ parameters })}
          />
          <Group align="flex-end">
            <Switch
              label={t('onWeb')}
              checked={form.onWeb}
              onChange={({ currentTarget: { checked } }) => set({ onWeb: checked })}
            />
            {form.onWeb && (
              <DayField
                label={t('webUntil')}
                w={150}
                value={form.webUntil}
                error={wrong.webUntil}
                onChange={(webUntil) => set({ webUntil })}
              />
            )}
          </Group>
          {!isStale(error) && <ProblemAlert error={error} />}
          <Group>
            <Button type="submit" loading={busy} rightSection={<Key>Alt+S</Key>}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
      {stale.dialog}
    </NoticesArea>
  );
}

interface ParametersProps {
  source: Source;
  typed: Typed;
  wrong: Record<string, string>;
  onChange: (typed: Typed) => void;
}

/** What the chosen audience asks for. */
function Parameters({ source, typed, wrong, onChange }: ParametersProps) {
  const { language } = usePreferences();
  const valueText = useValueText();
  return (
    <Group align="flex-end">
      {source.parameters.map(({ name, kind, required, values, aboutAr, aboutEn }) => {
        const label = language === 'ar' ? aboutAr : aboutEn;
        const error = wrong[`audience.parameters.${name}`];
        const value = typed[name];
        const set = (next: string | boolean) => onChange({ ...typed, [name]: next });
        if (kind === 'flag') {
          return (
            <Switch
              key={name}
              label={label}
              checked={value === true}
              onChange={({ currentTarget: { checked } }) => set(checked)}
            />
          );
        }
        const shared = { label, required, error, w: 220 };
        const text = typeof value === 'string' ? value : '';
        return values ? (
          <Select
            key={name}
            {...shared}
            clearable
            value={text || null}
            data={values.map((each) => ({ value: each, label: valueText(each) }))}
            onChange={(next) => set(next ?? '')}
          />
        ) : (
          <TextInput
            key={name}
            {...shared}
            dir="ltr"
            inputMode={kind === 'number' ? 'numeric' : kind === 'amount' ? 'decimal' : undefined}
            value={text}
            onChange={({ currentTarget }) => set(currentTarget.value)}
          />
        );
      })}
    </Group>
  );
}
