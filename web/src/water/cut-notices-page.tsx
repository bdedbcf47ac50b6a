import { Button, Group, Menu, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { $api } from '../api/client';
import { useMay } from '../api/use-session';
import { shownDay } from '../i18n/format';
import { languageNow, usePreferences, useText } from '../i18n/preferences';
import { usePrint } from '../shared/pdf';
import { CutNoticeList } from './cut-notice-list';
import { NOTICES } from './cut-notices.texts';
import { CutsArea } from './cuts-area';
import { usePlaces } from './use-places';

const STATES = ['ISSUED', 'SERVED', 'OBJECTED', 'ORDERED', 'CANCELLED'] as const;
/** The server prints as many in one file. */
const PER_FILE = 100;

/** Notices of disconnection by what became of them and by the list (of a zone or route) that they were issued for. */
export default function CutNoticesPage() {
  const t = useText(NOTICES);
  const [state, setState] = useState<(typeof STATES)[number] | 'ANY'>('ISSUED');
  const [runId, setRunId] = useState<number>();
  const [zone, setZone] = useState<string | null>(null);
  const [route, setRoute] = useState<string | null>(null);
  const places = usePlaces();
  const filter = {
    ...(state !== 'ANY' && { state }),
    ...(runId !== undefined && { runId }),
    ...(zone !== null && { zoneId: Number(zone) }),
    ...(route !== null && { routeId: Number(route) }),
  };
  return (
    <CutsArea title={t('notices')} actions={runId !== undefined && <PrintRun runId={runId} />}>
      <Group align="flex-end">
        <FindNotice />
        <Select
          {...{ label: t('zone'), placeholder: t('everywhere'), w: 170, clearable: true, searchable: true }}
          data={places.zoneChoices}
          value={zone}
          onChange={setZone}
        />
        <Select
          {...{ label: t('route'), placeholder: t('everyRoute'), w: 170, clearable: true, searchable: true }}
          data={places.routeChoices}
          value={route}
          onChange={setRoute}
        />
        <RunSelect runId={runId} onChange={setRunId} />
        <SegmentedControl
          aria-label={t('state')}
          value={state}
          data={[{ value: 'ANY', label: t('any') }, ...STATES.map((value) => ({ value, label: t(value) }))]}
          onChange={setState}
        />
      </Group>
      <CutNoticeList key={JSON.stringify(filter)} filter={filter} />
    </CutsArea>
  );
}

/** By the number that stands on the paper. */
function FindNotice() {
  const t = useText(NOTICES);
  const [, navigate] = useLocation();
  const [serial, setSerial] = useState('');
  const typed = serial.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typed) navigate(`/water/orders/notices/${encodeURIComponent(typed)}`);
      }}
    >
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t('serial')}
          dir="ltr"
          w={230}
          placeholder="DW-OSS-2026-000012-08"
          value={serial}
          onChange={({ currentTarget }) => setSerial(currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={typed === ''}>
          {t('open')}
        </Button>
      </Group>
    </form>
  );
}

function RunSelect({ runId, onChange }: { runId: number | undefined; onChange: (id: number | undefined) => void }) {
  const t = useText(NOTICES);
  const { digits } = usePreferences();
  const enabled = useMay()('water.cut-run.read');
  const places = usePlaces(enabled);
  const query = { page: 1, pageSize: 100 };
  const runs = $api.useQuery('get', '/api/v1/water/cut-runs', { params: { query } }, { enabled });
  if (!enabled) return null;
  const where = (routeId: number | null, zoneId: number | null) =>
    [zoneId !== null && places.zone(zoneId), routeId !== null && places.route(routeId)].filter(Boolean).join(' · ');
  const data = (runs.data?.items ?? [])
    .filter(({ state }) => state === 'NOTICED')
    .map(({ id, dueBy, criteria: { routeId, zoneId } }) => {
      const said = { id, day: shownDay(dueBy, digits), where: where(routeId, zoneId) || t('everywhere') };
      return { value: String(id), label: t('runOf', said) };
    });
  return (
    <Select
      label={t('run')}
      placeholder={t('everyRun')}
      w={260}
      clearable
      searchable
      data={data}
      value={runId === undefined ? null : String(runId)}
      error={runs.error !== null}
      onChange={(id) => onChange(id === null ? undefined : Number(id))}
    />
  );
}

function PrintRun({ runId }: { runId: number }) {
  const t = useText(NOTICES);
  const show = usePrint();
  const may = useMay()('water.cut-notice.print');
  const query = { runId, page: 1, pageSize: 1 };
  const { data } = $api.useQuery('get', '/api/v1/water/cut-notices', { params: { query } }, { enabled: may });
  if (!may || !data?.total) return null;
  const { total } = data;
  const print = (part: number) =>
    show({
      title: `${t('notices')} ${runId}-${part}`,
      path: `/api/v1/water/cut-runs/${runId}/notices.pdf?lang=${languageNow()}&part=${part}`,
    });
  const parts = Array.from({ length: Math.ceil(total / PER_FILE) }, (_, at) => at + 1);
  const icon = <IconPrinter size={16} />;
  if (parts.length === 1)
    return (
      <Button variant="default" leftSection={icon} onClick={() => print(1)}>
        {t('printRun')}
      </Button>
    );
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={icon}>
          {t('printRun')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {parts.map((part) => (
          <Menu.Item key={part} onClick={() => print(part)}>
            {t('printRunPart', { from: (part - 1) * PER_FILE + 1, to: Math.min(part * PER_FILE, total) })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
