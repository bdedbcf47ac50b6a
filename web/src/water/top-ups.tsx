import { Badge, Button, Checkbox, Group, SegmentedControl, Table } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useLastAct } from '../api/use-last-act';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { End, Listing } from '../shared/listing';
import { usePrint } from '../shared/pdf';
import { ReasonDialog } from '../shared/reason';
import { Paged, ProblemAlert } from '../shared/states';
import { Instant, Ltr, Money, Name } from '../shared/values';
import { PayingShift } from '../till/paying-shift';
import { receiptPath } from '../till/receipt-path';
import { slip } from './sold-top-up';
import { TOP_UPS } from './top-ups.texts';
import { vend } from './use-top-up';

type TopUp = Schemas['TopUpView'];

const PAGE = 12;
const COLORS: Record<TopUp['state'], string> = { SOLD: 'orange', VENDED: 'green', CANCELLED: 'gray' };

/** The top-ups of a subscription with their tokens, newest first. */
export function TopUps({ subscription: { id, number } }: { subscription: { id: number; number: string } }) {
  const t = useText(TOP_UPS);
  const queries = useQueryClient();
  const [page, setPage] = useState(1);
  const [cancelling, setCancelling] = useState<TopUp>();
  const topUps = $api.useQuery('get', '/api/v1/water/subscriptions/{id}/top-ups', {
    params: { path: { id }, query: { page, pageSize: PAGE } },
  });
  const vending = useMutation({ mutationFn: vend, onSuccess: () => queries.invalidateQueries() });
  return (
    <>
      <ProblemAlert error={vending.error} />
      <Paged query={topUps} page={page} onPage={setPage} empty={t('none')}>
        {(items) => (
          <Listing
            label={t('topUps')}
            minWidth={860}
            head={[
              ...[t('soldAt'), <End key="amount">{t('paid')}</End>, <End key="water">{t('quantity')}</End>],
              ...[t('token'), t('state'), null],
            ]}
          >
            {items.map((topUp) => (
              <Row
                key={topUp.id}
                topUp={topUp}
                number={number}
                busy={vending.isPending}
                onVend={() => vending.mutate(topUp.id)}
                onCancel={() => setCancelling(topUp)}
              />
            ))}
          </Listing>
        )}
      </Paged>
      {cancelling && <CancelTopUp topUp={cancelling} onClose={() => setCancelling(undefined)} />}
    </>
  );
}

interface RowProps {
  topUp: TopUp;
  number: string;
  busy: boolean;
  onVend: () => void;
  onCancel: () => void;
}

function Row({ topUp, number, busy, onVend, onCancel }: RowProps) {
  const t = useText(TOP_UPS);
  const may = useMay();
  const show = usePrint();
  const { id, soldAt, amount, cubicMetres, token, state, cancelReason, receiptSerial } = topUp;
  const stands = state !== 'CANCELLED';
  return (
    <Table.Tr>
      <Table.Td>
        <Instant at={soldAt} />
      </Table.Td>
      <Table.Td className="end">
        <Money minor={amount} currency="ILS" />
      </Table.Td>
      <Table.Td className="end">
        <Ltr>{cubicMetres}</Ltr>
      </Table.Td>
      <Table.Td>
        <bdi dir="ltr" className="value">
          {token?.replace(/(.{4})(?=.)/g, '$1 ') ?? '—'}
        </bdi>
      </Table.Td>
      <Table.Td>
        <Badge variant="light" color={COLORS[state]} tt="none" miw="max-content">
          {t(state)}
        </Badge>{' '}
        {cancelReason && <Name>{cancelReason}</Name>}
      </Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap" justify="flex-end">
          {state === 'SOLD' && may('water.top-up.sell') && (
            <Button size="compact-xs" loading={busy} onClick={onVend}>
              {t('askToken')}
            </Button>
          )}
          {state === 'VENDED' && (
            <Button size="compact-xs" variant="default" onClick={() => show(slip(id, t('slipOf', { number })))}>
              {t('printSlip')}
            </Button>
          )}
          {may('billing.receipt.print') && (
            <Button size="compact-xs" variant="default" onClick={() => show(receiptPath(receiptSerial))}>
              {t('printReceipt')}
            </Button>
          )}
          {stands && may('water.top-up.cancel') && (
            <Button size="compact-xs" variant="light" color="red" onClick={onCancel}>
              {t('cancel')}
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

const UNDOINGS = ['VOID', 'REVERSAL'] as const;

function CancelTopUp({ topUp: { id, state }, onClose }: { topUp: TopUp; onClose: () => void }) {
  const t = useText(TOP_UPS);
  const { answer, header } = useLastAct(onClose);
  const cancel = $api.useMutation('post', '/api/v1/water/top-ups/{id}/cancel', answer);
  const [undo, setUndo] = useState<(typeof UNDOINGS)[number]>('VOID');
  const [payingShift, setPayingShift] = useState<string | null>(null);
  const [tokenNotEntered, setNotEntered] = useState(false);
  const given = state === 'VENDED';
  const confirm = (reason: string) => {
    const paying = undo === 'REVERSAL' && payingShift !== null;
    cancel.mutate({
      params: { path: { id }, header: header() },
      body: {
        ...{ undo, reason },
        ...(paying && { payingShiftId: Number(payingShift) }),
        ...(given && { tokenNotEntered }),
      },
    });
  };
  return (
    <ReasonDialog
      title={t('cancel')}
      error={cancel.error}
      busy={cancel.isPending}
      disabled={given && !tokenNotEntered}
      onConfirm={confirm}
      onClose={onClose}
    >
      <SegmentedControl
        fullWidth
        mb="sm"
        aria-label={t('undo')}
        value={undo}
        data={UNDOINGS.map((value) => ({ value, label: t(value) }))}
        onChange={setUndo}
      />
      {undo === 'REVERSAL' && <PayingShift value={payingShift} onChange={setPayingShift} />}
      {given && (
        <Checkbox
          mb="sm"
          label={t('tokenNotEntered')}
          checked={tokenNotEntered}
          onChange={({ currentTarget: { checked } }) => setNotEntered(checked)}
        />
      )}
    </ReasonDialog>
  );
}
