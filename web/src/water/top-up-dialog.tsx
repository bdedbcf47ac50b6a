import { Alert, Anchor, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { parseAmount, toDecimalString } from '@libs/money';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useFieldErrors } from '../api/use-field-errors';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { Dialog } from '../shared/modal';
import { Loaded } from '../shared/states';
import { Money } from '../shared/values';
import { useOwnShift } from '../till/use-shift';
import { SoldTopUp } from './sold-top-up';
import { TopUpQuote } from './top-up-quote';
import { TOP_UPS } from './top-ups.texts';
import { useTopUp, type TopUpAttempt } from './use-top-up';

const TENDERS = ['CASH', 'CARD', 'TRANSFER'] as const;
/** Until somebody who types an amount has stopped. */
const WAIT_MS = 250;

interface TopUpDialogProps {
  subscription: { id: number; number: string };
  attempt: TopUpAttempt;
  onClose: () => void;
}

/** Sells water in advance: what the amount buys, how it is paid, then the token. In one's own open shift alone. */
export function TopUpDialog({ subscription, attempt, onClose }: TopUpDialogProps) {
  const t = useText(TOP_UPS);
  const shift = useOwnShift();
  const [sold, setSold] = useState<Schemas['TopUpView']>();
  const title = t('topUpOf', { number: subscription.number });
  if (sold) return <SoldTopUp topUp={sold} number={subscription.number} onClose={onClose} />;
  if (shift.data) return <Sale {...{ subscription, attempt, title, onClose }} onSold={setSold} />;
  return (
    <Dialog opened onClose={onClose} title={title}>
      <Loaded query={shift} rows={2}>
        {() => (
          <Alert color="orange" title={t('noShift')} role="alert">
            <Anchor component={Link} href="/till">
              {t('toTill')}
            </Anchor>
          </Alert>
        )}
      </Loaded>
    </Dialog>
  );
}

type Parsed = { minor: number; error?: undefined } | { minor?: undefined; error?: 'notAnAmount' | 'tooManyDecimals' };

/** Agorot; nothing while nothing is typed. */
function shekels(text: string): Parsed {
  if (text.trim() === '') return {};
  const parsed = parseAmount(text, 'ILS');
  if (!parsed.ok) return { error: parsed.error === 'too-many-decimals' ? 'tooManyDecimals' : 'notAnAmount' };
  return parsed.minor > 0 ? { minor: parsed.minor } : { error: 'notAnAmount' };
}

const typed = (minor: number | undefined): string => (minor === undefined ? '' : toDecimalString(minor, 'ILS'));

interface SaleProps extends TopUpDialogProps {
  title: string;
  onSold: (topUp: Schemas['TopUpView']) => void;
}

function Sale({ subscription: { id, number }, attempt, title, onSold, onClose }: SaleProps) {
  const t = useText(TOP_UPS);
  const before = attempt.lost;
  const [said, setSaid] = useState({
    amount: typed(before?.amount),
    tender: before?.tender ?? ('CASH' as const),
    tendered: typed(before?.tendered),
    reference: before?.reference ?? '',
  });
  const [named, setNamed] = useState(before?.payerName);
  const change = (changes: Partial<typeof said>) => setSaid((now) => ({ ...now, ...changes }));
  const payers = $api.useQuery('get', '/api/v1/billing/payers', { params: { query: { number } } });
  const payer = payers.data?.payers[0];
  const payerName = named ?? (payer && payer.oneRecordId === null ? payer.name : '');
  const { minor: amount, error: wrong } = shekels(said.amount);
  const handed = shekels(said.tendered);
  const [asked] = useDebouncedValue(amount, WAIT_MS);
  const quote = $api.useQuery(
    'get',
    '/api/v1/water/subscriptions/{id}/top-up-quote',
    { params: { path: { id }, query: { amount: asked ?? 0 } } },
    { enabled: asked !== undefined, retry: false, placeholderData: keepPreviousData },
  );
  const { sell, error, isPending } = useTopUp(id, attempt, onSold);
  const lost = before !== undefined;
  const errors = useFieldErrors(lost ? undefined : error);
  const cash = said.tender === 'CASH';
  const tooLittle = cash && amount !== undefined && handed.minor !== undefined && handed.minor < amount;
  const quoted = asked === amount && quote.data !== undefined && !quote.isPlaceholderData && !quote.error;
  const ready = amount !== undefined && quoted && !handed.error && !tooLittle;
  const submit = () => {
    const reference = said.reference.trim();
    sell({
      ...{ amount: amount!, tender: said.tender },
      ...(cash && handed.minor !== undefined && { tendered: handed.minor }),
      ...(!cash && reference && { reference }),
      ...(payerName.trim() && { payerName: payerName.trim() }),
    });
  };
  return (
    <FormDialog
      title={title}
      size="lg"
      submit={t(lost ? 'again' : 'take')}
      error={lost ? undefined : error}
      busy={isPending}
      disabled={!ready && !lost}
      dirty={said.amount !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      {lost && (
        <Alert color="orange" title={t('lost')} role="alert" tabIndex={-1} ref={(alert) => alert?.focus()}>
          {t('lostText')}
        </Alert>
      )}
      <fieldset disabled={lost} className="bare">
        <Stack gap="sm">
          <TextInput
            data-autofocus
            label={t('amount')}
            size="lg"
            dir="ltr"
            inputMode="decimal"
            required
            value={said.amount}
            error={wrong ? t(wrong) : errors.amount}
            onChange={({ currentTarget }) => change({ amount: currentTarget.value })}
          />
          {asked !== undefined && amount !== undefined && !lost && (
            <TopUpQuote quote={quote.data} error={quote.error} />
          )}
          <SegmentedControl
            aria-label={t('tender')}
            value={said.tender}
            data={TENDERS.map((value) => ({ value, label: t(value) }))}
            onChange={(tender) => change({ tender })}
          />
          {cash ? (
            <TextInput
              label={t('tendered')}
              dir="ltr"
              inputMode="decimal"
              placeholder={said.amount}
              value={said.tendered}
              error={(handed.error && t(handed.error)) ?? (tooLittle ? t('tooLittle') : errors.tendered)}
              onChange={({ currentTarget }) => change({ tendered: currentTarget.value })}
            />
          ) : (
            <TextInput
              label={t('reference')}
              dir="ltr"
              maxLength={60}
              value={said.reference}
              error={errors.reference}
              onChange={({ currentTarget }) => change({ reference: currentTarget.value })}
            />
          )}
          {cash && amount !== undefined && handed.minor !== undefined && handed.minor > amount && (
            <Text fw={700} data-testid="change">
              {t('change')} <Money minor={handed.minor - amount} currency="ILS" />
            </Text>
          )}
          <TextInput
            label={t('payerName')}
            maxLength={200}
            placeholder={payer?.name}
            value={payerName}
            error={errors.payerName}
            onChange={({ currentTarget }) => setNamed(currentTarget.value)}
          />
        </Stack>
      </fieldset>
    </FormDialog>
  );
}
