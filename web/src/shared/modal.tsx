import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useId, useState, useSyncExternalStore } from 'react';

/** Dialogs that are open, the uppermost last. */
let open: readonly string[] = [];
const listeners = new Set<() => void>();

function become(next: readonly string[]): void {
  open = next;
  listeners.forEach((listener) => listener());
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Of one that fades away no more: the next key is meant for the page below it. */
export const isDialogOpen = (): boolean => open.length > 0;

/**
 * A dialog over the page, or over another dialog: Escape closes the uppermost alone. When it is gone, the focus is where it was
 * before, so that the keyboard goes on from there; Mantine gives it back only to dialogs that stay mounted.
 */
export function Dialog({ opened, closeOnEscape = true, ...props }: ModalProps) {
  const id = useId();
  const uppermost = useSyncExternalStore(subscribe, () => open.at(-1) === id);
  useEffect(() => {
    if (!opened) return;
    become([...open, id]);
    return () => become(open.filter((each) => each !== id));
  }, [id, opened]);
  const [opener] = useState(() => document.activeElement);
  useEffect(() => () => void setTimeout(() => giveBack(opener)), [opener]);
  // While it closes it still holds the focus, which Mantine then gives back.
  const trapFocus = uppermost || !opened;
  return <Modal opened={opened} closeOnEscape={uppermost && closeOnEscape} trapFocus={trapFocus} {...props} />;
}

function giveBack(opener: Element | null): void {
  if (document.activeElement !== document.body) return;
  const back = opener?.isConnected && opener !== document.body ? opener : document.getElementById('content');
  (back as HTMLElement | null)?.focus({ preventScroll: true });
}
