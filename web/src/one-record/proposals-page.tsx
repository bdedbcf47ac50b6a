import { Badge, Button, Group, Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { Page } from '../shared/page';
import { Paged } from '../shared/states';
import { Ltr, Name } from '../shared/values';
import { ProposalDetails } from './proposal-details';
import { PROPOSALS } from './proposals.texts';

const SIZE = 20;
const BANDS = ['all', 'sure', 'likely', 'look'] as const;
const COLORS = { sure: 'green', likely: 'blue', look: 'orange' } as const;

type Band = (typeof BANDS)[number];

/** What the matching of the whole register holds to be one person, for a clerk to judge. */
export default function ProposalsPage() {
  const t = useText(PROPOSALS);
  const [band, setBand] = useState<Band>('sure');
  const [page, setPage] = useState(1);
  const [opened, open] = useState<number>();
  const query = { page, pageSize: SIZE, ...(band !== 'all' && { band }) };
  const list = $api.useQuery(
    'get',
    '/api/v1/citizens/match-proposals',
    { params: { query } },
    { placeholderData: keepPreviousData },
  );
  if (opened !== undefined) return <ProposalDetails id={opened} onBack={() => open(undefined)} />;
  return (
    <Page
      title={t('title')}
      actions={
        <SegmentedControl
          size="xs"
          value={band}
          onChange={(value) => {
            setBand(value);
            setPage(1);
          }}
          data={BANDS.map((value) => ({ value, label: t(`band_${value}`) }))}
        />
      }
    >
      <Paged query={list} page={page} onPage={setPage} empty={t('empty')}>
        {(items) => (
          <Stack gap="xs">
            {items.map((proposal) => (
              <Proposal key={proposal.id} proposal={proposal} onOpen={() => open(proposal.id)} />
            ))}
          </Stack>
        )}
      </Paged>
    </Page>
  );
}

function Proposal({ proposal, onOpen }: { proposal: Schemas['MatchProposalView']; onOpen: () => void }) {
  const t = useText(PROPOSALS);
  const { band, rows } = proposal;
  return (
    <Paper withBorder radius="lg" p="sm">
      <Group justify="space-between" wrap="nowrap">
        <div>
          {rows.slice(0, 4).map((row) => (
            <Group key={row.citizenId} gap="sm">
              <Text fw={500}>
                <Name>{row.name}</Name>
              </Text>
              <Text size="xs" c="dimmed">
                <Ltr>{row.citNo}</Ltr> · <Ltr>{row.docNo}</Ltr> · <Ltr>{row.phone}</Ltr> · <Name>{row.address}</Name>
              </Text>
            </Group>
          ))}
        </div>
        <Group gap="xs" wrap="nowrap">
          <Badge variant="light" color={COLORS[band]} tt="none">
            {t(`band_${band}`)}
          </Badge>
          <Badge variant="default" tt="none">
            {t('rowsOf', { count: rows.length })}
          </Badge>
          <Button size="xs" onClick={onOpen} aria-label={`${t('open')}: ${rows[0]?.name ?? ''}`}>
            {t('open')}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}
