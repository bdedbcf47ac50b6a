import { Alert, Button, Checkbox, Divider, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Currency, MinorUnits } from '@libs/money';
import { useEffect, useRef } from 'react';
import { useFieldErrors } from '../api/use-field-errors';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { ProblemAlert } from '../shared/states';
import { Money } from '../shared/values';
import type { Settlement, TenderKind } from './settlement';
import { TENDER_KINDS } from './settlement';
import { TenderFields } from './tender-fields';
import { TILL } from './till.texts';
import type { Basket, ChangeBasket } from './use-basket';
import type { useSettlement } from './use-exchange';

interface PaymentPanelProps {
  basket: Basket;
  change: ChangeBasket;
  totals: ReadonlyMap<Currency, MinorUnits>;
  exchange: ReturnType<typeof useSettlement>;
  /** More than is owed on some account. */
  surplus: boolean;
  ready: boolean;
  busy: boolean;
  lost: boolean;
  error: unknown;
  onTake: () => void;
}

const KEYS: Record<TenderKind, string> = { CASH: 'Alt+N', CARD: 'Alt+W', TRANSFER: 'Alt+T', CHEQUE: 'Alt+Q' };

/** How it is paid: one or many tenders a currency, the change, and the button that takes the money. */
export function PaymentPanel(props: PaymentPanelProps) {
  const { basket, change, totals, exchange, surplus, ready, busy, lost, error, onTake } = props;
  const t = useText(TILL);
  const cash = useRef<HTMLInputElement>(null);
  // The payer is found; what is asked next is what they hand over.
  useEffect(() => cash.current?.focus(), []);
  const { settlement } = exchange;
  const errors = useFieldErrors(lost ? undefined : error);
  const currencies = [...totals.keys()];
  const add = (kind: TenderKind) => {
    const debt = currencies.find((currency) => (settlement.rest.get(currency) ?? 0) > 0) ?? currencies[0];
    if (debt) change({ type: 'addTender', kind, debt });
  };
  const nothing = currencies.length === 0;
  useKeys([
    { keys: 'F4', label: t('handedOver'), run: () => cash.current?.focus(), disabled: nothing || lost },
    ...TENDER_KINDS.map((kind) => ({
      ...{ keys: KEYS[kind], label: `${t('add')} ${t(kind)}`, disabled: nothing || lost },
      run: () => add(kind),
    })),
    { keys: 'F9', label: t(lost ? 'again' : 'take'), run: onTake, disabled: !(ready || lost) || busy },
  ]);
  const firstCash = basket.tenders.find(({ kind }) => kind === 'CASH')?.id;
  return (
    <Paper withBorder radius="md" p="sm" className="panel" component="section" aria-label={t('payment')}>
      <div className="scroll">
        <fieldset disabled={lost || busy} className="bare">
          <Stack gap="xs">
            <TextInput
              label={t('payerName')}
              value={basket.payerName}
              error={errors.payerName}
              onChange={({ currentTarget: { value } }) => change({ type: 'payerName', name: value })}
            />
            {[...totals].map(([currency, total]) => (
              <Stack key={currency} gap="xs">
                <Group justify="space-between" align="baseline">
                  <Text fw={600}>{t('toPay')}</Text>
                  <Text fz={26} fw={700} lh={1.2} data-testid={`total-${currency}`}>
                    <Money minor={total} currency={currency} />
                  </Text>
                </Group>
                {basket.tenders.map(
                  (draft, at) =>
                    draft.debt === currency && (
                      <TenderFields
                        key={draft.id}
                        draft={draft}
                        settled={settlement.tenders.get(draft.id)!}
                        quote={exchange.quoteOf(draft.id)}
                        removable={
                          basket.tenders.filter(({ debt }) => debt === currency).length > 1 || draft.kind !== 'CASH'
                        }
                        errors={under(errors, `tenders.${at}.`)}
                        change={change}
                        {...(draft.id === firstCash && { shortcut: 'F4', fieldRef: cash })}
                      />
                    ),
                )}
                <Rest settlement={settlement} currency={currency} />
              </Stack>
            ))}
            <Change basket={basket} settlement={settlement} />
            <Group gap={4}>
              {TENDER_KINDS.map((kind) => (
                <Button
                  key={kind}
                  size="compact-xs"
                  variant="default"
                  leftSection={<IconPlus size={12} />}
                  rightSection={<Key>{KEYS[kind]}</Key>}
                  disabled={nothing}
                  onClick={() => add(kind)}
                >
                  {t(kind)}
                </Button>
              ))}
            </Group>
            {surplus && (
              <Checkbox
                label={t('acceptAdvance')}
                checked={basket.acceptAdvance}
                onChange={({ currentTarget: { checked } }) => change({ type: 'acceptAdvance', accept: checked })}
              />
            )}
            {basket.tenders.some(({ kind }) => kind === 'CHEQUE') && (
              <Text size="xs" c="dimmed">
                {t('chequeForgoes')}
              </Text>
            )}
          </Stack>
        </fieldset>
      </div>
      <Divider my="sm" />
      <Stack gap="xs">
        {lost ? (
          <Alert color="orange" title={t('lost')} role="alert">
            {t('lostText')}
          </Alert>
        ) : (
          <ProblemAlert error={error ?? exchange.error} />
        )}
        <Button
          size="md"
          fullWidth
          loading={busy}
          disabled={!(ready || lost)}
          rightSection={<Key>F9</Key>}
          onClick={onTake}
        >
          {t(lost ? 'again' : 'take')}
        </Button>
      </Stack>
    </Paper>
  );
}

const under = (errors: Record<string, string>, path: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).flatMap(([at, text]) => (at.startsWith(path) ? [[at.slice(path.length), text]] : [])),
  );

function Rest({ settlement, currency }: { settlement: Settlement; currency: Currency }) {
  const t = useText(TILL);
  const left = settlement.rest.get(currency) ?? 0;
  if (left === 0) return null;
  return (
    <Group justify="space-between" c="orange" role="status">
      <Text size="sm" fw={600}>
        {t('rest')}
      </Text>
      <Text fw={700}>
        <Money minor={left} currency={currency} />
      </Text>
    </Group>
  );
}

function Change({ basket, settlement }: { basket: Basket; settlement: Settlement }) {
  const t = useText(TILL);
  const given = basket.tenders.flatMap(({ id, currency }) => {
    const { change } = settlement.tenders.get(id)!;
    return change > 0 ? [{ id, currency, change }] : [];
  });
  return given.map(({ id, currency, change }) => (
    <Group key={id} justify="space-between" align="baseline" className="change" role="status">
      <Text fw={600}>{t('change')}</Text>
      <Text fz={26} fw={700} lh={1.2}>
        <Money minor={change} currency={currency} />
      </Text>
    </Group>
  ));
}
