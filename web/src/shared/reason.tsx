import { Button, Group, Textarea, type ModalProps } from '@mantine/core';
import { useState, type PropsWithChildren, type ReactNode } from 'react';
import { useText } from '../i18n/preferences';
import { ProblemAlert } from './states';
import { SHARED } from './shared.texts';
import { useUnsaved } from './unsaved';
import { Dialog } from './modal';

interface ReasonDialogProps {
  title: string;
  error?: unknown;
  busy?: boolean;
  color?: string;
  size?: ModalProps['size'];
  /** What is asked before the reason. */
  before?: ReactNode;
  /** Something beside the reason is still missing. */
  disabled?: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Asks why before something that is recorded with its reason, three characters at least; more fields as children. */
export function ReasonDialog(props: PropsWithChildren<ReasonDialogProps>) {
  const { title, error, busy, color = 'red', size, before, disabled, onConfirm, onClose, children } = props;
  const t = useText(SHARED);
  const [reason, setReason] = useState('');
  useUnsaved(reason !== '');
  return (
    <Dialog opened onClose={onClose} closeOnClickOutside={false} title={title} size={size}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && !disabled) onConfirm(reason.trim());
        }}
      >
        {before}
        <Textarea
          data-autofocus
          label={t('reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          minRows={3}
          autosize
          required
          mb="md"
        />
        {children}
        <ProblemAlert error={error} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" color={color} loading={busy} disabled={disabled || reason.trim().length < 3}>
            {t('confirm')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
