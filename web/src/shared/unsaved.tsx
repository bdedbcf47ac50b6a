import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, useId, useState, type PropsWithChildren } from 'react';
import { Router } from 'wouter';
import { useText } from '../i18n/preferences';
import { SHARED } from './shared.texts';

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

/** The router of the counter, which does not leave unsaved work unasked. */
export function GuardedRouter({ children }: PropsWithChildren) {
  const t = useText(SHARED);
  const [leave, setLeave] = useState<() => void>();
  return (
    <Router
      base="/counter"
      aroundNav={(navigate, to, options) => {
        const go = () => navigate(to, options);
        if (dirty.size === 0) go();
        else setLeave(() => go);
      }}
    >
      {children}
      <Modal
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
      </Modal>
    </Router>
  );
}
