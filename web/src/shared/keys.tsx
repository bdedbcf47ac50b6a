import { Kbd } from '@mantine/core';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { isDialogOpen } from './modal';

/** `keys` as people read it: `Alt+S`, `F2`, `/`, `Ctrl+Enter`. */
export interface Shortcut {
  keys: string;
  label: string;
  run: () => void;
  disabled?: boolean;
}

let registered: readonly { current: readonly Shortcut[] }[] = [];
const listeners = new Set<() => void>();

const codeOf = (key: string): string => (/^[A-Z]$/.test(key) ? `Key${key}` : /^\d$/.test(key) ? `Digit${key}` : key);

/** The place of a letter's key, not the letter: an Arabic keyboard writes ش where S is printed. */
function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1)!;
  if (key === '?') return event.key === '?' || event.key === '؟';
  if (key === '/') return !event.shiftKey && (event.key === '/' || event.code === 'Slash');
  return (
    event.code === codeOf(key) &&
    event.altKey === parts.includes('Alt') &&
    (event.ctrlKey || event.metaKey) === parts.includes('Ctrl') &&
    event.shiftKey === parts.includes('Shift')
  );
}

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  for (const { current } of [...registered].reverse()) {
    const hit = current.find(({ keys, disabled }) => !disabled && matches(event, keys));
    if (!hit) continue;
    if (isTyping(event) && !/^(Alt|Ctrl)\+|^F\d/.test(hit.keys)) return;
    // A dialog takes the keyboard: what lies below it is not pressed through it.
    if (isDialogOpen() && !hit.keys.startsWith('Ctrl+')) return;
    event.preventDefault();
    hit.run();
    return;
  }
}

/** Keys of a page while it is shown; the later ones win. The help (`?`) lists them. */
export function useKeys(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    if (registered.length === 0) addEventListener('keydown', onKey);
    registered = [...registered, latest];
    listeners.forEach((listener) => listener());
    return () => {
      registered = registered.filter((entry) => entry !== latest);
      if (registered.length === 0) removeEventListener('keydown', onKey);
      listeners.forEach((listener) => listener());
    };
  }, []);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useAllShortcuts = (): Shortcut[] =>
  useSyncExternalStore(subscribe, () => registered).flatMap(({ current }) =>
    current.filter(({ disabled }) => !disabled),
  );

/** The key of an action, shown where the action is. */
export const Key = ({ children }: { children: string }) => (
  <Kbd dir="ltr" size="xs" aria-hidden className="key">
    {children}
  </Kbd>
);
