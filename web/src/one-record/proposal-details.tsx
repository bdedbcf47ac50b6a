import { Button, Checkbox, Group, NativeSelect, Paper, Radio, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { $api, client, ifMatch, sent, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Page } from '../shared/page';
import { ReasonDialog } from '../shared/reason';
import { Loaded } from '../shared/states';
import { Ltr, Name } from '../shared/values';
import { HolderLink, RowFlags } from './badges';
import { bestRow } from './best-row';
import { likelyParty, PARTIES, type PartyType } from './identity';
import { RECORD } from './one-record.texts';
import { Others, Reasons } from './proposal-context';
import { PROPOSALS } from './proposals.texts';
import { RecordProblem } from './record-problem';
import { RowServices } from './row-services';
import { useRecordChanged } from './use-record';

type Details = Schemas['MatchProposalDetails'];

export function ProposalDetails({ id, onBack }: { id: number; onBack: () => void }) {
  const query = $api.useQuery('get', '/api/v1/citizens/match-proposals/{id}', { params: { path: { id } } });
  return (
    <Loaded query={query}>{(proposal) => <Judged key={proposal.version} proposal={proposal} onBack={onBack} />}</Loaded>
  );
}

/** Row by row with its services; pair by pair why they are held to be one person; joint rows are never preselected. */
function Judged({ proposal, onBack }: { proposal: Details; onBack: () => void }) {
  const t = useText(PROPOSALS);
  const r = useText(RECORD);
  const may = useMay();
  const [, navigate] = useLocation();
  const changed = useRecordChanged();
  const { rows } = proposal;
  const free = rows.filter(({ joint, oneRecord }) => !joint && !oneRecord);
  const [chosen, choose] = useState(new Set(free.map(({ citizenId }) => citizenId)));
  const [approved, approve] = useState(free.length > 0 ? bestRow(free) : undefined);
  const [party, setParty] = useState(likelyParty(rows));
  const [rejecting, setRejecting] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const open = proposal.state === 'OPEN' && may('citizens.match-proposal.decide');
  const canAccept = open && !busy && approved !== undefined && chosen.has(approved);
  const params = { path: { id: proposal.id }, header: ifMatch(proposal.version) };

  const decide = async (run: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    await run().catch(setError);
    setBusy(false);
  };
  const accept = () =>
    void decide(async () => {
      const picked = rows.filter(({ citizenId }) => chosen.has(citizenId));
      const body: Schemas['CreateOneRecord'] = {
        partyType: party,
        rows: picked.map(({ citizenId }) => ({
          legacyCitizenId: citizenId,
          relation: 'SAME_PERSON',
          ...(citizenId === approved && { approved: true }),
        })),
      };
      const record = await sent(client.POST('/api/v1/citizens/match-proposals/{id}/accept', { params, body }));
      notifications.show({ message: t('accepted', { number: record.number }), color: 'green' });
      await changed(record);
      navigate(`/records/${record.id}`);
    });
  const reject = (reason: string) =>
    void decide(async () => {
      await sent(client.POST('/api/v1/citizens/match-proposals/{id}/reject', { params, body: { reason } }));
      notifications.show({ message: t('rejected'), color: 'green' });
      await changed();
      onBack();
    });
  useKeys([
    { keys: 'Alt+B', label: t('back'), run: onBack },
    { keys: 'Alt+A', label: t('accept'), run: accept, disabled: !canAccept },
    { keys: 'Alt+R', label: t('reject'), run: () => setRejecting(true), disabled: !open || busy },
  ]);
  return (
    <Page
      title={t('title')}
      heading={<Name>{rows[0]?.name}</Name>}
      actions={
        <>
          <Button variant="default" onClick={onBack} rightSection={<Key>Alt+B</Key>}>
            {t('back')}
          </Button>
          {open && (
            <>
              <Button
                variant="light"
                color="red"
                disabled={busy}
                onClick={() => setRejecting(true)}
                rightSection={<Key>Alt+R</Key>}
              >
                {t('reject')}
              </Button>
              <Button loading={busy} disabled={!canAccept} onClick={accept} rightSection={<Key>Alt+A</Key>}>
                {t('accept')}
              </Button>
            </>
          )}
        </>
      }
    >
      {!rejecting && <RecordProblem error={error} />}
      <Group justify="space-between">
        <Title order={2} size="h5">
          {t('proposed')}
        </Title>
        {open && (
          <NativeSelect
            size="xs"
            aria-label={r('partyType')}
            value={party}
            onChange={(event) => setParty(event.currentTarget.value as PartyType)}
            data={PARTIES.map((value) => ({ value, label: r(`party_${value}`) }))}
          />
        )}
      </Group>
      <Stack gap="sm">
        {rows.map((row) => (
          <Paper key={row.citizenId} withBorder radius="lg" p="sm">
            <Group>
              <Checkbox
                checked={chosen.has(row.citizenId)}
                disabled={!open || row.oneRecord !== null}
                onChange={() => {
                  const next = new Set(chosen);
                  if (!next.delete(row.citizenId)) next.add(row.citizenId);
                  choose(next);
                }}
                label={<Name>{row.name}</Name>}
              />
              <Text size="sm" c="dimmed">
                <Ltr>{row.citNo}</Ltr> · <Name>{row.docType}</Name> <Ltr>{row.docNo}</Ltr> · <Ltr>{row.phone}</Ltr> ·{' '}
                <Name>{row.address}</Name>
              </Text>
              <RowFlags {...row} />
              {row.oneRecord && <HolderLink record={row.oneRecord} />}
              {open && !row.oneRecord && (
                <Radio
                  size="xs"
                  name="approved"
                  checked={row.citizenId === approved}
                  disabled={!chosen.has(row.citizenId)}
                  onChange={() => approve(row.citizenId)}
                  label={r('approvedRow')}
                />
              )}
            </Group>
            <RowServices id={row.citizenId} />
          </Paper>
        ))}
      </Stack>
      <Reasons proposal={proposal} />
      <Others title={t('related')} rows={proposal.related} />
      <Others title={t('near')} rows={proposal.near} />
      {rejecting && (
        <ReasonDialog
          title={t('rejectTitle')}
          error={error}
          busy={busy}
          onConfirm={reject}
          onClose={() => setRejecting(false)}
        />
      )}
    </Page>
  );
}
