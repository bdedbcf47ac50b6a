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

/** The title of a refusal alone, for a note that passes: it turns with the language as long as it stands. */
export function ProblemTitle({ error }: { error: unknown }) {
  const { language } = usePreferences();
  return <>{asProblem(error, language).title}</>;
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

interface PagedProps<T> {
  query: Query<{ items: T[]; pageSize: number; total: number }>;
  page: number;
  onPage: (page: number) => void;
  /** Said, and shown, when there are none. */
  empty?: ReactNode;
  icon?: ReactNode;
  children: (items: T[]) => ReactNode;
}

/** A page of a list, how many there are in all, and the way to the other pages. */
export function Paged<T>({ query, page, onPage, empty, icon, children }: PagedProps<T>) {
  return (
    <Loaded query={query}>
      {({ items, pageSize, total }) =>
        total === 0 ? (
          <Empty icon={icon}>{empty}</Empty>
        ) : (
          <>
            {children(items)}
            <Pager page={page} pages={Math.ceil(total / pageSize)} total={total} onChange={onPage} />
          </>
        )
      }
    </Loaded>
  );
}

interface PagerProps {
  page: number;
  pages: number;
  total: number;
  onChange: (page: number) => void;
}

function Pager({ page, pages, total, onChange }: PagerProps) {
  const t = useText(SHARED);
  return (
    <Group justify="space-between" mt="sm">
      <Text size="sm" c="dimmed">
        {t('total', { total })}
      </Text>
      {(pages > 1 || page > pages) && (
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
