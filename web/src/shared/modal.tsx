import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useId, useState } from 'react';

/**
 * A dialog over the page, or over another dialog: Escape closes the uppermost alone. When it is gone, the focus is where it was
 * before, so that the keyboard goes on from there; Mantine gives it back only to dialogs that stay mounted.
 */
export function Dialog(props: ModalProps) {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () =>
      void setTimeout(() => {
        if (document.activeElement !== document.body) return;
        const back = opener?.isConnected && opener !== document.body ? opener : document.getElementById('content');
        (back as HTMLElement | null)?.focus({ preventScroll: true });
      }),
    [opener],
  );
  return <Modal stackId={useId()} {...props} />;
}
