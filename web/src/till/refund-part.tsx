import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { isUnknown, type Attempt } from '../api/use-attempt';
import { useFieldErrors } from '../api/use-field-errors';
import { useText } from '../i18n/preferences';
import { ReasonDialog } from '../shared/reason';
import { Ltr, Money } from '../shared/values';
import { PayingShift } from './paying-shift';
import { refundable, refundError } from './refund';
import { REFUND } from './refund.texts';
import { TILL } from './till.texts';

interface RefundPartProps {
  payment: Schemas['PaymentView'];
  /** Of the page: one whose answer was lost stays the same when the dialog is opened again. */
  attempt: Attempt;
  onClose: () => void;
  onDone: () => unknown;
}

/** Takes back a part of what some accounts got, by account, with a reason; the receipt stands with the rest. */
export function RefundPart({ payment, attempt, onClose, onDone }: RefundPartProps) {
  const t = useText(REFUND);
  const w = useText(TILL);
  const queries = useQueryClient();
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [payingShift, setPayingShift] = useState<string | null>(null);
  const { serial } = payment;
  const lines = refundable(payment);
  const asked = lines.filter(({ line }) => typed[line.accountId]?.trim());
  const reverse = $api.useMutation('post', '/api/v1/payments/{serial}/partial-reversal', {
    async onSuccess() {
      attempt.done();
      await queries.invalidateQueries();
      onDone();
      onClose();
    },
    onError(error) {
      attempt.failed(error);
      // The page then shows what has become of it.
      if (isUnknown(error)) void queries.invalidateQueries();
    },
  });
  const wrong = useFieldErrors(reverse.error);
  const refused = (accountId: number) => {
    const at = asked.findIndex(({ line }) => line.accountId === accountId);
    return at < 0 ? undefined : wrong[`lines.${at}.amount`];
  };
  const confirm = (reason: string) => {
    const body = {
      reason,
      ...(payingShift && { payingShiftId: Number(payingShift) }),
      lines: asked.map(({ line: { accountId } }) => ({ accountId, amount: typed[accountId]!.trim() })),
    };
    reverse.mutate({ params: { path: { serial }, header: attempt.header() }, body });
  };
  const fits = lines.every((line) => refundError(typed[line.line.accountId] ?? '', line) === null);
  return (
    <ReasonDialog
      title={t('partTitle', { serial })}
      error={reverse.error}
      busy={reverse.isPending}
      disabled={asked.length === 0 || !fits}
      onConfirm={confirm}
      onClose={onClose}
      before={
        <Stack gap="sm" mb="md">
          <Text size="sm" c="dimmed">
            {t('partHint')}
          </Text>
          {lines.map((each, at) => {
            const { accountId, accountNumber, serviceType } = each.line;
            const text = typed[accountId] ?? '';
            const own = refundError(text, each);
            return (
              <Group key={accountId} justify="space-between" align="flex-start" wrap="nowrap">
                <Text size="sm">
                  {w(serviceType)} <Ltr>{accountNumber}</Ltr>
                  <Text span size="xs" c="dimmed" display="block">
                    {t('left')} <Money minor={each.left} currency={each.currency} />
                  </Text>
                </Text>
                <TextInput
                  w={150}
                  dir="ltr"
                  inputMode="decimal"
                  data-autofocus={at === 0 || undefined}
                  aria-label={t('backOf', { account: accountNumber })}
                  placeholder={t('back')}
                  value={text}
                  error={own ? t(own as 'tooMuch') : refused(accountId)}
                  onChange={({ currentTarget: { value } }) => setTyped((now) => ({ ...now, [accountId]: value }))}
                />
              </Group>
            );
          })}
        </Stack>
      }
    >
      {payment.tenders.some(({ kind }) => kind === 'CASH') && (
        <PayingShift value={payingShift} onChange={setPayingShift} />
      )}
    </ReasonDialog>
  );
}
