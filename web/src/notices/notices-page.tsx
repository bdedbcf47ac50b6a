import { Anchor, Button, Progress, Select, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { usePreferences, useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Listing } from '../shared/listing';
import { Paged } from '../shared/states';
import { Instant, Ltr, Money, Name } from '../shared/values';
import { NoticesArea, StateBadge } from './notices-area';
import { NOTICES } from './notices.texts';

type Notice = Schemas['PublicNoticeView'];
const STATES = ['DRAFT', 'SUBMITTED', 'APPROVED', 'SENDING', 'SENT', 'RECALLED'] as const;
const PAGE = 20;
const LIVE_MS = 3000;

export default function NoticesPage() {
  const t = useText(NOTICES);
  const { language } = usePreferences();
  const may = useMay();
  const [, navigate] = useLocation();
  const [state, setState] = useState<Notice['state'] | null>(null);
  const [page, setPage] = useState(1);
  const query = { page, pageSize: PAGE, ...(state && { state }) };
  const notices = $api.useQuery(
    'get',
    '/api/v1/public-notices',
    { params: { query } },
    {
      placeholderData: (last) => last,
      refetchInterval: (found) => found.state.data?.items.some((each) => each.state === 'SENDING') && LIVE_MS,
    },
  );
  const mayDraft = may('notifications.notice.draft');
  useKeys([{ keys: 'Alt+N', label: t('newNotice'), run: () => navigate('/notices/new'), disabled: !mayDraft }]);
  return (
    <NoticesArea
      title={t('notices')}
      actions={
        mayDraft && (
          <Button
            component={Link}
            href="/notices/new"
            leftSection={<IconPlus size={16} />}
            rightSection={<Key>Alt+N</Key>}
          >
            {t('newNotice')}
          </Button>
        )
      }
    >
      <Select
        label={t('state')}
        w={180}
        clearable
        placeholder={t('any')}
        value={state}
        data={STATES.map((value) => ({ value, label: t(value) }))}
        onChange={(next) => (setState(next), setPage(1))}
      />
      <Paged query={notices} page={page} onPage={setPage} empty={t('none')}>
        {(items) => (
          <Listing
            label={t('notices')}
            minWidth={760}
            head={[t('title'), t('state'), t('recipients'), t('cost'), t('progress'), t('created')]}
          >
            {items.map((notice) => (
              <Table.Tr key={notice.id}>
                <Table.Td maw={320}>
                  <Anchor component={Link} href={`/notices/${notice.id}`}>
                    <Name>{language === 'en' && notice.titleEn ? notice.titleEn : notice.titleAr}</Name>
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <StateBadge state={notice.state} />
                </Table.Td>
                <Table.Td>
                  <Ltr>{notice.counted?.recipients}</Ltr>
                </Table.Td>
                <Table.Td>{notice.counted && <Money minor={notice.counted.cost} currency="ILS" />}</Table.Td>
                <Table.Td w={140}>
                  {notice.startedAt ? <Sending notice={notice} /> : <Text c="dimmed">—</Text>}
                </Table.Td>
                <Table.Td>
                  <Instant at={notice.createdAt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        )}
      </Paged>
    </NoticesArea>
  );
}

/** People dealt with so far, of those that were counted. */
export function Sending({ notice: { state, taken, counted } }: { notice: Notice }) {
  const t = useText(NOTICES);
  const share = state === 'SENT' ? 100 : (taken / Math.max(counted?.recipients ?? taken, 1)) * 100;
  return <Progress value={Math.min(share, 100)} size="lg" animated={state === 'SENDING'} aria-label={t('progress')} />;
}
