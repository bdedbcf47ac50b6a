import { Button, Checkbox, Group, Select, Table, TextInput } from '@mantine/core';
import { foldDigits } from '@libs/arabic';
import { useState } from 'react';
import { Link } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useLastAct } from '../api/use-last-act';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { End, Listing } from '../shared/listing';
import { Page } from '../shared/page';
import { ReasonDialog } from '../shared/reason';
import { Paged } from '../shared/states';
import { Ltr } from '../shared/values';
import { CaptureDialog } from './capture-dialog';
import { DecideReading, type Decision } from './decide-reading';
import { MeasuredCells } from './measured-cells';
import { PhotosButton } from './photos';
import { Anomalies } from './state-badge';
import './water.css';
import { WATER } from './water.texts';

type Reading = Schemas['ReadingView'];

const ANOMALIES = ['ZERO', 'HIGH', 'LOW', 'FIRST', 'BACKWARD', 'ROLLOVER', 'COPIED', 'TOO_FAST', 'FINAL'] as const;
const PAGE = 25;

/** The work list of those who decide: readings that were found odd, with what they are judged by. */
export default function SuspectsPage() {
  const t = useText(WATER);
  const may = useMay();
  const [filter, setFilter] = useState<{ period: string; anomaly: (typeof ANOMALIES)[number] | null }>({
    period: '',
    anomaly: null,
  });
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [deciding, setDeciding] = useState<{ reading: Reading; decision: Decision }>();
  const [correcting, setCorrecting] = useState<Reading>();
  const [many, setMany] = useState(false);
  const period = /^\d{4}-\d{2}$/.test(filter.period) ? filter.period : undefined;
  const query = {
    ...{ state: 'SUSPECT' as const, page, pageSize: PAGE },
    ...(period && { period }),
    ...(filter.anomaly && { anomaly: filter.anomaly }),
  };
  const suspects = $api.useQuery('get', '/api/v1/water/readings', { params: { query } });
  const refilter = (changes: Partial<typeof filter>) => {
    setFilter((now) => ({ ...now, ...changes }));
    setPage(1);
    setChosen(new Set());
  };
  const mayDecide = may('water.reading.decide');
  return (
    <Page
      title={t('suspects')}
      actions={
        chosen.size > 0 && <Button onClick={() => setMany(true)}>{t('confirmMany', { count: chosen.size })}</Button>
      }
    >
      <Group align="flex-end">
        <TextInput
          label={t('period')}
          dir="ltr"
          w={120}
          placeholder="2026-11"
          value={filter.period}
          onChange={({ currentTarget }) => refilter({ period: foldDigits(currentTarget.value).trim() })}
        />
        <Select
          label={t('anomaly')}
          clearable
          w={200}
          placeholder={t('any')}
          value={filter.anomaly}
          data={ANOMALIES.map((value) => ({ value, label: t(value) }))}
          onChange={(anomaly) => refilter({ anomaly })}
        />
      </Group>
      <Paged query={suspects} page={page} onPage={setPage} empty={t('noSuspects')}>
        {(items) => (
          <Listing
            label={t('suspects')}
            minWidth={900}
            head={[
              ...(mayDecide ? [null] : []),
              ...[t('subscription'), t('period'), t('readOn')],
              ...(['previous', 'value', 'consumptionShort', 'expected'] as const).map((name) => (
                <End key={name}>{t(name)}</End>
              )),
              ...[t('anomaly'), null],
            ]}
          >
            {items.map((reading) => (
              <Table.Tr key={reading.id}>
                {mayDecide && (
                  <Table.Td>
                    <Checkbox
                      aria-label={t('choose', { number: reading.subscription })}
                      checked={chosen.has(reading.id)}
                      disabled={reading.consumption === null && !reading.anomalies.includes('FIRST')}
                      onChange={({ currentTarget: { checked } }) =>
                        setChosen((now) =>
                          checked ? new Set([...now, reading.id]) : new Set([...now].filter((id) => id !== reading.id)),
                        )
                      }
                    />
                  </Table.Td>
                )}
                <Table.Td>
                  <Button
                    component={Link}
                    href={`/water/subscriptions/${reading.subscriptionId}`}
                    variant="subtle"
                    size="compact-sm"
                  >
                    <Ltr>{reading.subscription}</Ltr>
                  </Button>
                </Table.Td>
                <MeasuredCells reading={reading} />
                <Table.Td>
                  <Group gap={4}>
                    <Anomalies anomalies={reading.anomalies} />
                    <PhotosButton
                      of={{ kind: 'readings', id: reading.id }}
                      what={t('subscriptionOf', { number: reading.subscription })}
                      count={reading.photos}
                      mayAdd={may('water.reading.capture')}
                    />
                  </Group>
                </Table.Td>
                {mayDecide && (
                  <Table.Td>
                    <Group gap={4} wrap="nowrap" justify="flex-end">
                      <Button size="compact-xs" onClick={() => setDeciding({ reading, decision: 'confirm' })}>
                        {t('confirm')}
                      </Button>
                      {may('water.reading.correct') && (
                        <Button size="compact-xs" variant="default" onClick={() => setCorrecting(reading)}>
                          {t('correct')}
                        </Button>
                      )}
                      <Button
                        size="compact-xs"
                        variant="default"
                        onClick={() => setDeciding({ reading, decision: 're-read' })}
                      >
                        {t('reRead')}
                      </Button>
                      <Button
                        size="compact-xs"
                        variant="light"
                        color="red"
                        onClick={() => setDeciding({ reading, decision: 'reject' })}
                      >
                        {t('reject')}
                      </Button>
                    </Group>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Listing>
        )}
      </Paged>
      {deciding && <DecideReading {...deciding} onClose={() => setDeciding(undefined)} />}
      {correcting && (
        <CaptureDialog
          subscription={{ id: correcting.subscriptionId, number: correcting.subscription }}
          replaces={correcting}
          onClose={() => setCorrecting(undefined)}
        />
      )}
      {many && (
        <ConfirmMany
          ids={[...chosen]}
          onClose={() => {
            setMany(false);
            setChosen(new Set());
          }}
        />
      )}
    </Page>
  );
}

function ConfirmMany({ ids, onClose }: { ids: number[]; onClose: () => void }) {
  const t = useText(WATER);
  const { answer } = useLastAct(onClose);
  const confirm = $api.useMutation('post', '/api/v1/water/readings/confirm', answer);
  return (
    <ReasonDialog
      title={t('confirmMany', { count: ids.length })}
      color="brand"
      error={confirm.error}
      busy={confirm.isPending}
      onConfirm={(reason) => confirm.mutate({ body: { readingIds: ids, reason } })}
      onClose={onClose}
    />
  );
}
