import { Button, Group, Text } from '@mantine/core';
import { createContext, use, useCallback, useEffect, useId, useState, type PropsWithChildren } from 'react';
import { Router } from 'wouter';
import { useText } from '../i18n/preferences';
import { SHARED } from './shared.texts';
import { Dialog } from './modal';

const dirty = new Set<string>();
const drafts = new Map<string, unknown>();

const warn = (event: BeforeUnloadEvent) => dirty.size > 0 && event.preventDefault();

/** While `unsaved`, leaving the page asks first. */
export function useUnsaved(unsaved: boolean): void {
  const id = useId();
  useEffect(() => {
    if (!unsaved) return;
    dirty.add(id);
    addEventListener('beforeunload', warn);
    return () => {
      dirty.delete(id);
      if (dirty.size === 0) removeEventListener('beforeunload', warn);
    };
  }, [id, unsaved]);
}

/** What was unsaved is saved: the page may be left at once. */
export const nothingUnsaved = (): void => dirty.clear();

/** State that outlives its page, for the browser's back button; in memory only, never on the disk of a shared machine. */
export function useDraft<T>(key: string, initial: T): [T, (next: T) => void, () => void] {
  const [value, setValue] = useState<T>((drafts.get(key) as T | undefined) ?? initial);
  const keep = (next: T) => {
    drafts.set(key, next);
    setValue(next);
  };
  return [value, keep, () => drafts.delete(key)];
}

/** What is used of the Navigation API; a browser without it goes back unasked. */
interface Navigation extends EventTarget {
  traverseTo(key: string): unknown;
}
type NavigateEvent = Event & { navigationType: string; destination: { key: string } };

const Leaving = createContext<(go: () => void) => void>((go) => go());

/** `leave(go)` does what takes the place of unsaved work, once that may be lost: such as another payer at the till. */
export const useLeaving = () => use(Leaving);

/** The router of the counter, which does not leave unsaved work unasked: neither by a link nor by the browser's back button. */
export function GuardedRouter({ children }: PropsWithChildren) {
  const t = useText(SHARED);
  const [leave, setLeave] = useState<() => void>();
  const ask = useCallback((go: () => void) => (dirty.size === 0 ? go() : setLeave(() => go)), []);
  useEffect(() => {
    const { navigation } = window as { navigation?: Navigation };
    const stop = (event: Event) => {
      const { navigationType, cancelable, destination } = event as NavigateEvent;
      if (navigationType !== 'traverse' || !cancelable || dirty.size === 0) return;
      event.preventDefault();
      setLeave(() => () => void navigation?.traverseTo(destination.key));
    };
    navigation?.addEventListener('navigate', stop);
    return () => navigation?.removeEventListener('navigate', stop);
  }, []);
  return (
    <Router base="/counter" aroundNav={(navigate, to, options) => ask(() => navigate(to, options))}>
      <Leaving value={ask}>{children}</Leaving>
      <Dialog
        opened={leave !== undefined}
        onClose={() => setLeave(undefined)}
        title={t('unsavedTitle')}
        centered
        zIndex={300}
      >
        <Text>{t('unsaved')}</Text>
        <Group mt="lg" justify="flex-end">
          <Button
            variant="subtle"
            color="red"
            onClick={() => {
              dirty.clear();
              leave?.();
              setLeave(undefined);
            }}
          >
            {t('leave')}
          </Button>
          <Button data-autofocus onClick={() => setLeave(undefined)}>
            {t('stay')}
          </Button>
        </Group>
      </Dialog>
    </Router>
  );
}
