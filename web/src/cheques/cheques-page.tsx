import { Button, Checkbox, Group, Select, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { foldDigits } from '@libs/arabic';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { useMay } from '../api/use-session';
import { today } from '../i18n/format';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { End, Listing } from '../shared/listing';
import { Paged, ProblemAlert } from '../shared/states';
import { Day, Ltr, Money, Name } from '../shared/values';
import { ChequesArea, ChequeState } from './cheques-area';
import { CHEQUES } from './cheques.texts';
import { DepositDialog } from './deposit-dialog';

type Cheque = Schemas['ChequeView'];

const STATES = [
  ...(['RECEIVED', 'HELD', 'DUE', 'DEPOSITED', 'CLEARED'] as const),
  ...(['RETURNED', 'REDEPOSITED', 'REPLACED', 'LEGAL', 'CANCELLED'] as const),
];
const isInDrawer = ({ state }: Cheque) => state === 'RECEIVED';
/** It is due, or came back. The night makes cheques in the safe due; those of today may go before it. */
const isForBank = ({ state, dueOn }: Cheque) =>
  state === 'DUE' || state === 'RETURNED' || (state === 'HELD' && dueOn <= today());
const PAGE = 50;

/** Cheques by due date; out of the drawer into the safe, and those that are due, or came back, to the bank. */
export default function ChequesPage() {
  const t = useText(CHEQUES);
  const [state, setState] = useState<Cheque['state'] | null>(null);
  const [typed, setTyped] = useState('');
  const [number] = useDebouncedValue(foldDigits(typed).trim(), 200);
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<readonly Cheque[]>([]);
  const query = { page, pageSize: PAGE, ...(state && { state }), ...(number && { number }) };
  const cheques = $api.useQuery('get', '/api/v1/cheques', { params: { query } });
  const anew = () => {
    setPage(1);
    setChosen([]);
  };
  return (
    <ChequesArea title={t('cheques')}>
      <Group align="flex-end">
        <Select
          label={t('state')}
          clearable
          w={180}
          placeholder={t('any')}
          value={state}
          data={STATES.map((value) => ({ value, label: t(value) }))}
          onChange={(next) => (setState(next), anew())}
        />
        <TextInput
          label={t('findNumber')}
          dir="ltr"
          w={180}
          value={typed}
          onChange={({ currentTarget: { value } }) => (setTyped(value), anew())}
        />
      </Group>
      <Acts chosen={chosen} onDone={() => setChosen([])} />
      <Paged query={cheques} page={page} onPage={(next) => (setPage(next), setChosen([]))} empty={t('none')}>
        {(items) => <ChequeTable items={items} chosen={chosen} onChoose={setChosen} />}
      </Paged>
    </ChequesArea>
  );
}

function Acts({ chosen, onDone }: { chosen: readonly Cheque[]; onDone: () => void }) {
  const t = useText(CHEQUES);
  const may = useMay();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const [sending, setSending] = useState(false);
  const hold = $api.useMutation('post', '/api/v1/cheques/hold', {
    async onSuccess() {
      attempt.done();
      onDone();
      notifications.show({ message: t('held'), color: 'green' });
      await queries.invalidateQueries();
    },
    onError: attempt.failed,
  });
  const all = (fits: (cheque: Cheque) => boolean) => chosen.length > 0 && chosen.every(fits);
  const mayHold = may('billing.cheque.hold');
  const maySend = may('billing.cheque-deposit.create');
  const take = () =>
    !hold.isPending &&
    hold.mutate({ params: { header: attempt.header() }, body: { chequeIds: chosen.map(({ id }) => id) } });
  useKeys([
    { keys: 'F6', label: t('hold'), run: take, disabled: !mayHold || !all(isInDrawer) },
    { keys: 'F9', label: t('deposit'), run: () => setSending(true), disabled: !maySend || !all(isForBank) },
  ]);
  if (!mayHold && !maySend) return null;
  return (
    <>
      <Group>
        {mayHold && (
          <Button
            variant="default"
            disabled={!all(isInDrawer)}
            loading={hold.isPending}
            onClick={take}
            rightSection={<Key>F6</Key>}
          >
            {t('hold')}
          </Button>
        )}
        {maySend && (
          <Button disabled={!all(isForBank)} onClick={() => setSending(true)} rightSection={<Key>F9</Key>}>
            {t('deposit')}
          </Button>
        )}
        <Text size="sm" c="dimmed" role="status">
          {chosen.length > 0 && t('chosen', { count: chosen.length })}
        </Text>
      </Group>
      <ProblemAlert error={hold.error} />
      {sending && <DepositDialog cheques={chosen} onClose={() => setSending(false)} onDone={onDone} />}
    </>
  );
}

interface ChequeTableProps {
  items: Cheque[];
  chosen: readonly Cheque[];
  onChoose: (chosen: readonly Cheque[]) => void;
}

function ChequeTable({ items, chosen, onChoose }: ChequeTableProps) {
  const t = useText(CHEQUES);
  const isChosen = (cheque: Cheque) => chosen.some(({ id }) => id === cheque.id);
  return (
    <Listing
      label={t('cheques')}
      head={[null, t('number'), t('bank'), t('drawer'), <End key="sum">{t('sum')}</End>, t('dueOn'), t('state')]}
      minWidth={760}
    >
      {items.map((cheque) => {
        const { id, number, bankName, drawer, sum, dueOn, state, returns } = cheque;
        return (
          <Table.Tr key={id}>
            <Table.Td>
              {(isInDrawer(cheque) || isForBank(cheque)) && (
                <Checkbox
                  aria-label={t('choose', { number })}
                  checked={isChosen(cheque)}
                  onChange={({ currentTarget: { checked } }) =>
                    onChoose(checked ? [...chosen, cheque] : chosen.filter((each) => each.id !== id))
                  }
                />
              )}
            </Table.Td>
            <Table.Td>
              <Button component={Link} href={`/cheques/${id}`} variant="subtle" size="compact-sm">
                <Ltr>{number}</Ltr>
              </Button>
            </Table.Td>
            <Table.Td>
              <Name>{bankName}</Name>
            </Table.Td>
            <Table.Td>
              <Name>{drawer}</Name>
            </Table.Td>
            <Table.Td className="end">
              <Money minor={sum.amount} currency={sum.currency} />
            </Table.Td>
            <Table.Td>
              <Day day={dueOn} />
            </Table.Td>
            <Table.Td>
              <ChequeState state={state} />{' '}
              {returns > 0 && (
                <Text span size="xs" c="dimmed">
                  {t('returns')} <Ltr>{returns}</Ltr>
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        );
      })}
    </Listing>
  );
}
