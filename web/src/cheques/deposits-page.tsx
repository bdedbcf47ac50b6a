import { Button, Group, Table } from '@mantine/core';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Listing } from '../shared/listing';
import { usePrint } from '../shared/pdf';
import { Paged } from '../shared/states';
import { Day, Ltr, Money, Name } from '../shared/values';
import { AnswerDialog } from './answer-dialog';
import { ChequesArea, ChequeState } from './cheques-area';
import { CHEQUES } from './cheques.texts';
import { slip } from './slip';

type Deposit = Schemas['ChequeDepositView'];

const PAGE = 20;

/** Cheques that went to the bank together, and what it says of them. */
export default function ChequeDepositsPage() {
  const t = useText(CHEQUES);
  const may = useMay();
  const show = usePrint();
  const [page, setPage] = useState(1);
  const [answering, setAnswering] = useState<Deposit>();
  const query = { page, pageSize: PAGE };
  const deposits = $api.useQuery('get', '/api/v1/cheque-deposits', { params: { query } });
  return (
    <ChequesArea title={t('deposits')}>
      <Paged query={deposits} page={page} onPage={setPage} empty={t('noDeposits')}>
        {(items) => (
          <Listing label={t('deposits')} head={[t('made'), t('bank'), t('cheques'), t('state'), null]} minWidth={760}>
            {items.map((deposit) => {
              const { id, madeOn, bankName, bankAccount, cheques, state } = deposit;
              return (
                <Table.Tr key={id}>
                  <Table.Td>
                    <Day day={madeOn} />
                  </Table.Td>
                  <Table.Td>
                    <Name>{bankName}</Name> <Ltr>{bankAccount}</Ltr>
                  </Table.Td>
                  <Table.Td>
                    {cheques.map(({ id: chequeId, number, sum, state: now }) => (
                      <Group key={chequeId} gap={6}>
                        <Ltr>{number}</Ltr>
                        <Money minor={sum.amount} currency={sum.currency} />
                        <ChequeState state={now} />
                      </Group>
                    ))}
                  </Table.Td>
                  <Table.Td>
                    <ChequeState state={state} />
                  </Table.Td>
                  <Table.Td>
                    <Group gap="xs" justify="flex-end">
                      <Button size="compact-sm" variant="default" onClick={() => show(slip(id, t('slipOf', { id })))}>
                        {t('slip')}
                      </Button>
                      {state === 'IN_TRANSIT' && may('billing.cheque-deposit.settle') && (
                        <Button size="compact-sm" onClick={() => setAnswering(deposit)}>
                          {t('answer')}
                        </Button>
                      )}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Listing>
        )}
      </Paged>
      {answering && <AnswerDialog deposit={answering} onClose={() => setAnswering(undefined)} />}
    </ChequesArea>
  );
}
