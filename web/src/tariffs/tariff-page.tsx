import { Anchor, Button, Group, Paper, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCopy, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { $api, ifMatch } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { useMay } from '../api/use-session';
import { shownDay } from '../i18n/format';
import { usePreferences, useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { Key, useKeys } from '../shared/keys';
import { Listing } from '../shared/listing';
import { Page } from '../shared/page';
import { ReasonDialog } from '../shared/reason';
import { Loaded } from '../shared/states';
import { Day, Fact, Instant, Ltr, Name } from '../shared/values';
import { Preview } from './preview';
import { CHARGE_NAMES, CHARGES, chargeForm, dataOf, type ChargeForm, type TariffView } from './tariff-form';
import { TariffState } from './tariff-state';
import { TARIFFS } from './tariffs.texts';
import { usePer } from './use-per';

export default function TariffPage() {
  const id = Number(useParams().id);
  const tariff = $api.useQuery('get', '/api/v1/water/tariffs/{id}', { params: { path: { id } } });
  return <Loaded query={tariff}>{(found) => <Shown tariff={found} reload={tariff.refetch} />}</Loaded>;
}

function Shown({ tariff, reload }: { tariff: TariffView; reload: () => unknown }) {
  const t = useText(TARIFFS);
  const { language } = usePreferences();
  return (
    <Page
      title={tariff.code}
      heading={
        <Group gap="sm">
          <bdi dir="ltr">{tariff.code}</bdi>
          <TariffState state={tariff.state} />
        </Group>
      }
      actions={<Actions tariff={tariff} reload={reload} />}
    >
      <Text size="lg">
        <Name>{language === 'ar' ? tariff.titleAr : tariff.titleEn}</Name>
      </Text>
      <Facts tariff={tariff} />
      <Blocks tariff={tariff} />
      <Charges tariff={tariff} />
      <Preview key={tariff.version} title={t('preview')} tariff={tariff} />
    </Page>
  );
}

function Actions({ tariff, reload }: { tariff: TariffView; reload: () => unknown }) {
  const t = useText(TARIFFS);
  const may = useMay();
  const { digits } = usePreferences();
  const attempt = useAttempt();
  const [asking, setAsking] = useState<'approve' | 'retire'>();
  const { id, code, state, version } = tariff;
  const finish = (message: string) => () => {
    attempt.done();
    notifications.show({ message, color: 'green' });
    setAsking(undefined);
    void reload();
  };
  const approve = $api.useMutation('post', '/api/v1/water/tariffs/{id}/approve', { onSuccess: finish(t('approvedNow')), onError: attempt.failed }); // prettier-ignore
  const retire = $api.useMutation('post', '/api/v1/water/tariffs/{id}/retire', { onSuccess: finish(t('retiredNow')), onError: attempt.failed }); // prettier-ignore
  const params = () => ({ path: { id }, header: { ...ifMatch(version), ...attempt.header() } });
  const mayApprove = state === 'DRAFT' && may('water.tariff.approve');
  useKeys([{ keys: 'Alt+S', label: t('approve'), run: () => setAsking('approve'), disabled: !mayApprove }]);
  return (
    <>
      <Anchor component={Link} href="/tariffs">
        {t('back')}
      </Anchor>
      {may('water.tariff.draft') && (
        <Button
          component={Link}
          href={state === 'DRAFT' ? `/tariffs/${id}/edit` : `/tariffs/new?of=${id}`}
          variant="default"
          leftSection={state === 'DRAFT' ? <IconPencil size={16} /> : <IconCopy size={16} />}
        >
          {t(state === 'DRAFT' ? 'edit' : 'copy')}
        </Button>
      )}
      {state !== 'RETIRED' && may('water.tariff.approve') && (
        <Button variant="light" color="red" onClick={() => setAsking('retire')}>
          {t('retire')}
        </Button>
      )}
      {mayApprove && (
        <Button rightSection={<Key>Alt+S</Key>} onClick={() => setAsking('approve')}>
          {t('approve')}
        </Button>
      )}
      {asking === 'approve' && (
        <FormDialog
          title={t('approveTitle', { code })}
          submit={t('approve')}
          error={approve.error}
          busy={approve.isPending}
          onSubmit={() => approve.mutate({ params: params() })}
          onClose={() => setAsking(undefined)}
        >
          <Text>{t('approveNote', { day: shownDay(tariff.effectiveFrom, digits) })}</Text>
        </FormDialog>
      )}
      {asking === 'retire' && (
        <ReasonDialog
          title={t('retire')}
          error={retire.error}
          busy={retire.isPending}
          onConfirm={(reason) => retire.mutate({ params: params(), body: { reason } })}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

function Facts({ tariff }: { tariff: TariffView }) {
  const t = useText(TARIFFS);
  const { sizes, until } = dataOf(tariff);
  return (
    <Paper withBorder p="md">
      <dl className="facts">
        <Fact label={t('class')}>{t(tariff.waterClass)}</Fact>
        <Fact label={t('sizes')}>{sizes ? <Ltr>{sizes.join(', ')}</Ltr> : t('allSizes')}</Fact>
        <Fact label={t('effectiveFrom')}>
          <Day day={tariff.effectiveFrom} />
        </Fact>
        <Fact label={t('until')}>{until ? <Day day={until} /> : t('untilNext')}</Fact>
        <Fact label={t('decision')}>
          <Ltr>{tariff.decisionNumber}</Ltr> · <Day day={tariff.decidedOn} />
        </Fact>
        <Fact label={t('drafted')}>
          <Name>{tariff.draftedByName}</Name> · <Instant at={tariff.draftedAt} />
        </Fact>
        {tariff.approvedByName && (
          <Fact label={t('approved')}>
            <Name>{tariff.approvedByName}</Name> · <Instant at={tariff.approvedAt} />
          </Fact>
        )}
        {tariff.retiredAt && (
          <Fact label={t('retired')}>
            <Instant at={tariff.retiredAt} /> · <Name>{tariff.retirement}</Name>
          </Fact>
        )}
        <Fact label={t('idle')}>{tariff.idleStates.map((each) => t(each as 'HOLD')).join('، ') || t('never')}</Fact>
      </dl>
    </Paper>
  );
}

function Blocks({ tariff }: { tariff: TariffView }) {
  const t = useText(TARIFFS);
  const perText = usePer();
  const { per = 'CYCLE', steps } = dataOf(tariff).blocks;
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t('blocks')} · {t('per')} {perText(String(per))}
      </Title>
      <Listing label={t('blocks')} minWidth={360} head={[t('over'), t('upTo'), t('price')]}>
        {steps.map(({ over, upTo, price }) => (
          <Table.Tr key={over}>
            <Table.Td>
              <Ltr>{over}</Ltr>
            </Table.Td>
            <Table.Td>{upTo === null ? t('noEnd') : <Ltr>{upTo}</Ltr>}</Table.Td>
            <Table.Td>
              <Ltr>{price}</Ltr>
            </Table.Td>
          </Table.Tr>
        ))}
      </Listing>
    </section>
  );
}

function Charges({ tariff }: { tariff: TariffView }) {
  const t = useText(TARIFFS);
  const perText = usePer();
  const data = dataOf(tariff);
  const charges = CHARGE_NAMES.flatMap((name): [typeof name, ChargeForm][] =>
    data[name] ? [[name, chargeForm(data[name])]] : [],
  );
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t('charges')}
      </Title>
      {charges.length === 0 ? (
        <Text c="dimmed">{t('noCharges')}</Text>
      ) : (
        <dl className="facts">
          {charges.map(([name, { kind, value, per, each, of }]) => (
            <Fact key={name} label={t(CHARGES[name].component)}>
              <Ltr>{kind === 'PERCENT' ? `${value}%` : value}</Ltr>{' '}
              <Text span size="sm" c="dimmed">
                {kind === 'AMOUNT' && `${t('each')} ${t(each)}، ${t('per')} ${perText(per)}`}
                {kind === 'PRICE' && t('PRICE')}
                {(kind === 'PERCENT' || name === 'minimum' || name === 'cap') &&
                  ` ${t('of')} ${of.map((each) => t(each)).join('، ')}`}
              </Text>
            </Fact>
          ))}
        </dl>
      )}
    </section>
  );
}
