import { Anchor, Button, Card, Group, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useFieldErrors } from '../api/use-field-errors';
import { useLastAct } from '../api/use-last-act';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { Listing } from '../shared/listing';
import { Loaded } from '../shared/states';
import { Day, Fact, Instant, Ltr, Money, Name } from '../shared/values';
import { ChequesArea, ChequeState } from './cheques-area';
import { CHEQUES } from './cheques.texts';

type Cheque = Schemas['ChequeWithLifeView'];
type Act = 'replace' | 'refer';

/** A cheque with all that happened to it; what came back was made good by another payment, or goes to court. */
export default function ChequePage() {
  const id = Number(useParams().id);
  const found = $api.useQuery('get', '/api/v1/cheques/{id}', { params: { path: { id } } });
  return <Loaded query={found}>{(cheque) => <ChequeView cheque={cheque} />}</Loaded>;
}

function ChequeView({ cheque }: { cheque: Cheque }) {
  const t = useText(CHEQUES);
  const may = useMay();
  const [act, setAct] = useState<Act>();
  const { number, state, sum, receipt } = cheque;
  const returned = state === 'RETURNED';
  return (
    <ChequesArea
      title={t('chequeOf', { number })}
      heading={
        <Group gap="sm">
          {t('chequeOf', { number })}
          <ChequeState state={state} />
        </Group>
      }
      actions={
        returned && (
          <>
            {may('billing.cheque.replace') && <Button onClick={() => setAct('replace')}>{t('replace')}</Button>}
            {may('billing.cheque.refer') && (
              <Button color="red" variant="light" onClick={() => setAct('refer')}>
                {t('refer')}
              </Button>
            )}
          </>
        )
      }
    >
      <Card withBorder>
        <dl className="facts">
          <Fact label={t('sum')}>
            <Money minor={sum.amount} currency={sum.currency} />
          </Fact>
          <Fact label={t('dueOn')}>
            <Day day={cheque.dueOn} />
          </Fact>
          <Fact label={t('bank')}>
            <Name>{cheque.bankName}</Name> {cheque.branch && <Name>{cheque.branch}</Name>}
          </Fact>
          <Fact label={t('drawer')}>
            <Name>{cheque.drawer}</Name>
          </Fact>
          <Fact label={t('drawerId')}>
            <Ltr>{cheque.drawerId}</Ltr>
          </Fact>
          <Fact label={t('drawerAccount')}>
            <Ltr>{cheque.drawerAccount}</Ltr>
          </Fact>
          <Fact label={t('receipt')}>
            <Anchor component={Link} href={`/till/receipts/${receipt}`}>
              <Ltr>{receipt}</Ltr>
            </Anchor>
          </Fact>
          <Fact label={t('relief')}>{t(`relief_${cheque.relief}`)}</Fact>
          {cheque.caseNumber && (
            <Fact label={t('caseNumber')}>
              <Ltr>{cheque.caseNumber}</Ltr>
            </Fact>
          )}
        </dl>
      </Card>
      <Life events={cheque.events} />
      {act && <ReturnedAct id={cheque.id} act={act} onClose={() => setAct(undefined)} />}
    </ChequesArea>
  );
}

function Life({ events }: { events: Cheque['events'] }) {
  const t = useText(CHEQUES);
  return (
    <Listing label={t('life')} head={[t('on'), t('state'), t('reason')]} minWidth={420}>
      {events.map(({ at, to, reason, by }) => (
        <Table.Tr key={`${at} ${to}`}>
          <Table.Td>
            <Instant at={at} />
          </Table.Td>
          <Table.Td>
            <ChequeState state={to} />
          </Table.Td>
          <Table.Td>{by === null ? t('nightly') : <Name>{reason}</Name>}</Table.Td>
        </Table.Tr>
      ))}
    </Listing>
  );
}

function ReturnedAct({ id, act, onClose }: { id: number; act: Act; onClose: () => void }) {
  const t = useText(CHEQUES);
  const { answer, header } = useLastAct(onClose);
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const replacing = $api.useMutation('post', '/api/v1/cheques/{id}/replace', answer);
  const referring = $api.useMutation('post', '/api/v1/cheques/{id}/refer', answer);
  const { error, isPending } = act === 'replace' ? replacing : referring;
  const errors = useFieldErrors(error);
  const submit = () => {
    const params = { path: { id }, header: header() };
    if (act === 'replace') replacing.mutate({ params, body: { receipt: text.trim() } });
    else
      referring.mutate({ params, body: { caseNumber: text.trim(), ...(reason.trim() && { reason: reason.trim() }) } });
  };
  return (
    <FormDialog
      title={t(act)}
      color={act === 'refer' ? 'red' : undefined}
      error={error}
      busy={isPending}
      disabled={text.trim() === ''}
      dirty={text !== '' || reason !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      {act === 'replace' && (
        <Text size="sm" c="dimmed">
          {t('replaceHint')}
        </Text>
      )}
      <TextInput
        label={t(act === 'replace' ? 'replacement' : 'caseNumber')}
        required
        dir="ltr"
        data-autofocus
        value={text}
        error={errors[act === 'replace' ? 'receipt' : 'caseNumber']}
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
      {act === 'refer' && (
        <TextInput
          label={t('reason')}
          value={reason}
          error={errors.reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
      )}
    </FormDialog>
  );
}
