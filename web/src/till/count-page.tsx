import { Button, Card, Group, SimpleGrid, Table, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { CURRENCIES, DENOMINATIONS, toDecimalString, type Currency } from '@libs/money';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'wouter';
import { $api } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { currencyName } from '../i18n/format';
import { usePreferences, useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { useLeave } from '../shared/leave';
import { Page } from '../shared/page';
import { ProblemAlert } from '../shared/states';
import { SHARED } from '../shared/shared.texts';
import { useUnsaved } from '../shared/unsaved';
import { Ltr, Money } from '../shared/values';
import { countBody, countedSum, fieldOf, isCountable, typedPieces, type CountDraft } from './count';
import { SHIFT } from './shift.texts';
import './till.css';
import { Dialog } from '../shared/modal';

/** The blind count of one's own drawer: what is expected is not shown, and not known to this page. */
export default function CountPage() {
  const t = useText(SHIFT);
  const shared = useText(SHARED);
  const id = Number(useParams().id);
  const [draft, setDraft] = useState<CountDraft>({});
  const [asking, ask] = useDisclosure();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const count = $api.useMutation('post', '/api/v1/shifts/{id}/count', {
    async onSuccess() {
      attempt.done();
      await queries.invalidateQueries();
    },
    onError: attempt.failed,
  });
  useUnsaved(!count.isSuccess && Object.values(draft).some(Boolean));
  useLeave(count.isSuccess ? `/till/shifts/${id}` : undefined);
  const countable = isCountable(draft);
  useKeys([{ keys: 'F9', label: t('submitCount'), run: ask.open, disabled: !countable }]);
  const submit = () => {
    if (count.isPending) return;
    const params = { path: { id }, header: attempt.header() };
    count.mutate({ params, body: countBody(draft) });
  };
  return (
    <Page
      title={t('count')}
      actions={
        <Button onClick={ask.open} disabled={!countable} rightSection={<Key>F9</Key>}>
          {t('submitCount')}
        </Button>
      }
    >
      <Text c="dimmed">{t('countHint')}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {CURRENCIES.map((currency) => (
          <CurrencyCount key={currency} currency={currency} draft={draft} onChange={setDraft} />
        ))}
      </SimpleGrid>
      <Dialog opened={asking} onClose={ask.close} title={t('submitCount')}>
        <Text>{t('submitCountText')}</Text>
        <Table my="md">
          <Table.Tbody>
            {CURRENCIES.map((currency) => (
              <Table.Tr key={currency}>
                <Table.Th>{t('counted')}</Table.Th>
                <Table.Td className="end">
                  <Money minor={countedSum(draft, currency)} currency={currency} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <ProblemAlert error={count.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={ask.close}>
            {shared('cancel')}
          </Button>
          <Button data-autofocus loading={count.isPending} onClick={submit}>
            {t('submitCount')}
          </Button>
        </Group>
      </Dialog>
    </Page>
  );
}

interface CurrencyCountProps {
  currency: Currency;
  draft: CountDraft;
  onChange: (next: CountDraft) => void;
}

function CurrencyCount({ currency, draft, onChange }: CurrencyCountProps) {
  const t = useText(SHIFT);
  const { language } = usePreferences();
  const name = currencyName(currency, language);
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" mb="xs">
        <Text fw={600}>{name}</Text>
        <Text fw={700} aria-label={t('counted')}>
          <Money minor={countedSum(draft, currency)} currency={currency} />
        </Text>
      </Group>
      <div className="pieces">
        {DENOMINATIONS[currency].map((denomination) => {
          const field = fieldOf(currency, denomination);
          const value = toDecimalString(denomination, currency);
          const pieces = typedPieces(draft[field]);
          return (
            <div key={denomination} className="piece">
              <Text ta="end">
                <Ltr>{value}</Ltr>
              </Text>
              <TextInput
                size="xs"
                dir="ltr"
                inputMode="numeric"
                aria-label={t('piecesOf', { value, currency: name })}
                value={draft[field] ?? ''}
                error={pieces === null}
                onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
              />
              <Text size="sm" c="dimmed" ta="end">
                {pieces ? <Money minor={denomination * pieces} currency={currency} /> : null}
              </Text>
            </div>
          );
        })}
      </div>
    </Card>
  );
}
