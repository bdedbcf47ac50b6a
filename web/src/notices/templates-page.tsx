import { Anchor, Button, Group, Select, Table, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Listing } from '../shared/listing';
import { Paged } from '../shared/states';
import { Instant, Ltr } from '../shared/values';
import { Topic } from './notice-page';
import { NoticesArea, StateBadge } from './notices-area';
import { NOTICES } from './notices.texts';
import { TEMPLATES } from './templates.texts';

type State = Schemas['TemplateView']['state'];
const STATES = ['DRAFT', 'APPROVED', 'RETIRED'] as const;
const PAGE = 20;

export default function TemplatesPage() {
  const [t, n] = [useText(TEMPLATES), useText(NOTICES)];
  const may = useMay();
  const [typed, setTyped] = useState('');
  const [code] = useDebouncedValue(typed.trim(), 250);
  const [state, setState] = useState<State | null>(null);
  const [page, setPage] = useState(1);
  const query = { page, pageSize: PAGE, ...(state && { state }), ...(code && { code }) };
  const templates = $api.useQuery(
    'get',
    '/api/v1/notifications/templates',
    { params: { query } },
    { placeholderData: (last) => last },
  );
  return (
    <NoticesArea
      title={n('templates')}
      actions={
        may('notifications.template.draft') && (
          <Button component={Link} href="/notices/templates/new" leftSection={<IconPlus size={16} />}>
            {t('newTemplate')}
          </Button>
        )
      }
    >
      <Group align="flex-end">
        <TextInput
          label={t('code')}
          dir="ltr"
          w={260}
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
            setPage(1);
          }}
        />
        <Select
          label={n('state')}
          w={150}
          clearable
          placeholder={n('any')}
          value={state}
          data={STATES.map((value) => ({ value, label: n(value) }))}
          onChange={(next) => (setState(next), setPage(1))}
        />
      </Group>
      <Paged query={templates} page={page} onPage={setPage} empty={t('none')}>
        {(items) => (
          <Listing
            label={n('templates')}
            minWidth={760}
            head={[t('code'), t('version'), n('state'), n('topic'), n('channels'), t('drafted')]}
          >
            {items.map((template) => (
              <Table.Tr key={template.id}>
                <Table.Td>
                  <Anchor component={Link} href={`/notices/templates/${template.id}`}>
                    <bdi dir="ltr">{template.code}</bdi>
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <Ltr>{template.version}</Ltr>
                </Table.Td>
                <Table.Td>
                  <StateBadge state={template.state} />
                </Table.Td>
                <Table.Td>
                  <Topic code={template.topic} />
                </Table.Td>
                <Table.Td>
                  {[...new Set(template.texts.map(({ channel }) => channel))].map((channel) => n(channel)).join('، ')}
                </Table.Td>
                <Table.Td>{template.draftedBy ? <Instant at={template.draftedAt} /> : t('byCode')}</Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        )}
      </Paged>
    </NoticesArea>
  );
}
