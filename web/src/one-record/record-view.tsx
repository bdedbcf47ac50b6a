import { Alert, Group, Paper, Tabs, Text, Title } from '@mantine/core';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Page } from '../shared/page';
import { Loaded } from '../shared/states';
import { Fact, Instant, Ltr, Name } from '../shared/values';
import { StateBadge } from './badges';
import { History, useHistory } from './history';
import { LinkedRows } from './linked-rows';
import { RECORD } from './one-record.texts';
import { PAIRS } from './pairs.texts';
import { RecordActions } from './record-actions';
import { PAGE } from './record.texts';
import { RecordServices } from './record-services';
import { Scans } from './scans';
import { Statements } from './statements';
import { useLinkedRows, type OneRecord } from './use-record';

/**
 * A record that is no draft: who it is, what hangs on it, what happened to it.
 * `cameFrom`: the record that was asked for is merged into it.
 */
export function RecordView({ record, cameFrom }: { record: OneRecord; cameFrom: boolean }) {
  const t = useText(PAGE);
  const p = useText(PAIRS);
  const r = useText(RECORD);
  const may = useMay();
  const rows = useLinkedRows(record.id);
  return (
    <Page
      title={t('title', { number: record.number })}
      heading={
        <Group gap="sm">
          <Name>{record.approvedName ?? t('unnamed')}</Name>
          <StateBadge state={record.state} />
        </Group>
      }
      actions={<RecordActions record={record} />}
    >
      {cameFrom && <Alert color="blue">{p('cameFrom')}</Alert>}
      {record.state === 'PENDING_APPROVAL' && <Alert color="orange">{t('waiting')}</Alert>}
      {record.state === 'MERGED_INTO' && <Alert color="gray">{t('merged')}</Alert>}
      <Facts record={record} />
      <Paper withBorder radius="lg" p="md">
        <Tabs defaultValue="services" keepMounted={false}>
          <Tabs.List mb="sm">
            <Tabs.Tab value="services">{r('services')}</Tabs.Tab>
            <Tabs.Tab value="related">
              {t('related')} <Ltr>{record.links.length}</Ltr>
            </Tabs.Tab>
            {may('citizens.transaction.read') && <Tabs.Tab value="history">{t('history')}</Tabs.Tab>}
            <Tabs.Tab value="scans">
              {t('scans')} <Ltr>{record.evidence.length}</Ltr>
            </Tabs.Tab>
            {may('citizens.statement.read') && <Tabs.Tab value="statements">{t('statements')}</Tabs.Tab>}
          </Tabs.List>
          <Tabs.Panel value="services">
            <Loaded query={rows}>{(list) => <RecordServices rows={list} />}</Loaded>
          </Tabs.Panel>
          <Tabs.Panel value="related">
            <Loaded query={rows}>{(list) => <LinkedRows record={record} rows={list} />}</Loaded>
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <History id={record.id} />
          </Tabs.Panel>
          <Tabs.Panel value="scans">
            <Scans record={record} />
          </Tabs.Panel>
          <Tabs.Panel value="statements">
            <Statements id={record.id} />
          </Tabs.Panel>
        </Tabs>
      </Paper>
    </Page>
  );
}

function Facts({ record }: { record: OneRecord }) {
  const t = useText(PAGE);
  const r = useText(RECORD);
  const may = useMay();
  return (
    <Paper withBorder radius="lg" p="md">
      <Title order={2} className="visually-hidden">
        {t('overview')}
      </Title>
      <dl className="facts">
        <Fact label={r('number')}>
          <Ltr>{record.number}</Ltr>
        </Fact>
        <Fact label={t('approvedName')}>
          <Name>{record.approvedName}</Name>
          {record.approvedLatinName && (
            <Text size="sm" c="dimmed">
              <Ltr>{record.approvedLatinName}</Ltr>
            </Text>
          )}
        </Fact>
        <Fact label={record.documentType ? r(`document_${record.documentType}`) : r('document')}>
          <Ltr>{record.documentNumber ?? record.maskedDocument}</Ltr>
        </Fact>
        <Fact label={r('phone')}>
          <Ltr>{record.phone}</Ltr>
        </Fact>
        <Fact label={r('partyType')}>{r(`party_${record.partyType}`)}</Fact>
        {may('citizens.transaction.read') && <LastTransaction id={record.id} />}
      </dl>
    </Paper>
  );
}

function LastTransaction({ id }: { id: number }) {
  const t = useText(PAGE);
  const last = useHistory(id, 1).data?.items[0];
  return (
    <>
      <Fact label={t('employee')}>{last && <Name>{last.employeeName ?? t('citizen')}</Name>}</Fact>
      <Fact label={t('transaction')}>{last && <Ltr>{last.transactionNumber}</Ltr>}</Fact>
      <Fact label={t('transactionDate')}>{last && <Instant at={last.at} />}</Fact>
    </>
  );
}
