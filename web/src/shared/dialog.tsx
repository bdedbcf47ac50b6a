import { Button, Group, Stack, type ModalProps } from '@mantine/core';
import type { PropsWithChildren } from 'react';
import { useText } from '../i18n/preferences';
import { SHARED } from './shared.texts';
import { ProblemAlert } from './states';
import { useUnsaved } from './unsaved';
import { Dialog } from './modal';

interface FormDialogProps {
  title: string;
  size?: ModalProps['size'];
  /** Of the button that sends it; "Confirm" unless told. */
  submit?: string;
  color?: string;
  error?: unknown;
  busy?: boolean;
  disabled?: boolean;
  /** Something was typed that closing the page would lose. */
  dirty?: boolean;
  onSubmit: () => void;
  onClose: () => void;
}

/** A form over the page: its fields, what the server refused, and the two ways out. The browser would judge in its own language. */
export function FormDialog(props: PropsWithChildren<FormDialogProps>) {
  const { title, size, submit, color, error, busy, disabled, dirty = false, onSubmit, onClose, children } = props;
  const t = useText(SHARED);
  useUnsaved(dirty);
  return (
    <Dialog opened onClose={onClose} title={title} size={size} closeOnClickOutside={!dirty}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onSubmit();
        }}
      >
        <Stack>
          {children}
          <ProblemAlert error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" color={color} loading={busy} disabled={disabled}>
              {submit ?? t('confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
