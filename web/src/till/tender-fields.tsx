import { ActionIcon, Badge, Group, Paper, Select, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { CURRENCIES, toDecimalString, type Currency } from '@libs/money';
import type { Schemas } from '../api/client';
import { currencyName, shownDay } from '../i18n/format';
import { usePreferences, useText } from '../i18n/preferences';
import { Key } from '../shared/keys';
import { Money } from '../shared/values';
import { ChequeFields } from './cheque-fields';
import type { SettledTender, TenderDraft } from './settlement';
import { TILL } from './till.texts';
import type { ChangeBasket } from './use-basket';

interface TenderFieldsProps {
  draft: TenderDraft;
  settled: SettledTender;
  quote: Schemas['QuoteView'] | undefined;
  /** The only one of its currency stays. */
  removable: boolean;
  /** Of the server, by the path inside the tender: `cheque.number`. */
  errors: Readonly<Record<string, string>>;
  change: ChangeBasket;
  /** Shown beside the first cash field, which it leads into. */
  shortcut?: string;
  fieldRef?: React.Ref<HTMLInputElement>;
}

/** One way of paying: how much, of which money, and what a card, transfer or cheque needs. */
export function TenderFields(props: TenderFieldsProps) {
  const { draft, settled, quote, removable, errors, change, shortcut, fieldRef } = props;
  const t = useText(TILL);
  const { language } = usePreferences();
  const { id, kind, debt, currency, typed, reference, cheque } = draft;
  const edit = (changes: Partial<TenderDraft>) => change({ type: 'tender', id, changes });
  const own = settled.error && t(settled.error as 'tooMuch');
  const of = (path: string) =>
    Object.fromEntries(
      Object.entries(errors).flatMap(([at, text]) => (at.startsWith(path) ? [[at.slice(path.length), text]] : [])),
    );
  return (
    <Paper withBorder radius="md" p="xs">
      <Group justify="space-between" mb={4}>
        <Badge variant="light">{t(kind)}</Badge>
        {removable && (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="red"
            aria-label={t('remove')}
            onClick={() => change({ type: 'removeTender', id })}
          >
            <IconTrash size={16} />
          </ActionIcon>
        )}
      </Group>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput
          ref={fieldRef}
          autoFocus={draft.added}
          style={{ flex: 1 }}
          label={t(kind === 'CASH' ? 'handedOver' : 'amount')}
          dir="ltr"
          inputMode="decimal"
          size="md"
          value={typed}
          placeholder={settled.amount > 0 ? toDecimalString(settled.amount, currency) : ''}
          error={own ?? errors.amount ?? errors.tendered}
          rightSection={shortcut && <Key>{shortcut}</Key>}
          onChange={({ currentTarget: { value } }) => edit({ typed: value })}
        />
        {kind !== 'CHEQUE' && (
          <Select
            w={104}
            size="md"
            label={t('currency')}
            allowDeselect={false}
            value={currency}
            data={CURRENCIES.map((each) => ({ value: each, label: currencyName(each, language) }))}
            error={errors.currency}
            onChange={(value) => value && edit({ currency: value, typed: '' })}
          />
        )}
      </Group>
      {kind !== 'CASH' && kind !== 'CHEQUE' && (
        <TextInput
          mt={4}
          size="xs"
          dir="ltr"
          label={t('reference')}
          value={reference}
          error={errors.reference}
          onChange={({ currentTarget: { value } }) => edit({ reference: value })}
        />
      )}
      {kind === 'CHEQUE' && (
        <ChequeFields
          cheque={cheque}
          errors={of('cheque.')}
          onChange={(changes) => change({ type: 'tender', id, changes: {}, cheque: changes })}
        />
      )}
      {quote && <RateLine quote={quote} debt={debt} settled={settled} />}
    </Paper>
  );
}

function RateLine({ quote, debt, settled }: { quote: Schemas['QuoteView']; debt: Currency; settled: SettledTender }) {
  const t = useText(TILL);
  const { digits } = usePreferences();
  const { base, quote: other, rate, validOn, source } = quote.rate;
  return (
    <Text size="xs" mt={6}>
      {t('settles')} <Money minor={settled.pays} currency={debt} />.{' '}
      <Text span c="dimmed">
        {t('exchange', { one: '1', base, rate, quote: other, date: shownDay(validOn, digits), source })}
      </Text>
    </Text>
  );
}
