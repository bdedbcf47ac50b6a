import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCircleCheck } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { client, sent } from '../api/client';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { usePrint } from '../shared/pdf';
import { ProblemAlert } from '../shared/states';
import { useUnsaved } from '../shared/unsaved';
import { Ltr, Money, Name } from '../shared/values';
import { AccountsTable } from './accounts-table';
import { payableLine, paymentBody, quoteQuestion, totalsOf, type LineDraft, type Payer } from './basket';
import { PaymentPanel } from './payment-panel';
import { receiptPath } from './receipt-path';
import { TILL } from './till.texts';
import { useBasket } from './use-basket';
import { useSettlement } from './use-exchange';
import { usePayment, type Taken } from './use-payment';

/** From what is owed to the receipt. */
export function Checkout({ payer }: { payer: Payer }) {
  const [taken, setTaken] = useState<Taken>();
  const print = usePrint();
  const onTaken = (payment: Taken) => {
    setTaken(payment);
    print(receiptPath(payment.serial));
  };
  return taken ? <Done payment={taken} /> : <Desk payer={payer} onTaken={onTaken} />;
}

/** What the chosen lines come to today, with reliefs; the answer before stays until the next is there. */
function useQuote(lines: readonly LineDraft[]) {
  const [asked] = useDebouncedValue(JSON.stringify(quoteQuestion(lines)), 120);
  const quote = useQuery({
    queryKey: ['quote', asked],
    enabled: lines.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => sent(client.POST('/api/v1/payments/quote', { body: JSON.parse(asked), signal })),
  });
  const fresh = asked === JSON.stringify(quoteQuestion(lines)) && !quote.isPlaceholderData && !quote.isFetching;
  return { ...quote, fresh };
}

function Desk({ payer, onTaken }: { payer: Payer; onTaken: (payment: Taken) => void }) {
  const [basket, change] = useBasket(payer);
  const quote = useQuote(basket.lines);
  const payment = usePayment(onTaken);
  const withReliefs = basket.tenders.every(({ kind }) => kind !== 'CHEQUE');
  const lines = basket.lines.map((draft) => {
    const quoted = quote.data?.lines.find(({ accountId }) => accountId === draft.accountId);
    return { draft, payable: payableLine(draft, quoted, withReliefs) };
  });
  const totals = totalsOf(lines.map(({ draft, payable }) => ({ currency: draft.currency, amount: payable.amount })));
  const exchange = useSettlement(totals, basket.tenders);
  const surplus = lines.some(({ payable }) => payable.surplus > 0);
  const clean = lines.every(({ payable }) => !payable.error && !payable.pending && payable.amount > 0);
  const ready =
    lines.length > 0 && clean && quote.fresh && exchange.settlement.complete && (!surplus || basket.acceptAdvance);
  useUnsaved(basket.touched || payment.lost !== undefined);
  const take = () => {
    const { tenders, payerName, acceptAdvance } = basket;
    const said = { payer, payerName, lines, tenders, settlement: exchange.settlement };
    if (ready || payment.lost) {
      payment.take(paymentBody({ ...said, acceptAdvance: surplus && acceptAdvance, withReliefs }));
    }
  };
  return (
    <div className="checkout">
      <Stack gap="sm">
        <PayerHeading payer={payer} />
        <ProblemAlert error={quote.error} retry={quote.refetch} />
        <fieldset disabled={payment.lost !== undefined || payment.isPending} className="bare">
          <AccountsTable
            payer={payer}
            lines={basket.lines}
            payable={new Map(lines.map(({ draft, payable }) => [draft.accountId, payable]))}
            change={change}
          />
        </fieldset>
      </Stack>
      <PaymentPanel
        basket={basket}
        change={change}
        totals={totals}
        exchange={exchange}
        surplus={surplus}
        ready={ready}
        busy={payment.isPending}
        lost={payment.lost !== undefined}
        error={payment.error}
        onTake={take}
      />
    </div>
  );
}

function PayerHeading({ payer }: { payer: Payer }) {
  const t = useText(TILL);
  return (
    <Group gap="xs" align="baseline">
      <Text fz="lg" fw={700} component="h2" m={0}>
        <Name>{payer.name}</Name>
      </Text>
      {payer.oneRecordNumber && (
        <Text size="sm" c="dimmed">
          {t('record', { number: '' })} <Ltr>{payer.oneRecordNumber}</Ltr>
        </Text>
      )}
    </Group>
  );
}

function Done({ payment }: { payment: Taken }) {
  const t = useText(TILL);
  const print = usePrint();
  const again = () => print(receiptPath(payment.serial));
  const change = payment.tenders.flatMap((tender) => (tender.change ? [tender.change] : []));
  useKeys([{ keys: 'F8', label: t('printAgain'), run: again }]);
  return (
    <Paper withBorder radius="md" p="lg" role="status" aria-label={t('taken')} maw={560}>
      <Group gap="xs" c="green">
        <IconCircleCheck />
        <Text fw={700}>{t('taken')}</Text>
      </Group>
      <Text mt="xs">
        {t('receipt')} <Ltr>{payment.serial}</Ltr> · <Name>{payment.payerName}</Name>
      </Text>
      {payment.totals.map(({ currency, amount, words }) => (
        <div key={currency}>
          <Text fz={24} fw={700}>
            <Money minor={amount} currency={currency} />
          </Text>
          <Text size="sm" c="dimmed">
            {words}
          </Text>
        </div>
      ))}
      {change.map(({ currency, amount }, at) => (
        <Group key={at} justify="space-between" className="change" mt="sm">
          <Text fw={600}>{t('giveChange')}</Text>
          <Text fz={30} fw={700}>
            <Money minor={amount} currency={currency} />
          </Text>
        </Group>
      ))}
      <Group mt="md">
        <Button onClick={again} variant="default" rightSection={<Key>F8</Key>}>
          {t('printAgain')}
        </Button>
        <Button component={Link} href={`/till/receipts/${payment.serial}`} variant="subtle">
          {t('receipt')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('next')} <Key>F2</Key>
        </Text>
      </Group>
    </Paper>
  );
}
