import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { useFieldErrors } from '../api/use-field-errors';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { usePrint } from '../shared/pdf';
import { CHEQUES } from './cheques.texts';
import { slip } from './slip';

interface DepositDialogProps {
  cheques: readonly Schemas['ChequeView'][];
  onClose: () => void;
  onDone: () => void;
}

/** Sends cheques to the bank; the slip that goes with them opens. */
export function DepositDialog({ cheques, onClose, onDone }: DepositDialogProps) {
  const t = useText(CHEQUES);
  const show = usePrint();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const [said, setSaid] = useState({ bankName: '', bankAccount: '', note: '' });
  const send = $api.useMutation('post', '/api/v1/cheque-deposits', {
    async onSuccess({ id }) {
      attempt.done();
      onDone();
      onClose();
      show(slip(id, t('slipOf', { id })));
      await queries.invalidateQueries();
    },
    onError: attempt.failed,
  });
  const errors = useFieldErrors(send.error);
  const submit = () => {
    const { note, bankAccount, bankName } = said;
    const body = {
      chequeIds: cheques.map(({ id }) => id),
      bankAccount: bankAccount.trim(),
      bankName: bankName.trim(),
      ...(note.trim() && { note: note.trim() }),
    };
    send.mutate({ params: { header: attempt.header() }, body });
  };
  return (
    <FormDialog
      title={t('depositTitle', { count: cheques.length })}
      submit={t('deposit')}
      error={send.error}
      busy={send.isPending}
      disabled={!said.bankAccount.trim() || !said.bankName.trim()}
      dirty={Object.values(said).some((text) => text !== '')}
      onSubmit={submit}
      onClose={onClose}
    >
      {(['bankName', 'bankAccount', 'note'] as const).map((name) => (
        <TextInput
          key={name}
          label={t(name)}
          required={name !== 'note'}
          dir={name === 'bankAccount' ? 'ltr' : undefined}
          data-autofocus={name === 'bankName' || undefined}
          value={said[name]}
          error={errors[name]}
          onChange={({ currentTarget: { value } }) => setSaid((now) => ({ ...now, [name]: value }))}
        />
      ))}
    </FormDialog>
  );
}
