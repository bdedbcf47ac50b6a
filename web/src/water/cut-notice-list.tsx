import { Badge, Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { today } from '../i18n/format';
import { useText } from '../i18n/preferences';
import { End, Listing } from '../shared/listing';
import { Paged } from '../shared/states';
import { Day, Instant, Ltr, Money, Name } from '../shared/values';
import { NOTICES } from './cut-notices.texts';
import { NoticeState } from './cuts-area';

type Notice = Schemas['CutNoticeView'];

export interface NoticeFilter {
  state?: Notice['state'];
  runId?: number;
  routeId?: number;
  zoneId?: number;
  subscriptionId?: number;
}

const PAGE = 20;

/** Notices of disconnection, the newest first; each leads to its page. */
export function CutNoticeList({ filter }: { filter: NoticeFilter }) {
  const t = useText(NOTICES);
  const [page, setPage] = useState(1);
  const query = { ...filter, page, pageSize: PAGE };
  const notices = $api.useQuery('get', '/api/v1/water/cut-notices', { params: { query } });
  return (
    <Paged query={notices} page={page} onPage={setPage} empty={t('noNotices')}>
      {(items) => (
        <Listing
          label={t('notices')}
          minWidth={760}
          head={[
            ...[t('serial'), t('holder'), t('address'), <End key="owed">{t('owed')}</End>],
            ...[t('issuedAt'), t('deadline'), t('state')],
          ]}
        >
          {items.map((notice) => (
            <Row key={notice.serial} notice={notice} />
          ))}
        </Listing>
      )}
    </Paged>
  );
}

function Row({ notice }: { notice: Notice }) {
  const t = useText(NOTICES);
  const { serial, subscription, name, address, owed, issuedAt, deadlineOn, state } = notice;
  return (
    <Table.Tr>
      <Table.Td>
        <Button component={Link} href={`/water/orders/notices/${serial}`} variant="subtle" size="compact-sm">
          <Ltr>{serial}</Ltr>
        </Button>
      </Table.Td>
      <Table.Td>
        <Name>{name}</Name>{' '}
        <Text span size="sm" c="dimmed">
          <Ltr>{subscription}</Ltr>
        </Text>
      </Table.Td>
      <Table.Td>
        <Name>{address}</Name>
      </Table.Td>
      <Table.Td className="end">
        <Money minor={owed} currency="ILS" />
      </Table.Td>
      <Table.Td>
        <Instant at={issuedAt} />
      </Table.Td>
      <Table.Td>
        <Day day={deadlineOn} />{' '}
        {state === 'SERVED' && deadlineOn !== null && deadlineOn < today() && (
          <Badge variant="light" color="red" tt="none">
            {t('over')}
          </Badge>
        )}
      </Table.Td>
      <Table.Td>
        <NoticeState state={state} />
      </Table.Td>
    </Table.Tr>
  );
}
