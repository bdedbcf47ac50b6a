import { Button, Group, Select, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { $api } from '../api/client';
import { useMay } from '../api/use-session';
import { usePreferences, useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Listing } from '../shared/listing';
import { Page } from '../shared/page';
import { Paged } from '../shared/states';
import { Day, Ltr, Name } from '../shared/values';
import { Preview } from './preview';
import { CLASSES, type TariffView, type WaterClass } from './tariff-form';
import { TariffState } from './tariff-state';
import { TARIFFS } from './tariffs.texts';

const PAGE = 20;
const STATES = ['DRAFT', 'APPROVED', 'RETIRED'] as const;

/** Versions of the water tariffs, and what a consumption costs by those that are approved. */
export default function TariffsPage() {
  const t = useText(TARIFFS);
  const { language } = usePreferences();
  const may = useMay();
  const [, navigate] = useLocation();
  const [waterClass, setClass] = useState<WaterClass | null>(null);
  const [state, setState] = useState<TariffView['state'] | null>(null);
  const [page, setPage] = useState(1);
  const query = { page, pageSize: PAGE, ...(waterClass && { waterClass }), ...(state && { state }) };
  const tariffs = $api.useQuery(
    'get',
    '/api/v1/water/tariffs',
    { params: { query } },
    { placeholderData: (last) => last },
  );
  const mayDraft = may('water.tariff.draft');
  useKeys([{ keys: 'Alt+N', label: t('newTariff'), run: () => navigate('/tariffs/new'), disabled: !mayDraft }]);
  return (
    <Page
      title={t('tariffs')}
      actions={
        mayDraft && (
          <Button
            component={Link}
            href="/tariffs/new"
            leftSection={<IconPlus size={16} />}
            rightSection={<Key>Alt+N</Key>}
          >
            {t('newTariff')}
          </Button>
        )
      }
    >
      <Group align="flex-end">
        <Select
          label={t('class')}
          w={150}
          clearable
          placeholder={t('any')}
          value={waterClass}
          data={CLASSES.map((value) => ({ value, label: t(value) }))}
          onChange={(next) => (setClass(next), setPage(1))}
        />
        <Select
          label={t('state')}
          w={140}
          clearable
          placeholder={t('any')}
          value={state}
          data={STATES.map((value) => ({ value, label: t(value) }))}
          onChange={(next) => (setState(next), setPage(1))}
        />
      </Group>
      <Paged query={tariffs} page={page} onPage={setPage} empty={t('none')}>
        {(items) => (
          <Listing
            label={t('tariffs')}
            minWidth={820}
            head={[t('code'), t('title'), t('class'), t('effectiveFrom'), t('state'), t('decision'), t('approved')]}
          >
            {items.map((tariff) => (
              <Table.Tr key={tariff.id}>
                <Table.Td>
                  <Button component={Link} href={`/tariffs/${tariff.id}`} variant="subtle" size="compact-sm">
                    <bdi dir="ltr">{tariff.code}</bdi>
                  </Button>
                </Table.Td>
                <Table.Td maw={280}>
                  <Text size="sm">
                    <Name>{language === 'ar' ? tariff.titleAr : tariff.titleEn}</Name>
                  </Text>
                </Table.Td>
                <Table.Td>{t(tariff.waterClass)}</Table.Td>
                <Table.Td>
                  <Day day={tariff.effectiveFrom} />
                </Table.Td>
                <Table.Td>
                  <TariffState state={tariff.state} />
                </Table.Td>
                <Table.Td>
                  <Ltr>{tariff.decisionNumber}</Ltr>
                </Table.Td>
                <Table.Td>
                  <Name>{tariff.approvedByName}</Name>
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        )}
      </Paged>
      <Preview title={`${t('preview')} ${t('byApproved')}`} />
    </Page>
  );
}
