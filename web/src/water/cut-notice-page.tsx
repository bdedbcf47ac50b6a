import { Alert, Anchor, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { languageNow, useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { usePrint } from '../shared/pdf';
import { Loaded } from '../shared/states';
import { Day, Fact, Instant, Ltr, Money, Name } from '../shared/values';
import { NoticeAct, type Act } from './cut-notice-acts';
import { NOTICES } from './cut-notices.texts';
import { CutsArea, NoticeState } from './cuts-area';
import './water.css';

type Notice = Schemas['CutNoticeView'];

/** A notice of disconnection: what it says, how it was served, what was objected and decided. */
export default function CutNoticePage() {
  const t = useText(NOTICES);
  const serial = decodeURIComponent(useParams().serial!);
  const found = $api.useQuery('get', '/api/v1/water/cut-notices/{serial}', { params: { path: { serial } } });
  if (found.data) return <View key={found.data.serial} notice={found.data} />;
  return (
    <CutsArea title={t('noticeOf', { serial })}>
      <Loaded query={found}>{() => null}</Loaded>
    </CutsArea>
  );
}

/** What may be done in a state, by whom. */
function useActs({ state }: Notice): Act[] {
  const may = useMay();
  const standing = state === 'ISSUED' || state === 'SERVED';
  return [
    ...(state === 'ISSUED' && may('water.cut-notice.serve') ? (['serve'] as const) : []),
    ...(standing && may('water.cut-notice.object') ? (['object'] as const) : []),
    ...(state === 'OBJECTED' && may('water.cut-notice.decide') ? (['decide'] as const) : []),
    ...((standing || state === 'OBJECTED') && may('water.cut-notice.decide') ? (['withdraw'] as const) : []),
  ];
}

const KEYS: Partial<Record<Act, string>> = { serve: 'F4', object: 'F6', decide: 'F7' };

function View({ notice }: { notice: Notice }) {
  const t = useText(NOTICES);
  const may = useMay();
  const show = usePrint();
  const [act, setAct] = useState<Act>();
  const { serial, state } = notice;
  const acts = useActs(notice);
  const mayPrint = may('water.cut-notice.print');
  const print = () => show({ title: serial, path: `/api/v1/water/cut-notices/${serial}/pdf?lang=${languageNow()}` });
  useKeys([
    ...acts.flatMap((each) => (KEYS[each] ? [{ keys: KEYS[each], label: t(each), run: () => setAct(each) }] : [])),
    { keys: 'F8', label: t('print'), run: print, disabled: !mayPrint },
  ]);
  return (
    <CutsArea
      title={t('noticeOf', { serial })}
      heading={
        <Group gap="sm">
          {t('noticeOf', { serial })} <NoticeState state={state} />
        </Group>
      }
      actions={
        <>
          {acts.map((each, at) => (
            <Button
              key={each}
              {...(each === 'withdraw'
                ? { color: 'red', variant: 'light' }
                : { variant: at === 0 ? 'filled' : 'default' })}
              rightSection={KEYS[each] && <Key>{KEYS[each]}</Key>}
              onClick={() => setAct(each)}
            >
              {t(each)}
            </Button>
          ))}
          {mayPrint && (
            <Button variant="default" rightSection={<Key>F8</Key>} onClick={print}>
              {t('print')}
            </Button>
          )}
        </>
      }
    >
      <Facts notice={notice} />
      <div className="halves">
        <Service notice={notice} />
        <Objection notice={notice} />
      </div>
      {act && <NoticeAct act={act} notice={notice} onClose={() => setAct(undefined)} />}
    </CutsArea>
  );
}

function Facts({ notice }: { notice: Notice }) {
  const t = useText(NOTICES);
  return (
    <Card withBorder>
      <dl className="facts">
        <Fact label={t('holder')}>
          <Name>{notice.name}</Name>
        </Fact>
        <Fact label={t('subscription')}>
          <Anchor component={Link} href={`/water/subscriptions/${notice.subscriptionId}`}>
            <Ltr>{notice.subscription}</Ltr>
          </Anchor>
        </Fact>
        <Fact label={t('address')}>
          <Name>{notice.address}</Name>
        </Fact>
        <Fact label={t('owed')}>
          <Money minor={notice.owed} currency="ILS" />
        </Fact>
        <Fact label={t('bills')}>
          <Ltr>{notice.bills}</Ltr>
        </Fact>
        <Fact label={t('issuedAt')}>
          <Instant at={notice.issuedAt} />
        </Fact>
        <Fact label={t('issuedBy')}>
          <Name>{notice.issuedBy}</Name>
        </Fact>
        <Fact label={t('noticeDays')}>
          <Ltr>{notice.noticeDays}</Ltr>
        </Fact>
        <Fact label={t('prints')}>
          <Ltr>{notice.prints}</Ltr>
        </Fact>
        {notice.endedAt && (
          <>
            <Fact label={t('ended')}>
              <Instant at={notice.endedAt} />
            </Fact>
            <Fact label={t('endReason')}>
              <EndReason reason={notice.endReason} />
            </Fact>
          </>
        )}
      </dl>
    </Card>
  );
}

/** A payment or a plan ends a notice by its code, a person in words. */
export function EndReason({ reason }: { reason: string | null }) {
  const t = useText(NOTICES);
  return reason === 'PAID' || reason === 'PLAN' ? t(reason) : <Name>{reason}</Name>;
}

function Service({ notice: { service, deadlineOn } }: { notice: Notice }) {
  const t = useText(NOTICES);
  return (
    <Card withBorder>
      <Text fw={600} mb="xs">
        {t('service')}
      </Text>
      {service ? (
        <dl className="facts">
          <Fact label={t('servedOn')}>
            <Day day={service.on} />
          </Fact>
          <Fact label={t('means')}>{t(service.means)}</Fact>
          <Fact label={t(`to_${service.means}`)}>
            <Name>{service.to}</Name>
          </Fact>
          <Fact label={t('server')}>
            <Name>{service.server}</Name>
          </Fact>
          <Fact label={t('deadline')}>
            <Day day={deadlineOn} />
          </Fact>
        </dl>
      ) : (
        <Text c="dimmed">{t('notServed')}</Text>
      )}
    </Card>
  );
}

function Objection({ notice: { objection } }: { notice: Notice }) {
  const t = useText(NOTICES);
  if (!objection) return null;
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Text fw={600}>{t('objection')}</Text>
        {objection.outcome === null && <Alert color="orange" title={t('undecided')} />}
        <dl className="facts">
          <Fact label={t('objectedOn')}>
            <Day day={objection.on} />
          </Fact>
          <Fact label={t('documentNumber')}>
            <Name>{objection.documentNumber}</Name>
          </Fact>
          <Fact label={t('reason')}>
            <Name>{objection.reason}</Name>
          </Fact>
          {objection.outcome && (
            <>
              <Fact label={t('outcome')}>{t(objection.outcome)}</Fact>
              <Fact label={t('decisionNumber')}>
                <Name>{objection.decisionNumber}</Name>
              </Fact>
            </>
          )}
        </dl>
      </Stack>
    </Card>
  );
}
