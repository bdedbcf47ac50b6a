import { Paper, Stack } from '@mantine/core';
import { IconDroplet } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { Page } from '../shared/page';
import { Empty } from '../shared/states';
import { SubscriptionHit, SubscriptionSearch } from './subscription-search';
import './water.css';
import { WATER } from './water.texts';

/** Where the water desk begins: one box; a holder of several subscriptions is shown them all. */
export default function DeskPage() {
  const t = useText(WATER);
  const [, navigate] = useLocation();
  const [several, setSeveral] = useState<Schemas['FoundSubscriptionView'][]>();
  const open = (id: number) => navigate(`/water/subscriptions/${id}`);
  return (
    <Page title={t('desk')}>
      <SubscriptionSearch onFound={(found) => (found.length === 1 ? open(found[0]!.id) : setSeveral(found))} />
      {several?.length ? (
        <Stack gap="xs">
          {several.map((each) => (
            <Paper key={each.id} component="button" withBorder p="sm" className="choice" onClick={() => open(each.id)}>
              <SubscriptionHit subscription={each} />
            </Paper>
          ))}
        </Stack>
      ) : (
        <Empty icon={<IconDroplet size={40} stroke={1.2} />}>{t(several ? 'noSubscriptions' : 'begin')}</Empty>
      )}
    </Page>
  );
}
