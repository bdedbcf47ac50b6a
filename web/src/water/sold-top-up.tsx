import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Schemas } from '../api/client';
import { shownAmount } from '../i18n/format';
import { languageNow, usePreferences, useText } from '../i18n/preferences';
import { Dialog } from '../shared/modal';
import { usePrint } from '../shared/pdf';
import { ProblemAlert } from '../shared/states';
import { Fact, Ltr, Money } from '../shared/values';
import { receiptPath } from '../till/receipt-path';
import { Token } from './token';
import { TOP_UPS } from './top-ups.texts';
import { vend } from './use-top-up';

interface SoldTopUpProps {
  topUp: Schemas['TopUpView'];
  /** Of the subscription. */
  number: string;
  onClose: () => void;
}

/** Of a sheet with the token of a top-up, to be printed. */
export const slip = (id: number, title: string) => ({
  title,
  path: `/api/v1/water/top-ups/${id}/slip.pdf?lang=${languageNow()}`,
});

/** The money is taken: the token is asked for at once, shown, and printed; where the vending system fails it is asked again. */
export function SoldTopUp({ topUp, number, onClose }: SoldTopUpProps) {
  const t = useText(TOP_UPS);
  const { digits } = usePreferences();
  const show = usePrint();
  const queries = useQueryClient();
  const { id, amount, cubicMetres, price, receiptSerial } = topUp;
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => vend(id),
    onSuccess: () => queries.invalidateQueries(),
  });
  useEffect(() => mutate(), [mutate]);
  return (
    <Dialog opened onClose={onClose} title={t('topUpOf', { number })} size="lg" closeOnClickOutside={false}>
      <Stack>
        <Alert color="green" role="status" title={t('sold', { amount: shownAmount(amount, 'ILS', digits) })} />
        {isPending && (
          <Group gap="xs" role="status">
            <Loader size="sm" /> {t('waiting')}
          </Group>
        )}
        <ProblemAlert error={error} />
        {data?.token && <Token token={data.token} />}
        <dl className="facts">
          <Fact label={t('buys')}>
            <Ltr>{cubicMetres}</Ltr> {t('cubicMetres')}
          </Fact>
          <Fact label={t('price')}>
            <Money minor={price} currency="ILS" />
          </Fact>
          <Fact label={t('receipt')}>
            <Ltr>{receiptSerial}</Ltr>
          </Fact>
        </dl>
        <Text size="sm" c="dimmed">
          {t('tokenHint')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('done')}
          </Button>
          <Button variant="default" onClick={() => show(receiptPath(receiptSerial))}>
            {t('printReceipt')}
          </Button>
          {data?.token ? (
            <Button autoFocus onClick={() => show(slip(id, t('slipOf', { number })))}>
              {t('printSlip')}
            </Button>
          ) : (
            <Button loading={isPending} onClick={() => mutate()}>
              {t('askToken')}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}
