import { Badge, Button, Group, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Listing } from '../shared/listing';
import { Paged, ProblemAlert } from '../shared/states';
import { Instant, Ltr } from '../shared/values';
import { ADMIN } from './admin.texts';
import { JOBS } from './jobs.texts';
import { LEGACY } from './legacy.texts';

const PAGE = 10;
const LIVE_MS = 2000;

export function ProofList() {
  const [t, a, legacy] = [useText(JOBS), useText(ADMIN), useText(LEGACY)];
  const may = useMay();
  const [page, setPage] = useState(1);
  /** How many there were when another was asked for. */
  const [asked, setAsked] = useState<number>();
  const proofs = $api.useQuery(
    'get',
    '/api/v1/billing/proofs',
    { params: { query: { page, pageSize: PAGE } } },
    { refetchInterval: ({ state }) => asked !== undefined && state.data?.total === asked && LIVE_MS },
  );
  const prove = $api.useMutation('post', '/api/v1/billing/proofs', {
    onSuccess: () => {
      notifications.show({ message: t('proveAsked'), color: 'green' });
      setAsked(proofs.data?.total);
      void proofs.refetch();
    },
  });
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t('proofs')}
        </Title>
        {may('billing.proof.start') && (
          <Button
            size="xs"
            variant="light"
            leftSection={<IconShieldCheck size={16} />}
            loading={prove.isPending}
            onClick={() => prove.mutate({})}
          >
            {t('prove')}
          </Button>
        )}
      </Group>
      <ProblemAlert error={prove.error} />
      <Paged query={proofs} page={page} onPage={setPage} empty={t('noProofs')}>
        {(items) => (
          <Listing
            label={t('proofs')}
            head={[t('at'), a('state'), legacy('startedVia'), t('postings'), t('accounts'), t('findings')]}
          >
            {items.map((proof) => (
              <Row key={proof.id} proof={proof} />
            ))}
          </Listing>
        )}
      </Paged>
    </section>
  );
}

function Row({ proof }: { proof: Schemas['ProofView'] }) {
  const [t, legacy] = [useText(JOBS), useText(LEGACY)];
  return (
    <Table.Tr>
      <Table.Td>
        <Instant at={proof.finishedAt} />
      </Table.Td>
      <Table.Td>
        <Badge variant="light" color={proof.state === 'HOLDS' ? 'green' : 'red'}>
          {t(proof.state)}
        </Badge>
      </Table.Td>
      <Table.Td>{legacy(proof.startedVia === 'REQUEST' ? 'REST' : proof.startedVia)}</Table.Td>
      <Table.Td>
        <Ltr>{proof.postings}</Ltr>
      </Table.Td>
      <Table.Td>
        <Ltr>{proof.accounts}</Ltr>
      </Table.Td>
      <Table.Td>
        {proof.findings.length === 0
          ? t('nothingFound')
          : proof.findings.map(({ check, count, examples }) => (
              <Text key={check} size="sm">
                {t(check)}: <Ltr>{count}</Ltr>
                {examples.length > 0 && (
                  <>
                    {', '}
                    {t('example')} <Ltr>{examples.map(({ id }) => id).join(' ')}</Ltr>
                  </>
                )}
              </Text>
            ))}
      </Table.Td>
    </Table.Tr>
  );
}
