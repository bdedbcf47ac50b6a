import { Anchor, Button, Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { usePreferences, useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { Loaded } from '../shared/states';
import { Fact, Instant, Ltr, Money } from '../shared/values';
import { Topic } from './notice-page';
import { NoticesArea, StateBadge } from './notices-area';
import './notices.css';
import { NOTICES } from './notices.texts';
import { TEMPLATES } from './templates.texts';

type Template = Schemas['TemplateView'];

export default function TemplatePage() {
  const id = Number(useParams().id);
  const template = $api.useQuery('get', '/api/v1/notifications/templates/{id}', { params: { path: { id } } });
  return <Loaded query={template}>{(found) => <Shown template={found} reload={template.refetch} />}</Loaded>;
}

function Shown({ template, reload }: { template: Template; reload: () => unknown }) {
  const [t, n] = [useText(TEMPLATES), useText(NOTICES)];
  return (
    <NoticesArea
      title={template.code}
      heading={
        <Group gap="sm">
          <bdi dir="ltr">{template.code}</bdi>
          <StateBadge state={template.state} />
        </Group>
      }
      actions={
        <>
          <Anchor component={Link} href="/notices/templates">
            {t('back')}
          </Anchor>
          <Actions template={template} reload={reload} />
        </>
      }
    >
      <Paper withBorder p="md">
        <dl className="facts">
          <Fact label={t('version')}>
            <Ltr>{template.version}</Ltr>
          </Fact>
          <Fact label={n('topic')}>
            <Topic code={template.topic} />
          </Fact>
          <Fact label={t('drafted')}>{template.draftedBy ? <Instant at={template.draftedAt} /> : t('byCode')}</Fact>
          <Fact label={t('placeholders')}>
            {template.placeholders.map(({ name, kind }) => (
              <Text key={name} size="sm">
                <bdi dir="ltr">{name}</bdi>: {t(`kind_${kind}`)}
              </Text>
            ))}
            {template.placeholders.length === 0 && '—'}
          </Fact>
        </dl>
      </Paper>
      <Texts template={template} />
      <Preview template={template} />
    </NoticesArea>
  );
}

function Actions({ template: { id, state }, reload }: { template: Template; reload: () => unknown }) {
  const t = useText(TEMPLATES);
  const may = useMay();
  const [asking, setAsking] = useState<'approve' | 'retire'>();
  const done = (message: string) => ({
    onSuccess: () => {
      notifications.show({ message, color: 'green' });
      setAsking(undefined);
      void reload();
    },
  });
  const approve = $api.useMutation('post', '/api/v1/notifications/templates/{id}/approve', done(t('approved')));
  const retire = $api.useMutation('post', '/api/v1/notifications/templates/{id}/retire', done(t('retired')));
  const acted = asking === 'approve' ? approve : retire;
  return (
    <>
      {may('notifications.template.draft') && (
        <Button component={Link} href={`/notices/templates/new?of=${id}`} variant="default">
          {t('nextVersion')}
        </Button>
      )}
      {state !== 'RETIRED' && may('notifications.template.approve') && (
        <Button variant="light" color="red" onClick={() => setAsking('retire')}>
          {t('retire')}
        </Button>
      )}
      {state === 'DRAFT' && may('notifications.template.approve') && (
        <Button onClick={() => setAsking('approve')}>{t('approve')}</Button>
      )}
      {asking && (
        <FormDialog
          title={t(asking)}
          submit={t(asking)}
          color={asking === 'retire' ? 'red' : undefined}
          error={acted.error}
          busy={acted.isPending}
          onSubmit={() => acted.mutate({ params: { path: { id } } })}
          onClose={() => setAsking(undefined)}
        >
          <Text>{t(asking === 'approve' ? 'approveNote' : 'retireNote')}</Text>
        </FormDialog>
      )}
    </>
  );
}

function Texts({ template }: { template: Template }) {
  const [t, n] = [useText(TEMPLATES), useText(NOTICES)];
  return (
    <Stack gap="sm">
      {template.texts.map(({ channel, language, subject, body }) => (
        <Paper withBorder p="sm" key={channel + language}>
          <Text size="xs" c="dimmed" mb={4}>
            {n(channel)} · {t(language)}
          </Text>
          <div lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
            {subject && <Text fw={600}>{subject}</Text>}
            <Text className="words">{body}</Text>
          </div>
        </Paper>
      ))}
    </Stack>
  );
}

/** What a recipient gets, with sample values, and what it takes as a text message. */
function Preview({ template }: { template: Template }) {
  const [t, n] = [useText(TEMPLATES), useText(NOTICES)];
  const { language: own } = usePreferences();
  const channels = [...new Set(template.texts.map(({ channel }) => channel))];
  const [channel, setChannel] = useState(channels[0]!);
  const [language, setLanguage] = useState(own);
  const preview = $api.useQuery('post', '/api/v1/notifications/templates/{id}/preview', {
    params: { path: { id: template.id } },
    body: { channel, language },
  });
  return (
    <section>
      <Group mb="xs">
        <Title order={2} size="h5">
          {t('preview')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('previewNote')}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={n('channel')}
          value={channel}
          data={channels.map((value) => ({ value, label: n(value) }))}
          onChange={setChannel}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('language')}
          value={language}
          data={(['ar', 'en'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={setLanguage}
        />
      </Group>
      <Loaded query={preview} rows={2}>
        {(shown) => (
          <Paper withBorder p="md" bg="var(--ground)">
            <div lang={shown.language} dir={shown.language === 'ar' ? 'rtl' : 'ltr'}>
              {shown.subject && <Text fw={600}>{shown.subject}</Text>}
              <Text className="words">{shown.body}</Text>
            </div>
            {channel === 'SMS' && (
              <Text size="sm" c="dimmed" mt="sm">
                {t('segments')} <Ltr>{shown.segments}</Ltr> · <Ltr>{shown.encoding}</Ltr> · {t('cost')}{' '}
                <Money minor={shown.cost} currency="ILS" />
              </Text>
            )}
          </Paper>
        )}
      </Loaded>
    </section>
  );
}
