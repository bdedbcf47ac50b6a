import { Badge, Button, Select, Table, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { $api } from '../api/client';
import { useFieldErrors } from '../api/use-field-errors';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { Listing } from '../shared/listing';
import { Page } from '../shared/page';
import { Paged } from '../shared/states';
import { Instant, Ltr, Name } from '../shared/values';
import { STATE_COLORS } from './receipts-page';
import { SHIFT } from './shift.texts';
import './till.css';

const STATES = ['OPEN', 'COUNTED', 'CLOSED'] as const;
const PAGE = 20;

/** Shifts, newest first: a cashier's own, a supervisor's to close. */
export default function ShiftsPage() {
  const t = useText(SHIFT);
  const may = useMay();
  const [state, setState] = useState<(typeof STATES)[number] | null>(null);
  const [page, setPage] = useState(1);
  const query = { page, pageSize: PAGE, ...(state && { state }) };
  const shifts = $api.useQuery('get', '/api/v1/shifts', { params: { query } });
  return (
    <Page title={t('shifts')} actions={may('billing.till.create') && <NewTill />}>
      <Select
        label={t('state')}
        clearable
        w={180}
        placeholder={t('any')}
        value={state}
        data={STATES.map((value) => ({ value, label: t(value) }))}
        onChange={(next) => (setState(next), setPage(1))}
      />
      <Paged query={shifts} page={page} onPage={setPage}>
        {(items) => (
          <Listing
            label={t('shifts')}
            head={[t('till'), t('cashier'), t('openedAt'), t('COUNTED'), t('closedBy'), t('state')]}
          >
            {items.map((shift) => (
              <Table.Tr key={shift.id}>
                <Table.Td>
                  <Button component={Link} href={`/till/shifts/${shift.id}`} variant="subtle" size="compact-sm">
                    <Ltr>{shift.tillCode}</Ltr>
                  </Button>
                </Table.Td>
                <Table.Td>
                  <Name>{shift.cashierName}</Name>
                </Table.Td>
                <Table.Td>
                  <Instant at={shift.openedAt} />
                </Table.Td>
                <Table.Td>
                  <Instant at={shift.countedAt} />
                </Table.Td>
                <Table.Td>
                  <Instant at={shift.closedAt} />
                </Table.Td>
                <Table.Td>
                  <Badge color={STATE_COLORS[shift.state]} variant="light">
                    {t(shift.state)}
                  </Badge>
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        )}
      </Paged>
    </Page>
  );
}

function NewTill() {
  const t = useText(SHIFT);
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('newTill')}
      </Button>
      {opened && <NewTillDialog onClose={close} />}
    </>
  );
}

const FIELDS = ['code', 'office', 'name'] as const;

function NewTillDialog({ onClose }: { onClose: () => void }) {
  const t = useText(SHIFT);
  const queries = useQueryClient();
  const [till, setTill] = useState({ code: '', office: 'OSS', name: '' });
  const create = $api.useMutation('post', '/api/v1/tills', {
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/tills'] });
      onClose();
    },
  });
  const errors = useFieldErrors(create.error);
  return (
    <FormDialog
      title={t('newTill')}
      submit={t('save')}
      error={create.error}
      busy={create.isPending}
      dirty={till.code !== ''}
      onSubmit={() => create.mutate({ body: till })}
      onClose={onClose}
    >
      {FIELDS.map((name) => (
        <TextInput
          key={name}
          label={t(name)}
          required
          data-autofocus={name === 'code' || undefined}
          dir={name === 'name' ? undefined : 'ltr'}
          value={till[name]}
          error={errors[name]}
          onChange={({ currentTarget: { value } }) => setTill((now) => ({ ...now, [name]: value }))}
        />
      ))}
    </FormDialog>
  );
}
