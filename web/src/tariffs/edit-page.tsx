import { Alert, Anchor, Button, Group, List, Loader, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useParams, useSearch } from 'wouter';
import { $api, ifMatch } from '../api/client';
import { isStale } from '../api/problem';
import { useAttempt } from '../api/use-attempt';
import { useFieldErrors } from '../api/use-field-errors';
import { usePreferences, useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Page } from '../shared/page';
import { useBase } from '../shared/stale';
import { Loaded, ProblemAlert } from '../shared/states';
import { nothingUnsaved, useUnsaved } from '../shared/unsaved';
import { BlockFields, ChargeFields } from './block-fields';
import { HeadFields } from './head-fields';
import { bodyOf, formOf, NEW_FORM, type TariffForm, type TariffView } from './tariff-form';
import { TARIFFS } from './tariffs.texts';

/** A new draft, a draft that begins as a copy (`?of=`), or one that is changed. */
export default function EditPage() {
  const { id } = useParams();
  const copied = new URLSearchParams(useSearch()).get('of');
  if (!id && !copied) return <Editor initial={NEW_FORM} />;
  return <Existing id={Number(id ?? copied)} copy={!id} />;
}

function Existing({ id, copy }: { id: number; copy: boolean }) {
  const tariff = $api.useQuery('get', '/api/v1/water/tariffs/{id}', { params: { path: { id } } });
  return (
    <Loaded query={tariff}>
      {(found) =>
        copy ? (
          <Editor initial={{ ...formOf(found), code: '', decisionNumber: '', decidedOn: '', from: '', until: '' }} />
        ) : (
          <Editor initial={formOf(found)} changed={found} reread={async () => (await tariff.refetch()).data} />
        )
      }
    </Loaded>
  );
}

interface EditorProps {
  initial: TariffForm;
  /** The draft that is changed; none for a new one. */
  changed?: TariffView;
  reread?: () => Promise<TariffView | undefined>;
}

interface Fault {
  pointer: string;
  reason: string;
  reasonAr: string;
}

function Editor({ initial, changed, reread }: EditorProps) {
  const t = useText(TARIFFS);
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const [begun] = useState(initial);
  const [form, setForm] = useState(initial);
  const set = (next: Partial<TariffForm>) => setForm({ ...form, ...next });
  useUnsaved(JSON.stringify(form) !== JSON.stringify(begun));
  const { base, ...stale } = useBase<TariffView>({
    shown: changed,
    read: async () => reread?.(),
    describe: (each) => ({
      [t('titleAr')]: each.titleAr,
      [t('titleEn')]: each.titleEn,
      [t('decision')]: each.decisionNumber,
      [t('effectiveFrom')]: each.effectiveFrom,
      [t('blocks')]: JSON.stringify((each.data as { blocks?: unknown }).blocks),
    }),
  });
  const finish = async ({ id }: TariffView) => {
    attempt.done();
    notifications.show({ message: t('saved'), color: 'green' });
    await queries.invalidateQueries({ queryKey: ['get', '/api/v1/water/tariffs/{id}'] });
    nothingUnsaved();
    navigate(`/tariffs/${id}`);
  };
  const onError = (error: unknown) => {
    attempt.failed(error);
    void stale.catchStale(error);
  };
  const draft = $api.useMutation('post', '/api/v1/water/tariffs', { onSuccess: finish, onError });
  const change = $api.useMutation('put', '/api/v1/water/tariffs/{id}', { onSuccess: finish, onError });
  const save = () => {
    const body = bodyOf(form);
    if (!base) return draft.mutate({ params: { header: attempt.header() }, body });
    change.mutate({ params: { path: { id: base.id }, header: ifMatch(base.version) }, body });
  };
  const busy = draft.isPending || change.isPending;
  useKeys([{ keys: 'Alt+S', label: t('save'), run: save, disabled: busy }]);
  const error = draft.error ?? change.error;
  const wrong = useFieldErrors(error);
  return (
    <Page
      title={changed ? t('editTariff', { code: changed.code }) : t('newTariff')}
      actions={
        <Anchor component={Link} href={changed ? `/tariffs/${changed.id}` : '/tariffs'}>
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
        <Stack gap="lg">
          <HeadFields form={form} wrong={wrong} set={set} />
          <BlockFields form={form} wrong={wrong} set={set} />
          <ChargeFields form={form} wrong={wrong} set={set} />
          {!isStale(error) && <Refusal error={error} />}
          <Group>
            <Button type="submit" disabled={busy} rightSection={busy ? <Loader size={14} /> : <Key>Alt+S</Key>}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
      {stale.dialog}
    </Page>
  );
}

/** Faults of the tariff with the reasons that the server gives; any other refusal as everywhere. */
function Refusal({ error }: { error: unknown }) {
  const t = useText(TARIFFS);
  const { language } = usePreferences();
  const faults = (error as { faults?: Fault[] } | null)?.faults;
  if (!faults) return <ProblemAlert error={error} />;
  return (
    <Alert color="red" role="alert" title={t('faults')}>
      <List size="sm">
        {faults.map(({ pointer, reason, reasonAr }, at) => (
          <List.Item key={at}>
            <bdi>{language === 'ar' ? reasonAr : reason}</bdi> <bdi dir="ltr">{pointer.replace('/data', '')}</bdi>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
