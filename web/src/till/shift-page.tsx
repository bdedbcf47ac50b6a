import { Alert, Badge, Button, Card, Group, Table, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useLastAct } from '../api/use-last-act';
import { useMay, useUser } from '../api/use-session';
import { languageNow, useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { Key, useKeys } from '../shared/keys';
import { Page } from '../shared/page';
import { usePrint } from '../shared/pdf';
import { Loaded } from '../shared/states';
import { Day, Fact, Instant, Ltr, Money, Name } from '../shared/values';
import { STATE_COLORS } from './receipts-page';
import { SHIFT } from './shift.texts';
import './till.css';
import { TILL } from './till.texts';

type Shift = Schemas['ShiftView'];
type Report = Schemas['ShiftReportView'];

/** A shift: while it is open nobody sees what is expected; after the count its report, and the closing by another. */
export default function ShiftPage() {
  const id = Number(useParams().id);
  const shift = $api.useQuery('get', '/api/v1/shifts/{id}', { params: { path: { id } } });
  return <Loaded query={shift}>{(found) => <ShiftView shift={found} />}</Loaded>;
}

function ShiftView({ shift }: { shift: Shift }) {
  const t = useText(SHIFT);
  const may = useMay();
  const show = usePrint();
  const user = useUser();
  const [closing, { open, close }] = useDisclosure();
  const { id, state, tillCode, cashierId } = shift;
  const counted = state !== 'OPEN';
  const mayClose = state === 'COUNTED' && may('billing.shift.close') && cashierId !== user.id;
  const title = t('shiftOf', { till: tillCode });
  const print = () => show({ title, path: `/api/v1/shifts/${id}/report.pdf?lang=${languageNow()}` });
  useKeys([
    { keys: 'F8', label: t('report'), run: print, disabled: !counted },
    { keys: 'F9', label: t('close'), run: open, disabled: !mayClose },
  ]);
  return (
    <Page
      title={title}
      heading={
        <Group gap="xs">
          {title}
          <Badge variant="light" color={STATE_COLORS[state]}>
            {t(state)}
          </Badge>
        </Group>
      }
      actions={
        <>
          {state === 'OPEN' && cashierId === user.id && (
            <Button component={Link} href={`/till/count/${id}`}>
              {t('count')}
            </Button>
          )}
          {counted && (
            <Button
              variant="default"
              onClick={print}
              leftSection={<IconPrinter size={16} />}
              rightSection={<Key>F8</Key>}
            >
              {t('report')}
            </Button>
          )}
          {mayClose && (
            <Button onClick={open} rightSection={<Key>F9</Key>}>
              {t('close')}
            </Button>
          )}
        </>
      }
    >
      <Card withBorder>
        <dl className="facts">
          <Fact label={t('cashier')}>
            <Name>{shift.cashierName}</Name>
          </Fact>
          <Fact label={t('openedAt')}>
            <Instant at={shift.openedAt} />
          </Fact>
          <Fact label={t('COUNTED')}>
            <Instant at={shift.countedAt} />
          </Fact>
          <Fact label={t('closedBy')}>
            <Instant at={shift.closedAt} />
          </Fact>
          {shift.note && (
            <Fact label={t('note')}>
              <Name>{shift.note}</Name>
            </Fact>
          )}
        </dl>
      </Card>
      {counted ? <ShiftReport id={id} /> : <Alert color="gray">{t('notCounted')}</Alert>}
      {closing && <CloseShift id={id} onClose={close} />}
    </Page>
  );
}

function ShiftReport({ id }: { id: number }) {
  const report = $api.useQuery('get', '/api/v1/shifts/{id}/report', { params: { path: { id } } });
  return (
    <Loaded query={report}>
      {(found) => (
        <>
          <Drawers report={found} />
          <Taken report={found} />
        </>
      )}
    </Loaded>
  );
}

function Drawers({ report }: { report: Report }) {
  const t = useText(SHIFT);
  return (
    <Card withBorder>
      <Text fw={600} mb="xs">
        {t('cash')}
      </Text>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {(['float', 'expected', 'counted', 'difference'] as const).map((name) => (
              <Table.Th key={name} className="end">
                {t(name)}
              </Table.Th>
            ))}
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.cash.map(({ currency, float, expected, counted, difference }) => {
            const off = Number(difference.amount);
            const word = off === 0 ? 'exact' : off > 0 ? 'over' : 'short';
            return (
              <Table.Tr key={currency}>
                {[float, expected, counted, difference].map(({ amount }, at) => (
                  <Table.Td key={at} className="end">
                    <Money minor={amount} currency={currency} />
                  </Table.Td>
                ))}
                <Table.Td>
                  <Badge variant="light" color={off === 0 ? 'green' : off > 0 ? 'blue' : 'red'}>
                    {t(word)}
                  </Badge>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

function Taken({ report }: { report: Report }) {
  const t = useText(SHIFT);
  const words = useText(TILL);
  const { first, last } = report.receipts;
  return (
    <Card withBorder>
      <Group justify="space-between" mb="xs">
        <Text fw={600}>{t('taken')}</Text>
        {first && last && (
          <Text size="sm" c="dimmed">
            <Ltr>{first}</Ltr> – <Ltr>{last}</Ltr>
          </Text>
        )}
      </Group>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('kind')}</Table.Th>
            <Table.Th>{t('state')}</Table.Th>
            <Table.Th className="end">{t('number')}</Table.Th>
            <Table.Th className="end">{t('sum')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.taken.map(({ kind, state, count, sum }) => (
            <Table.Tr key={`${kind} ${state} ${sum.currency}`}>
              <Table.Td>{words(kind)}</Table.Td>
              <Table.Td>
                <Badge color={STATE_COLORS[state]} variant="light">
                  {t(state)}
                </Badge>
              </Table.Td>
              <Table.Td className="end">
                <Ltr>{count}</Ltr>
              </Table.Td>
              <Table.Td className="end">
                <Money minor={sum.amount} currency={sum.currency} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {report.cheques.length > 0 && <Cheques report={report} />}
    </Card>
  );
}

function Cheques({ report }: { report: Report }) {
  const t = useText(SHIFT);
  return (
    <Table mt="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('chequeNumber')}</Table.Th>
          <Table.Th>{t('bank')}</Table.Th>
          <Table.Th>{t('dueOn')}</Table.Th>
          <Table.Th className="end">{t('sum')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {report.cheques.map(({ id, number, bank, dueOn, sum }) => (
          <Table.Tr key={id}>
            <Table.Td>
              <Ltr>{number}</Ltr>
            </Table.Td>
            <Table.Td>
              <Name>{bank}</Name>
            </Table.Td>
            <Table.Td>
              <Day day={dueOn} />
            </Table.Td>
            <Table.Td className="end">
              <Money minor={sum.amount} currency={sum.currency} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function CloseShift({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText(SHIFT);
  const { answer, header } = useLastAct(onClose);
  const [note, setNote] = useState('');
  const closing = $api.useMutation('post', '/api/v1/shifts/{id}/close', answer);
  const submit = () =>
    !closing.isPending &&
    closing.mutate({
      params: { path: { id }, header: header() },
      body: note.trim() ? { note: note.trim() } : {},
    });
  return (
    <FormDialog
      title={t('close')}
      submit={t('close')}
      error={closing.error}
      busy={closing.isPending}
      dirty={note !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <Textarea
        data-autofocus
        label={t('note')}
        value={note}
        maxLength={300}
        autosize
        minRows={2}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
