import { Alert, Badge, Button, Card, Group, Stack, Table, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useParams } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { useMay, useUser } from '../api/use-session';
import { usePreferences, useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Page } from '../shared/page';
import { usePrint } from '../shared/pdf';
import { Loaded } from '../shared/states';
import { Day, Fact, Instant, Ltr, Money, Name } from '../shared/values';
import { receiptPath } from './receipt-path';
import { refundable } from './refund';
import { REFUND } from './refund.texts';
import { STATE_COLORS } from './receipts-page';
import { SHIFT } from './shift.texts';
import './till.css';
import { TILL } from './till.texts';
import { UndoPayment } from './undo-payment';
import { useOwnShift } from './use-shift';

const RefundPart = lazy(() => import('./refund-part').then((file) => ({ default: file.RefundPart })));

type Payment = Schemas['PaymentView'];

/** A receipt as it was issued, and what may be done with it. */
export default function ReceiptPage() {
  const { serial = '' } = useParams();
  const found = $api.useQuery('get', '/api/v1/payments/{serial}', { params: { path: { serial } } });
  return <Loaded query={found}>{(payment) => <Receipt payment={payment} reload={found.refetch} />}</Loaded>;
}

function Receipt({ payment, reload }: { payment: Payment; reload: () => unknown }) {
  const t = useText(TILL);
  const s = useText(SHIFT);
  const may = useMay();
  const show = usePrint();
  const { id } = useUser();
  const shift = useOwnShift();
  const attempt = useAttempt();
  const f = useText(REFUND);
  const [undo, setUndo] = useState<'void' | 'reverse' | 'part'>();
  const { serial, state } = payment;
  const print = () => show(receiptPath(serial));
  const mayPrint = may('billing.receipt.print');
  // A cashier voids what their own open shift has taken; everything else is reversed by those who may.
  const ownOpen = payment.cashierId === id && payment.shiftId !== null && payment.shiftId === shift.data?.id;
  const mayVoid = state === 'POSTED' && may('billing.payment.void') && (ownOpen || !may('billing.payment.take'));
  const mayReverse = state === 'POSTED' && may('billing.payment.reverse');
  const mayRefund = mayReverse && payment.channel !== 'ONLINE' && refundable(payment).length > 0;
  useKeys([{ keys: 'F8', label: s('print'), run: print, disabled: !mayPrint }]);
  return (
    <Page
      title={t('receiptOf', { serial })}
      heading={
        <Group gap="xs">
          {t('receipt')} <Ltr>{serial}</Ltr>
          <Badge variant="light" color={STATE_COLORS[state]}>
            {s(state)}
          </Badge>
        </Group>
      }
      actions={
        <>
          {mayVoid && (
            <Button color="red" variant="light" onClick={() => setUndo('void')}>
              {s('void')}
            </Button>
          )}
          {mayRefund && (
            <Button color="red" variant="subtle" onClick={() => setUndo('part')}>
              {f('part')}
            </Button>
          )}
          {mayReverse && (
            <Button color="red" variant="light" onClick={() => setUndo('reverse')}>
              {s('reverse')}
            </Button>
          )}
          {mayPrint && (
            <Button onClick={print} leftSection={<IconPrinter size={16} />} rightSection={<Key>F8</Key>}>
              {s(payment.prints > 0 ? 'printCopy' : 'print')}
            </Button>
          )}
        </>
      }
    >
      {payment.undone && (
        <Alert color="red" title={`${s('undone')}: ${s(state)}`}>
          <Name>{payment.undone.reason}</Name> · <Instant at={payment.undone.at} />
        </Alert>
      )}
      <Card withBorder>
        <dl className="facts">
          <Fact label={s('payer')}>
            <Name>{payment.payerName}</Name>
          </Fact>
          {payment.oneRecordNumber && (
            <Fact label={s('record')}>
              <Ltr>{payment.oneRecordNumber}</Ltr>
            </Fact>
          )}
          <Fact label={s('at')}>
            <Instant at={payment.paidAt} />
          </Fact>
          <Fact label={s('till')}>
            <Ltr>{payment.tillCode}</Ltr>
          </Fact>
          <Fact label={s('cashier')}>
            <Name>{payment.cashier}</Name>
          </Fact>
          <Fact label={s('prints')}>
            <Ltr>{payment.prints}</Ltr>
          </Fact>
        </dl>
      </Card>
      <Lines payment={payment} />
      {payment.reversedParts.length > 0 && <TakenBack payment={payment} />}
      <Tenders payment={payment} />
      <Suspense>
        {undo === 'part' && (
          <RefundPart payment={payment} attempt={attempt} onClose={() => setUndo(undefined)} onDone={reload} />
        )}
      </Suspense>
      {undo && undo !== 'part' && (
        <UndoPayment act={undo} payment={payment} onClose={() => setUndo(undefined)} onDone={reload} />
      )}
    </Page>
  );
}

