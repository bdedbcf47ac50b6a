import { Button, Grid, Group, Menu, Paper, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { client, ifMatch, sent, type Schemas } from '../api/client';
import { asProblem } from '../api/problem';
import { useMay } from '../api/use-session';
import { usePreferences, useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Page } from '../shared/page';
import { ReasonDialog } from '../shared/reason';
import { Loaded } from '../shared/states';
import { useDraft, useUnsaved } from '../shared/unsaved';
import { Ltr, Name } from '../shared/values';
import { StateBadge } from './badges';
import { DraftLinks } from './draft-links';
import { saveDraft } from './draft-steps';
import { identityErrors, identityOfRecord, identityOfRows, type Identity } from './identity';
import { IdentityForm } from './identity-form';
import { LifeDialog } from './life-dialog';
import { RECORD } from './one-record.texts';
import { RecordProblem } from './record-problem';
import { RecordServices } from './record-services';
import { PAGE } from './record.texts';
import { useRows } from './row-services';
import type { Scan } from './scan';
import { ScanInput } from './scan-input';
import { Scans } from './scans';
import { SEARCH } from './search.texts';
import { useLinkedRows, type OneRecord } from './use-record';
import { useRecordChange } from './use-record-change';

/** A draft: its rows, who it is, and the way to its checker. */
export function DraftRecord({ record }: { record: OneRecord }) {
  const t = useText(PAGE);
  const r = useText(RECORD);
  const s = useText(SEARCH);
  const may = useMay();
  const { language } = usePreferences();
  const { run, busy, error, dialog, changed } = useRecordChange(record);
  const rows = useLinkedRows(record.id);
  const [typed, keep, drop] = useDraft<Identity>(`draft ${record.id}`, {});
  const [scan, setScan] = useState<Scan>();
  const [overriding, setOverriding] = useState(false);
  const [givingUp, setGivingUp] = useState(false);
  const read = useRows(record.name ? [] : record.links.map(({ legacyCitizenId }) => legacyCitizenId));
  const approvedId = record.links.find(({ approved }) => approved)?.legacyCitizenId;
  const approved = read.find(({ citizenId }) => citizenId === approvedId);
  const known = record.name ? identityOfRecord(record) : identityOfRows(approved, read, record.partyType);
  const identity = { ...known, ...typed };
  useUnsaved(Object.keys(typed).length > 0 || scan !== undefined);

  /** One change at a time, each on the version that the last one left. */
  const change = (step: () => Promise<OneRecord>) => run(async () => changed(await step()));
  const save = async (submit: boolean) => {
    const open: Schemas['CreateOneRecord'] = { partyType: record.partyType, rows: [] };
    const onStep = (step: OneRecord) => void changed(step);
    if (!(await change(() => saveDraft({ record, open, identity, scan, submit, onStep })))) return;
    keep({});
    drop();
    setScan(undefined);
    notifications.show({ message: r(submit ? 'submitted' : 'saved', { number: record.number }), color: 'green' });
  };
  useKeys([{ keys: 'Alt+S', label: r('submit'), run: () => void save(true), disabled: busy }]);

  const params = { path: { id: record.id }, header: ifMatch(record.version) };
  const override = (reason: string) =>
    sent(client.POST('/api/v1/one-records/{id}/override-id', { params, body: { reason } }));
  return (
    <Page
      title={t('title', { number: record.number })}
      heading={
        <Group gap="sm">
          <Name>{record.approvedName ?? t('unnamed')}</Name>
          <Text span c="dimmed">
            <Ltr>{record.number}</Ltr>
          </Text>
          <StateBadge state={record.state} />
        </Group>
      }
      actions={
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="subtle" leftSection={<IconDots size={16} />}>
              {t('more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {may('citizens.one-record.override-id') && (
              <Menu.Item onClick={() => setOverriding(true)}>{t('override')}</Menu.Item>
            )}
            <Menu.Item color="red" onClick={() => setGivingUp(true)}>
              {t('giveUp')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      }
    >
      <Grid>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack>
            <Paper withBorder radius="lg" p="md">
              <Title order={2} size="h5" mb="xs">
                {t('related')}
              </Title>
              <Loaded query={rows}>
                {(list) => <DraftLinks record={record} rows={list} busy={busy} change={change} />}
              </Loaded>
            </Paper>
            <Paper withBorder radius="lg" p="md">
              <Title order={2} size="h5" mb="xs">
                {r('services')}
              </Title>
              <Loaded query={rows}>{(list) => <RecordServices rows={list} />}</Loaded>
            </Paper>
            {record.evidence.length > 0 && <Scans record={record} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Paper withBorder radius="lg" p="md">
            <Stack gap="sm">
              <Title order={2} size="h5">
                {s('identity')}
              </Title>
              <IdentityForm
                party={record.partyType}
                identity={identity}
                errors={error === undefined ? {} : identityErrors(asProblem(error, language), language)}
                onChange={(place, value) => keep({ ...typed, [place]: value })}
              />
              <ScanInput scan={scan} onChange={setScan} />
              <RecordProblem error={error} />
              <Button size="md" loading={busy} onClick={() => void save(true)} rightSection={<Key>Alt+S</Key>}>
                {r('submit')}
              </Button>
              <Button variant="subtle" disabled={busy} onClick={() => void save(false)}>
                {r('saveDraft')}
              </Button>
            </Stack>
          </Paper>
        </Grid.Col>
      </Grid>
      {overriding && (
        <ReasonDialog
          title={t('override')}
          error={error}
          busy={busy}
          onConfirm={(reason) => void change(() => override(reason)).then((done) => done && setOverriding(false))}
          onClose={() => setOverriding(false)}
        />
      )}
      {givingUp && <LifeDialog record={record} act="revoke" title={t('giveUp')} onClose={() => setGivingUp(false)} />}
      {dialog}
    </Page>
  );
}
