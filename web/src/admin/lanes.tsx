import { Badge, Group, Paper, SimpleGrid, Text } from '@mantine/core';
import { $api } from '../api/client';
import { useText } from '../i18n/preferences';
import { Loaded } from '../shared/states';
import { Instant, Ltr } from '../shared/values';
import { JOBS } from './jobs.texts';

const LIVE_MS = 5000;

/** How much waits in each lane, since when, and what is dead. */
export function Lanes() {
  const t = useText(JOBS);
  const status = $api.useQuery('get', '/api/v1/operations/lanes', {}, { refetchInterval: LIVE_MS });
  return (
    <Loaded query={status} rows={2}>
      {({ lanes }) => (
        <SimpleGrid cols={{ base: 2, lg: 4 }}>
          {lanes.map(({ lane, waiting, running, dead, oldestDueAt }) => (
            <Paper withBorder p="sm" key={lane}>
              <Group justify="space-between" gap="xs">
                <Text size="sm" c="dimmed">
                  {t(lane)}
                </Text>
                {dead > 0 && (
                  <Badge variant="light" color="red">
                    {t('DEAD')} <Ltr>{dead}</Ltr>
                  </Badge>
                )}
              </Group>
              <Text fw={600} size="lg">
                <Ltr>{waiting + running}</Ltr>{' '}
                <Text span size="sm" fw={400}>
                  {t('PENDING')}
                </Text>
              </Text>
              {oldestDueAt && (
                <Text size="xs" c="dimmed">
                  {t('since')} <Instant at={oldestDueAt} />
                </Text>
              )}
            </Paper>
          ))}
        </SimpleGrid>
      )}
    </Loaded>
  );
}
