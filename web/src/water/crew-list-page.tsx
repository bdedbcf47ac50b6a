import { Anchor, Button, Card, Table, Text } from '@mantine/core';
import { Link, useParams } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { shownDay, shownDigits } from '../i18n/format';
import { languageNow, usePreferences, useText } from '../i18n/preferences';
import { useDownload } from '../shared/download';
import { Key, useKeys } from '../shared/keys';
import { End, Listing } from '../shared/listing';
import { usePrint } from '../shared/pdf';
import { Empty, Loaded, ProblemAlert } from '../shared/states';
import { Day, Fact, Ltr, Money, Name } from '../shared/values';
import { Where } from './crew-lists-page';
import { CREW } from './crew.texts';
import { CutsArea } from './cuts-area';
import { OrderActs, useOrderEnds } from './order-acts';
import { StateBadge } from './state-badge';
import './water.css';

type List = Schemas['FieldListView'];
type Row = List['rows'][number];

/** The orders of a crew for a day as they stand now, route by route in the order of the walk. */
export default function CrewListPage() {
  const t = useText(CREW);
  const id = Number(useParams().id);
  const found = $api.useQuery('get', '/api/v1/water/field-lists/{id}', { params: { path: { id } } });
  if (found.data) return <View key={id} list={found.data} />;
  return (
    <CutsArea title={t('listOf', { id })}>
      <Loaded query={found}>{() => null}</Loaded>
    </CutsArea>
  );
}

function View({ list }: { list: List }) {
  const t = useText(CREW);
  const show = usePrint();
  const csv = useDownload();
  const { end, dialog } = useOrderEnds();
  const { id, kind, workOn, crew, rows } = list;
  const api = `/api/v1/water/field-lists/${id}`;
  const print = () => show({ title: t('listOf', { id }), path: `${api}/pdf?lang=${languageNow()}` });
  useKeys([{ keys: 'F8', label: t('print'), run: print }]);
  return (
    <CutsArea
      title={t('listOf', { id })}
      heading={`${t('listOf', { id })} · ${t(kind)}`}
      actions={
        <>
          <Button variant="default" loading={csv.busy} onClick={() => void csv.download(`${api}/csv`, `${id}.csv`)}>
            {t('csv')}
          </Button>
          <Button rightSection={<Key>F8</Key>} onClick={print}>
            {t('print')}
          </Button>
        </>
      }
    >
      <ProblemAlert error={csv.error} />
      <Card withBorder>
        <dl className="facts">
          <Fact label={t('workOn')}>
            <Day day={workOn} />
          </Fact>
          <Fact label={t('crew')}>
            <Name>{crew}</Name>
          </Fact>
          <Fact label={t('where')}>
            <Where {...list} />
          </Fact>
          <Fact label={t('orders')}>
            <Ltr>{rows.length}</Ltr>
          </Fact>
          <Fact label={t('left')}>
            <Ltr>{rows.filter(({ state }) => state === 'ISSUED').length}</Ltr>
          </Fact>
        </dl>
      </Card>
      {rows.length === 0 && <Empty>{t('empty')}</Empty>}
      {byRoute(rows).map(([route, walk]) => (
        <section key={route}>
          <Text component="h2" fw={600} mb={4}>
            {route ? t('routeOf', { route }) : t('noRoute')}
          </Text>
          <Walk list={list} rows={walk} label={route ? t('routeOf', { route }) : t('noRoute')} onEnd={end} />
        </section>
      ))}
      {dialog}
    </CutsArea>
  );
}

/** Rows come in the order of the walk: those of a route stand together. */
const byRoute = (rows: readonly Row[]): [route: string, rows: Row[]][] => {
  const routes = new Map<string, Row[]>();
  for (const row of rows) routes.set(row.route ?? '', [...(routes.get(row.route ?? '') ?? []), row]);
  return [...routes];
};

interface WalkProps {
  list: List;
  rows: Row[];
  label: string;
  onEnd: ReturnType<typeof useOrderEnds>['end'];
}

function Walk({ list, rows, label, onEnd }: WalkProps) {
  const t = useText(CREW);
  return (
    <Listing
      label={label}
      minWidth={760}
      head={[
        ...[t('sequence'), t('subscription'), t('address'), t('meter'), <End key="owed">{t('owed')}</End>],
        t('result'),
      ]}
    >
      {rows.map((row) => (
        <Table.Tr key={row.orderId}>
          <Table.Td>
            <Ltr>{row.sequence}</Ltr>
          </Table.Td>
          <Table.Td>
            <Anchor fz="inherit" component={Link} href={`/water/subscriptions/${row.subscriptionId}`}>
              <Ltr>{row.subscription}</Ltr>
            </Anchor>{' '}
            <Name>{row.name}</Name>
          </Table.Td>
          <Table.Td>
            <Name>{row.address}</Name>
          </Table.Td>
          <Table.Td>
            <Ltr>{row.meter}</Ltr>
          </Table.Td>
          <Table.Td className="end">
            <Money minor={row.owed} currency="ILS" />
          </Table.Td>
          <Table.Td>
            <Result row={row} />
            <OrderActs
              order={{ ...row, id: row.orderId, kind: list.kind, fieldListId: list.id }}
              number={row.subscription}
              onEnd={onEnd}
            />
          </Table.Td>
        </Table.Tr>
      ))}
    </Listing>
  );
}

function Result({ row: { state, executedOn, reading, seal, endReason } }: { row: Row }) {
  const t = useText(CREW);
  const { digits } = usePreferences();
  const paid = endReason === 'PAID' || endReason === 'PLAN';
  const said = [
    executedOn && shownDay(executedOn, digits),
    reading !== null && t('readingOf', { reading: shownDigits(String(reading), digits) }),
    seal && t('sealOf', { seal }),
    paid ? t(endReason) : endReason,
  ].filter(Boolean);
  return (
    <>
      <StateBadge state={state} />{' '}
      <Text span size="xs">
        {said.join(' · ')}
      </Text>
    </>
  );
}
