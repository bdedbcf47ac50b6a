import { Alert, Group, Stack, Table, Text } from '@mantine/core';
import type { Schemas } from '../api/client';
import { asProblem } from '../api/problem';
import { shownAmount } from '../i18n/format';
import { usePreferences, useText } from '../i18n/preferences';
import { Loading, ProblemAlert } from '../shared/states';
import { Ltr, Money } from '../shared/values';
import { TOP_UPS } from './top-ups.texts';

type Quote = Schemas['TopUpQuoteView'];

interface TopUpQuoteProps {
  quote: Quote | undefined;
  error: unknown;
}

/** What an amount buys: the water, of which blocks it is, and what is charged. */
export function TopUpQuote({ quote, error }: TopUpQuoteProps) {
  if (error) return <Refused error={error} />;
  return quote ? <Bought quote={quote} /> : <Loading rows={2} />;
}

function Refused({ error }: { error: unknown }) {
  const t = useText(TOP_UPS);
  const { language, digits } = usePreferences();
  const { code, title, least } = asProblem(error, language);
  if (code !== 'water.top-up-too-small') return <ProblemAlert error={error} />;
  return (
    <Alert color="orange" role="alert" title={title}>
      {t('least', { least: shownAmount(String(least), 'ILS', digits) })}
    </Alert>
  );
}

function Bought({ quote }: { quote: Quote }) {
  const t = useText(TOP_UPS);
  const { cubicMetres, boughtLitres, blocks, lines, price, rest } = quote;
  return (
    <Stack gap="xs" aria-live="polite">
      <Group justify="space-between" align="baseline">
        <Text fw={600}>{t('buys')}</Text>
        <Text fz={26} fw={700} lh={1.2} data-testid="buys">
          <Ltr>{cubicMetres}</Ltr> {t('cubicMetres')}
        </Text>
      </Group>
      {boughtLitres > 0 && (
        <Text size="sm" c="dimmed">
          {t('boughtBefore')}: <Ltr>{(boughtLitres / 1000).toFixed(3)}</Ltr> {t('cubicMetres')}
        </Text>
      )}
      <Table withTableBorder verticalSpacing={4} aria-label={t('blocks')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('blocks')}</Table.Th>
            <Table.Th className="end">{t('quantity')}</Table.Th>
            <Table.Th className="end">{t('pricePer')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {blocks.map(({ over, upTo, cubicMetres: of, price: per }) => (
            <Table.Tr key={over}>
              <Table.Td>
                {upTo === null
                  ? t('blockOver', { over: whole(over) })
                  : t('blockUpTo', { over: whole(over), upTo: whole(upTo) })}
              </Table.Td>
              <Table.Td className="end">
                <Ltr>{of}</Ltr>
              </Table.Td>
              <Table.Td className="end">
                <Ltr>{per}</Ltr>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Table withTableBorder verticalSpacing={4} aria-label={t('charged')}>
        <Table.Tbody>
          {lines.map(({ head, amount }) => (
            <Sum key={head} label={t(head as 'WATER')} minor={amount} />
          ))}
          <Sum label={t('price')} minor={price} strong />
          {rest !== '0' && <Sum label={t('rest')} hint={t('restHint')} minor={rest} />}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

/** Bounds of blocks are mostly whole cubic metres. */
const whole = (cubicMetres: string): string => cubicMetres.replace(/\.000$/, '');

function Sum({ label, hint, minor, strong }: { label: string; hint?: string; minor: string; strong?: boolean }) {
  return (
    <Table.Tr fw={strong ? 700 : undefined}>
      <Table.Td>
        {label}{' '}
        {hint && (
          <Text span size="xs" c="dimmed">
            {hint}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="end">
        <Money minor={minor} currency="ILS" />
      </Table.Td>
    </Table.Tr>
  );
}
