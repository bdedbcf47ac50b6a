import { Badge, Button, Card, Checkbox, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { useLastAct } from '../api/use-last-act';
import { useFieldErrors } from '../api/use-field-errors';
import { useMay } from '../api/use-session';
import { languageNow, useText } from '../i18n/preferences';
import { End, Listing } from '../shared/listing';
import { FormDialog } from '../shared/dialog';
import { Key, useKeys } from '../shared/keys';
import { Page } from '../shared/page';
import { usePrint } from '../shared/pdf';
import { Loaded, Paged, ProblemAlert } from '../shared/states';
import { Day, Instant, Ltr, Money, Name } from '../shared/values';
import { STATE_COLORS } from './receipts-page';
import { SHIFT } from './shift.texts';
import './till.css';

const PAGE = 20;

/** Cash on its way to the bank: what is to be sent, what was, and what the bank has confirmed. */
export default function DepositsPage() {
  const t = useText(SHIFT);
  const may = useMay();
  const [page, setPage] = useState(1);
  const deposits = $api.useQuery('get', '/api/v1/deposits', { params: { query: { page, pageSize: PAGE } } });
  return (
    <Page title={t('deposits')}>
      {may('billing.deposit.create') && <ToDeposit />}
      <Paged query={deposits} page={page} onPage={setPage}>
        {(items) => <DepositTable items={items} />}
      </Paged>
    </Page>
  );
}

const slip = (id: number, title: string) => ({ title, path: `/api/v1/deposits/${id}/slip.pdf?lang=${languageNow()}` });

function ToDeposit() {
  const t = useText(SHIFT);
  const show = usePrint();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const [chosen, setChosen] = useState<number[]>([]);
  const query = { state: 'CLOSED' as const, page: 1, pageSize: 100 };
  const shifts = $api.useQuery('get', '/api/v1/shifts', { params: { query } });
  const make = $api.useMutation('post', '/api/v1/deposits', {
    async onSuccess({ id }) {
      attempt.done();
      setChosen([]);
      show(slip(id, t('depositOf', { id })));
      await queries.invalidateQueries();
    },
    onError: attempt.failed,
  });
  const submit = () =>
    !make.isPending && make.mutate({ params: { header: attempt.header() }, body: { shiftIds: chosen } });
  useKeys([{ keys: 'F9', label: t('deposit'), run: submit, disabled: chosen.length === 0 }]);
  return (
    <Card withBorder>
      <Text fw={600} mb="xs">
        {t('toDeposit')}
      </Text>
      <Loaded query={shifts} rows={2}>
        {({ items }) => {
          const open = items.filter(({ depositId }) => depositId === null);
          if (open.length === 0) return <Text c="dimmed">{t('noneToDeposit')}</Text>;
          return (
            <Stack gap="xs">
              {open.map(({ id, tillCode, cashierName, closedAt }) => (
                <Checkbox
                  key={id}
                  aria-label={t('pick', { till: tillCode })}
                  label={
                    <>
                      <Ltr>{tillCode}</Ltr> · <Name>{cashierName}</Name> · <Instant at={closedAt} />
                    </>
                  }
                  checked={chosen.includes(id)}
                  onChange={({ currentTarget: { checked } }) =>
                    setChosen((now) => (checked ? [...now, id] : now.filter((each) => each !== id)))
                  }
                />
              ))}
              <ProblemAlert error={make.error} />
              <Group>
                <Button
                  disabled={chosen.length === 0}
                  loading={make.isPending}
                  onClick={submit}
                  rightSection={<Key>F9</Key>}
                >
                  {t('deposit')}
                </Button>
              </Group>
            </Stack>
          );
        }}
      </Loaded>
    </Card>
  );
}

function DepositTable({ items }: { items: Schemas['DepositView'][] }) {
  const t = useText(SHIFT);
  const may = useMay();
  const show = usePrint();
  const [confirming, setConfirming] = useState<number>();
  return (
    <>
      <Listing
        label={t('deposits')}
        head={[t('made'), <End key="amount">{t('amount')}</End>, t('bankReference'), t('state'), null]}
      >
        {items.map(({ id, madeOn, amounts, bankReference, state }) => (
          <Table.Tr key={id}>
            <Table.Td>
              <Day day={madeOn} />
            </Table.Td>
            <Table.Td className="end">
              {amounts.map(({ currency, amount }) => (
                <div key={currency}>
                  <Money minor={amount} currency={currency} />
                </div>
              ))}
            </Table.Td>
            <Table.Td>
              <Ltr>{bankReference}</Ltr>
            </Table.Td>
            <Table.Td>
              <Badge color={STATE_COLORS[state]} variant="light">
                {t(state)}
              </Badge>
            </Table.Td>
            <Table.Td>
              <Group gap="xs" justify="flex-end">
                <Button size="compact-sm" variant="default" onClick={() => show(slip(id, t('depositOf', { id })))}>
                  {t('slip')}
                </Button>
                {state === 'IN_TRANSIT' && may('billing.deposit.confirm') && (
                  <Button size="compact-sm" onClick={() => setConfirming(id)}>
                    {t('confirm')}
                  </Button>
                )}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Listing>
      {confirming !== undefined && <ConfirmDeposit id={confirming} onClose={() => setConfirming(undefined)} />}
    </>
  );
}

function ConfirmDeposit({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText(SHIFT);
  const { answer, header } = useLastAct(onClose);
  const [said, setSaid] = useState({ bankAccount: '', bankReference: '' });
  const confirm = $api.useMutation('post', '/api/v1/deposits/{id}/confirm', answer);
  const errors = useFieldErrors(confirm.error);
  return (
    <FormDialog
      title={t('confirm')}
      submit={t('save')}
      error={confirm.error}
      busy={confirm.isPending}
      dirty={said.bankAccount !== ''}
      onSubmit={() => !confirm.isPending && confirm.mutate({ params: { path: { id }, header: header() }, body: said })}
      onClose={onClose}
    >
      {(['bankAccount', 'bankReference'] as const).map((name) => (
        <TextInput
          key={name}
          label={t(name)}
          required
          dir="ltr"
          data-autofocus={name === 'bankAccount' || undefined}
          value={said[name]}
          error={errors[name]}
          onChange={({ currentTarget: { value } }) => setSaid((now) => ({ ...now, [name]: value }))}
        />
      ))}
    </FormDialog>
  );
}
