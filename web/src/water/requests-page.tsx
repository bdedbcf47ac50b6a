import { Button, Checkbox, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Page } from '../shared/page';
import { REQUEST_KINDS } from './request-kinds';
import { RequestList, type RequestFilter } from './request-list';
import './water.css';
import { WATER } from './water.texts';

const STATES = [
  'SUBMITTED',
  'CHECKED',
  'SURVEYED',
  'FEES_DUE',
  'PAID',
  'EXECUTED',
  'CLOSED',
  'REJECTED',
  'WITHDRAWN',
] as const;

/** Work lists of requests: by where they stand and kind; the late ones. */
export default function RequestsPage() {
  const t = useText(WATER);
  const may = useMay();
  const [, navigate] = useLocation();
  const [filter, setFilter] = useState<RequestFilter>({});
  const mayNew = may('water.request.submit');
  const create = () => navigate('/water/requests/new');
  useKeys([{ keys: 'F6', label: t('newRequest'), run: create, disabled: !mayNew }]);
  return (
    <Page
      title={t('requests')}
      actions={
        mayNew && (
          <Button onClick={create} rightSection={<Key>F6</Key>}>
            {t('newRequest')}
          </Button>
        )
      }
    >
      <Group align="flex-end">
        <Select
          label={t('state')}
          clearable
          w={170}
          placeholder={t('any')}
          value={filter.state ?? null}
          data={STATES.map((value) => ({ value, label: t(value) }))}
          onChange={(state) => setFilter(({ state: _, ...now }) => ({ ...now, ...(state && { state }) }))}
        />
        <Select
          label={t('kind')}
          clearable
          w={170}
          placeholder={t('any')}
          value={filter.kind ?? null}
          data={REQUEST_KINDS.map((value) => ({ value, label: t(value) }))}
          onChange={(kind) => setFilter(({ kind: _, ...now }) => ({ ...now, ...(kind && { kind }) }))}
        />
        <Checkbox
          mb={8}
          label={t('overdue')}
          checked={filter.overdue ?? false}
          onChange={({ currentTarget: { checked } }) =>
            setFilter(({ overdue: _, ...now }) => ({ ...now, ...(checked && { overdue: true }) }))
          }
        />
      </Group>
      <RequestList key={JSON.stringify(filter)} filter={filter} />
    </Page>
  );
}
