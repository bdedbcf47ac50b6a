import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useLastAct } from '../api/use-last-act';
import { useText } from '../i18n/preferences';
import { ReasonDialog } from '../shared/reason';
import { PayingShift } from './paying-shift';
import { SHIFT } from './shift.texts';

interface UndoPaymentProps {
  act: 'void' | 'reverse';
  payment: Schemas['PaymentView'];
  onClose: () => void;
  onDone: () => unknown;
}

/** Voids a payment of today, or reverses an older one, with a reason; cash goes out of a drawer that is open. */
export function UndoPayment({ act, payment, onClose, onDone }: UndoPaymentProps) {
  const t = useText(SHIFT);
  const { answer, header } = useLastAct(() => {
    onDone();
    onClose();
  });
  const [payingShift, setPayingShift] = useState<string | null>(null);
  const { serial } = payment;
  const voiding = $api.useMutation('post', '/api/v1/payments/{serial}/void', answer);
  const reversing = $api.useMutation('post', '/api/v1/payments/{serial}/reverse', answer);
  const { error, isPending } = act === 'void' ? voiding : reversing;
  const confirm = (reason: string) => {
    const params = { path: { serial }, header: header() };
    if (act === 'void') voiding.mutate({ params, body: { reason } });
    else reversing.mutate({ params, body: { reason, ...(payingShift && { payingShiftId: Number(payingShift) }) } });
  };
  return (
    <ReasonDialog
      title={t(act === 'void' ? 'voidTitle' : 'reverseTitle', { serial })}
      error={error}
      busy={isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      {act === 'reverse' && payment.tenders.some(({ kind }) => kind === 'CASH') && (
        <PayingShift value={payingShift} onChange={setPayingShift} />
      )}
    </ReasonDialog>
  );
}
