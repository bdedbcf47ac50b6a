import { Alert, Button, Center, Group, Pagination, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem';
import { usePreferences, useText } from '../i18n/preferences';
import { SHARED } from './shared.texts';
import { Ltr } from './values';

/** A refusal or failure, in the language of the screen, with what to do about it. */
export function ProblemAlert({
  error,
  retry,
  children,
}: {
  error: unknown;
  retry?: () => unknown;
  children?: ReactNode;
}) {
  const t = useText(SHARED);
  const { language } = usePreferences();
  if (!error) return null;
  const { title, requestId } = asProblem(error, language);
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={title} role="alert">
      {children}
      <Group justify="space-between">
        {requestId && (
          <Text size="xs" c="dimmed">
            {t('requestId')} <Ltr>{requestId}</Ltr>
          </Text>
        )}
        {retry && (
          <Button size="xs" variant="light" color="red" onClick={() => void retry()}>
            {t('retry')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

export function Empty({ children, icon }: { children?: ReactNode; icon?: ReactNode }) {
  const t = useText(SHARED);
  return (
    <Center py="xl">
      <Stack align="center" gap="xs" c="dimmed">
        {icon ?? <IconInbox size={40} stroke={1.2} />}
        <Text>{children ?? t('nothing')}</Text>
      </Stack>
    </Center>
  );
}

export function Loading({ rows = 4 }: { rows?: number }) {
  const t = useText(SHARED);
  return (
    <Stack aria-busy aria-label={t('loading')} role="status">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={44} radius="md" />
      ))}
    </Stack>
  );
}

interface Query<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

/** What a query has come to: loading, failed, or its data. What was read before stays while it is read again. */
export function Loaded<T>({
  query,
  rows,
  children,
}: {
  query: Query<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ProblemAlert error={query.error} retry={query.refetch} />;
  return <Loading rows={rows} />;
}

interface PagerProps {
  page: number;
  pageSize: number;
  total: number;
  onChange: (page: number) => void;
}

export function Pager({ page, pageSize, total, onChange }: PagerProps) {
  const t = useText(SHARED);
  const pages = Math.max(1, Math.ceil(total / pageSize));
  return (
    <Group justify="space-between" mt="sm">
      <Text size="sm" c="dimmed">
        {t('total', { total })}
      </Text>
      {pages > 1 && (
        <Pagination
          total={pages}
          value={page}
          onChange={onChange}
          size="sm"
          getControlProps={(control) => ({ 'aria-label': t(control) })}
          getItemProps={(item) => ({ 'aria-label': t('page', { page: item, pages }) })}
        />
      )}
    </Group>
  );
}
