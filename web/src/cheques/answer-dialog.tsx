import { Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useLastAct } from '../api/use-last-act';
import { useFieldErrors } from '../api/use-field-errors';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { Ltr, Money, Name } from '../shared/values';
import { CHEQUES } from './cheques.texts';

interface Said {
  outcome: 'pending' | 'cleared' | 'returned';
  reason: string;
}

const OUTCOMES = ['pending', 'cleared', 'returned'] as const;
const NOTHING: Said = { outcome: 'pending', reason: '' };

interface AnswerDialogProps {
  deposit: Schemas['ChequeDepositView'];
  onClose: () => void;
}

/** What the bank says of each cheque of a deposit; those of which it says nothing yet stay for another answer. */
export function AnswerDialog({ deposit, onClose }: AnswerDialogProps) {
  const t = useText(CHEQUES);
  const { answer: ended, header } = useLastAct(onClose);
  const { id } = deposit;
  const cheques = deposit.cheques.filter(({ outcome }) => outcome === 'PENDING');
  const [said, setSaid] = useState<Readonly<Record<number, Said>>>({});
  const [reference, setReference] = useState('');
  const of = (chequeId: number) => said[chequeId] ?? NOTHING;
  const say = (chequeId: number, next: Partial<Said>) =>
    setSaid((now) => ({ ...now, [chequeId]: { ...of(chequeId), ...next } }));
  const answer = $api.useMutation('post', '/api/v1/cheque-deposits/{id}/outcomes', ended);
  const errors = useFieldErrors(answer.error);
  const cleared = cheques.filter((cheque) => of(cheque.id).outcome === 'cleared').map((cheque) => cheque.id);
  const returned = cheques
    .filter((cheque) => of(cheque.id).outcome === 'returned')
    .map((cheque) => ({ chequeId: cheque.id, reason: of(cheque.id).reason.trim() }));
  const complete = cleared.length + returned.length > 0 && returned.every(({ reason }) => reason.length >= 3);
  const submit = () => {
    const body = { cleared, returned, ...(reference.trim() && { reference: reference.trim() }) };
    answer.mutate({ params: { path: { id }, header: header() }, body });
  };
  return (
    <FormDialog
      title={t('answerTitle', { id })}
      size="lg"
      submit={t('save')}
      error={answer.error}
      busy={answer.isPending}
      disabled={!complete}
      dirty={cleared.length + returned.length > 0 || reference !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      {cheques.map(({ id: chequeId, number, drawer, sum }) => (
        <Stack key={chequeId} gap={6}>
          <Group justify="space-between">
            <Text size="sm">
              <Ltr>{number}</Ltr> · <Name>{drawer}</Name> · <Money minor={sum.amount} currency={sum.currency} />
            </Text>
            <SegmentedControl
              size="xs"
              aria-label={t('outcomeOf', { number })}
              value={of(chequeId).outcome}
              data={OUTCOMES.map((value) => ({ value, label: t(value) }))}
              onChange={(outcome) => say(chequeId, { outcome: outcome as Said['outcome'] })}
            />
          </Group>
          {of(chequeId).outcome === 'returned' && (
            <TextInput
              label={t('why')}
              required
              value={of(chequeId).reason}
              error={errors[`returned.${returned.findIndex((each) => each.chequeId === chequeId)}.reason`]}
              onChange={({ currentTarget: { value } }) => say(chequeId, { reason: value })}
            />
          )}
        </Stack>
      ))}
      <TextInput
        label={t('reference')}
        dir="ltr"
        value={reference}
        error={errors.reference}
        onChange={({ currentTarget: { value } }) => setReference(value)}
      />
    </FormDialog>
  );
}