function Lines({ payment }: { payment: Payment }) {
  const t = useText(TILL);
  const s = useText(SHIFT);
  const { language } = usePreferences();
  return (
    <Card withBorder>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('account')}</Table.Th>
            <Table.Th>{t('charges')}</Table.Th>
            <Table.Th className="end">{t('amount')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {payment.lines.map(({ accountId, accountNumber, serviceType, charges, advance, deferred, paid }) => (
            <Table.Tr key={accountId}>
              <Table.Td>
                {t(serviceType)} <Ltr>{accountNumber}</Ltr>
              </Table.Td>
              <Table.Td>
                {charges.map(({ chargeId, nameAr, nameEn, period, paid: part }) => (
                  <Text size="sm" key={chargeId}>
                    {language === 'ar' ? nameAr : nameEn} <Ltr>{period}</Ltr>:{' '}
                    <Money minor={part.amount} currency={part.currency} />
                  </Text>
                ))}
                {Number(advance.amount) > 0 && (
                  <Text size="sm">
                    {s('advance')}: <Money minor={advance.amount} currency={advance.currency} />
                  </Text>
                )}
                {Number(deferred.amount) > 0 && (
                  <Text size="sm">
                    {s('deferred')}: <Money minor={deferred.amount} currency={deferred.currency} />
                  </Text>
                )}
              </Table.Td>
              <Table.Td className="end">
                <Money minor={paid.amount} currency={paid.currency} />
              </Table.Td>
            </Table.Tr>
          ))}
          {payment.reliefs.map(({ accountId, nameAr, nameEn, granted }, at) => (
            <Table.Tr key={`${accountId} ${at}`}>
              <Table.Td>{t('relief')}</Table.Td>
              <Table.Td>{language === 'ar' ? nameAr : nameEn}</Table.Td>
              <Table.Td className="end">
                <Money minor={granted.amount} currency={granted.currency} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Stack gap={2} mt="sm" align="flex-end">
        {payment.totals.map(({ currency, amount, words }) => (
          <Text key={currency} ta="end">
            <Text span fz="lg" fw={700}>
              <Money minor={amount} currency={currency} />
            </Text>
            <Text span size="sm" c="dimmed" display="block" dir="rtl">
              {words}
            </Text>
          </Text>
        ))}
      </Stack>
    </Card>
  );
}

function TakenBack({ payment: { lines, reversedParts } }: { payment: Payment }) {
  const t = useText(TILL);
  const f = useText(REFUND);
  const accounts = new Map(lines.map((line) => [line.accountId, line]));
  return (
    <Card withBorder>
      <Text fw={600} mb="xs">
        {f('parts')}
      </Text>
      {reversedParts.map(({ at, reason, lines: parts }) => (
        <Group key={at} gap="xs">
          <Instant at={at} />
          <Name>{reason}</Name>
          {parts.map(({ accountId, back }) => {
            const account = accounts.get(accountId);
            return (
              <Text span size="sm" key={accountId}>
                {account && t(account.serviceType)} <Ltr>{account?.accountNumber}</Ltr>:{' '}
                <Money minor={back.amount} currency={back.currency} />
              </Text>
            );
          })}
        </Group>
      ))}
    </Card>
  );
}

function Tenders({ payment }: { payment: Payment }) {
  const t = useText(TILL);
  const s = useText(SHIFT);
  return (
    <Card withBorder>
      <Text fw={600} mb="xs">
        {s('tenders')}
      </Text>
      {payment.tenders.map(({ kind, paid, tendered, change, reference, exchange, cheque }, at) => (
        <Group key={at} gap="xs">
          <Badge variant="light">{t(kind)}</Badge>
          <Money minor={paid.amount} currency={paid.currency} />
          {tendered && (
            <Text size="sm" c="dimmed">
              {s('handedOver')} <Money minor={tendered.amount} currency={tendered.currency} />
            </Text>
          )}
          {change && (
            <Text size="sm" c="dimmed">
              {s('change')} <Money minor={change.amount} currency={change.currency} />
            </Text>
          )}
          {reference && <Ltr>{reference}</Ltr>}
          {exchange && (
            <Text size="sm" c="dimmed">
              {s('rate')} <Ltr>{exchange.rate}</Ltr>
            </Text>
          )}
          {cheque && (
            <Text size="sm">
              <Ltr>{cheque.number}</Ltr> · <Name>{cheque.bank}</Name> · <Name>{cheque.drawer}</Name> ·{' '}
              <Day day={cheque.dueOn} />
            </Text>
          )}
        </Group>
      ))}
    </Card>
  );
}
