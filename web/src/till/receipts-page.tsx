import { Badge, Button, Group, Select, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useUser } from '../api/use-session';
import { today } from '../i18n/format';
import { useText } from '../i18n/preferences';
import { End, Listing } from '../shared/listing';
import { DayField } from '../shared/day-field';
import { Key, useKeys } from '../shared/keys';
import { Page } from '../shared/page';
import { Paged } from '../shared/states';
import { Instant, Ltr, Money, Name } from '../shared/values';
import { SHIFT } from './shift.texts';
import './till.css';
import { useOwnShift } from './use-shift';

const STATES = ['POSTED', 'VOIDED', 'REVERSED'] as const;
const PAGE = 20;

/** Receipts of the cashier's own shift; for all others, and without a shift, those of a day. */
export default function ReceiptsPage() {
  const t = useText(SHIFT);
  const { id, role } = useUser();
  const shift = useOwnShift();
  const [state, setState] = useState<(typeof STATES)[number] | null>(null);
  const [day, setDay] = useState(today());
  const [page, setPage] = useState(1);
  const own = role === 'cashier';
  const ofShift = own && day === today() ? shift.data?.id : undefined;
  const query = {
    ...{ page, pageSize: PAGE },
    ...(state && { state }),
    ...(own && { cashierId: id }),
    ...(ofShift !== undefined ? { shiftId: ofShift } : day && { from: day, to: day }),
  };
  const receipts = $api.useQuery('get', '/api/v1/payments', { params: { query } });
  return (
    <Page title={ofShift === undefined ? t('receipts') : t('receiptsOfShift')} actions={<OpenBySerial />}>
      <Group align="flex-end">
        <DayField label={t('made')} w={150} value={day} onChange={(next) => (setDay(next), setPage(1))} />
        <Select
          label={t('state')}
          clearable
          w={150}
          placeholder={t('any')}
          value={state}
          data={STATES.map((value) => ({ value, label: t(value) }))}
          onChange={(next) => (setState(next), setPage(1))}
        />
      </Group>
      <Paged query={receipts} page={page} onPage={setPage} empty={t('noReceipts')}>
        {(items) => <ReceiptTable items={items} />}
      </Paged>
    </Page>
  );
}

function OpenBySerial() {
  const t = useText(SHIFT);
  const [serial, setSerial] = useState('');
  const [, navigate] = useLocation();
  const [field, setField] = useState<HTMLInputElement | null>(null);
  useKeys([{ keys: 'F2', label: t('findReceipt'), run: () => field?.focus() }]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (serial.trim()) navigate(`/till/receipts/${encodeURIComponent(serial.trim())}`);
      }}
    >
      <TextInput
        ref={setField}
        dir="ltr"
        w={280}
        aria-label={t('findReceipt')}
        placeholder={t('receiptHint')}
        value={serial}
        rightSection={<Key>F2</Key>}
        rightSectionWidth={48}
        onChange={(event) => setSerial(event.currentTarget.value)}
      />
    </form>
  );
}

export const STATE_COLORS: Record<string, string> = {
  ...{ POSTED: 'green', VOIDED: 'gray', REVERSED: 'orange' },
  ...{ OPEN: 'green', COUNTED: 'orange', CLOSED: 'gray', IN_TRANSIT: 'orange', CONFIRMED: 'green' },
};

function ReceiptTable({ items }: { items: Schemas['PaymentSummaryView'][] }) {
  const t = useText(SHIFT);
  return (
    <Listing
      label={t('receipts')}
      head={[t('serial'), t('payer'), <End key="amount">{t('amount')}</End>, t('at'), t('state')]}
    >
      {items.map(({ serial, payerName, totals, paidAt, state }) => (
        <Table.Tr key={serial}>
          <Table.Td>
            <Button component={Link} href={`/till/receipts/${serial}`} variant="subtle" size="compact-sm">
              <Ltr>{serial}</Ltr>
            </Button>
          </Table.Td>
          <Table.Td>
            <Name>{payerName}</Name>
          </Table.Td>
          <Table.Td className="end">
            {totals.map(({ currency, amount }) => (
              <div key={currency}>
                <Money minor={amount} currency={currency} />
              </div>
            ))}
          </Table.Td>
          <Table.Td>
            <Instant at={paidAt} />
          </Table.Td>
          <Table.Td>
            <Badge color={STATE_COLORS[state]} variant="light">
              {t(state)}
            </Badge>
          </Table.Td>
        </Table.Tr>
      ))}
    </Listing>
  );
}
