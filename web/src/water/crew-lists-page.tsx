import { Anchor, Badge, Button, Group, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { today } from '../i18n/format';
import { useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { Key, useKeys } from '../shared/keys';
import { Listing } from '../shared/listing';
import { Paged } from '../shared/states';
import { Day, Ltr, Name } from '../shared/values';
import { CREW } from './crew.texts';
import { CutsArea } from './cuts-area';
import { usePlaces } from './use-places';

const MakeCrewList = lazy(() => import('./make-crew-list').then((file) => ({ default: file.MakeCrewList })));

const PAGE = 20;

/** What crews take along, by day; today's first. */
export default function CrewListsPage() {
  const t = useText(CREW);
  const mayMake = useMay()('water.field-list.make');
  const [workOn, setWorkOn] = useState(today());
  const [making, make] = useDisclosure();
  useKeys([{ keys: 'F6', label: t('make'), run: make.open, disabled: !mayMake }]);
  return (
    <CutsArea
      title={t('lists')}
      actions={
        mayMake && (
          <Button onClick={make.open} rightSection={<Key>F6</Key>}>
            {t('make')}
          </Button>
        )
      }
    >
      <Group align="flex-end">
        <DayField label={t('workOn')} w={150} value={workOn} onChange={setWorkOn} />
        <Button variant="default" disabled={workOn === ''} onClick={() => setWorkOn('')}>
          {t('everyDay')}
        </Button>
      </Group>
      <Lists key={workOn} workOn={workOn} />
      <Suspense>{making && <MakeCrewList onClose={make.close} />}</Suspense>
    </CutsArea>
  );
}

function Lists({ workOn }: { workOn: string }) {
  const t = useText(CREW);
  const [page, setPage] = useState(1);
  const query = { ...(workOn && { workOn }), page, pageSize: PAGE };
  const lists = $api.useQuery('get', '/api/v1/water/field-lists', { params: { query } });
  return (
    <Paged query={lists} page={page} onPage={setPage} empty={t('none')}>
      {(items) => (
        <Listing
          label={t('lists')}
          head={[t('number'), t('workOn'), t('kind'), t('crew'), t('where'), t('orders'), t('left')]}
        >
          {items.map((list) => (
            <Row key={list.id} list={list} />
          ))}
        </Listing>
      )}
    </Paged>
  );
}

function Row({ list }: { list: Schemas['ListedFieldListView'] }) {
  const t = useText(CREW);
  const { id, workOn, kind, crew, orders, open } = list;
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor fz="inherit" component={Link} href={`/water/orders/lists/${id}`}>
          <Ltr>{id}</Ltr>
        </Anchor>
      </Table.Td>
      <Table.Td>
        <Day day={workOn} />
      </Table.Td>
      <Table.Td>{t(kind)}</Table.Td>
      <Table.Td>
        <Name>{crew}</Name>
      </Table.Td>
      <Table.Td>
        <Where {...list} />
      </Table.Td>
      <Table.Td>
        <Ltr>{orders}</Ltr>
      </Table.Td>
      <Table.Td>
        <Badge variant="light" color={open > 0 ? 'orange' : 'green'}>
          <Ltr>{open}</Ltr>
        </Badge>
      </Table.Td>
    </Table.Tr>
  );
}

/** Of which zone and route a list is. */
export function Where({ zoneId, routeId }: { zoneId: number | null; routeId: number | null }) {
  const t = useText(CREW);
  const places = usePlaces();
  const named = [
    ...(zoneId === null ? [] : [places.zone(zoneId)]),
    ...(routeId === null ? [] : [places.route(routeId)]),
  ];
  return named.length === 0 ? t('everywhere') : <Name>{named.join(' · ')}</Name>;
}
