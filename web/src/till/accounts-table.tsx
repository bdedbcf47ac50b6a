import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  Collapse,
  Group,
  Paper,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { toDecimalString, type Currency } from '@libs/money';
import { Fragment, useState } from 'react';
import { usePreferences, useText } from '../i18n/preferences';
import { Day, Ltr, Money, Name } from '../shared/values';
import { allDue, type LineDraft, type PayableAccount, type PayableLine, type Payer } from './basket';
import { TILL } from './till.texts';
import type { ChangeBasket } from './use-basket';

interface AccountsTableProps {
  payer: Payer;
  lines: readonly LineDraft[];
  payable: ReadonlyMap<number, PayableLine>;
  change: ChangeBasket;
}

/** All accounts of the payer over all services: what to pay is ticked, how much of it may be typed. */
export function AccountsTable({ payer, lines, payable, change }: AccountsTableProps) {
  const t = useText(TILL);
  return (
    <Paper withBorder radius="md" p="sm">
      <Group justify="space-between" mb="xs">
        <Text fw={600}>{t('accounts')}</Text>
        <Group gap="xs">
          <Button size="compact-xs" variant="subtle" onClick={() => change({ type: 'lines', lines: allDue(payer) })}>
            {t('allDue')}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => change({ type: 'lines', lines: [] })}>
            {t('none')}
          </Button>
        </Group>
      </Group>
      <Table verticalSpacing={6} className="accounts">
        <Table.Thead>
          <Table.Tr>
            <Table.Th aria-label={t('pays')} />
            <Table.Th>{t('account')}</Table.Th>
            <Table.Th className="end">{t('balance')}</Table.Th>
            <Table.Th className="end">{t('pays')}</Table.Th>
            <Table.Th aria-label={t('charges')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {payer.accounts.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              line={lines.find(({ accountId }) => accountId === account.id)}
              payable={payable.get(account.id)}
              change={change}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

interface AccountRowProps {
  account: PayableAccount;
  line: LineDraft | undefined;
  payable: PayableLine | undefined;
  change: ChangeBasket;
}

function AccountRow({ account, line, payable, change }: AccountRowProps) {
  const t = useText(TILL);
  const [opened, setOpened] = useState(false);
  const { id, number, serviceType, address, state, relation, balance, charges, named } = account;
  const currency = balance.currency as Currency;
  return (
    <Fragment>
      <Table.Tr data-named={named || undefined}>
        <Table.Td w={36}>
          <Checkbox
            aria-label={t('tick', { number })}
            checked={line !== undefined}
            disabled={state !== 'OPEN'}
            onChange={({ currentTarget: { checked } }) =>
              change({ type: 'tick', account: { accountId: id, currency }, ticked: checked })
            }
          />
        </Table.Td>
        <Table.Td>
          <Group gap={6}>
            <Text size="sm" fw={600}>
              {t(serviceType)} <Ltr>{number}</Ltr>
            </Text>
            {relation !== 'SAME_PERSON' && (
              <Badge variant="light" size="xs" color="gray">
                {t(relation as 'PARTNER')}
              </Badge>
            )}
            {state !== 'OPEN' && (
              <Badge variant="light" size="xs" color="gray">
                {t('closed')}
              </Badge>
            )}
          </Group>
          <Text size="xs" c="dimmed">
            {address && <Name>{address}</Name>}
          </Text>
        </Table.Td>
        <Table.Td className="end">
          <Money minor={balance.amount} currency={currency} />
          {Number(balance.amount) < 0 && (
            <Text size="xs" c="dimmed">
              {t('advance')}
            </Text>
          )}
        </Table.Td>
        <Table.Td className="end" w={150}>
          {line && <AmountField account={account} line={line} payable={payable} change={change} />}
        </Table.Td>
        <Table.Td w={36}>
          {charges.length > 0 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-expanded={opened}
              aria-label={t('chargesOf', { number })}
              onClick={() => setOpened(!opened)}
            >
              <IconChevronDown size={18} className={opened ? 'turned' : undefined} />
            </ActionIcon>
          )}
        </Table.Td>
      </Table.Tr>
      {opened && (
        <Table.Tr>
          <Table.Td colSpan={5} p={0}>
            <Collapse expanded={opened}>
              <Charges account={account} line={line} change={change} />
            </Collapse>
          </Table.Td>
        </Table.Tr>
      )}
    </Fragment>
  );
}

function AmountField({ account, line, payable, change }: AccountRowProps & { line: LineDraft }) {
  const t = useText(TILL);
  const { language } = usePreferences();
  const { currency } = line;
  const shown = payable && !payable.pending && !payable.error ? toDecimalString(payable.amount, currency) : '';
  return (
    <Stack gap={2}>
      <TextInput
        size="xs"
        dir="ltr"
        inputMode="decimal"
        aria-label={t('amountOf', { number: account.number })}
        placeholder={shown}
        value={line.typed}
        error={payable?.error && t(payable.error as 'tooMuch')}
        onChange={({ currentTarget: { value } }) =>
          change({ type: 'line', accountId: account.id, changes: { typed: value } })
        }
      />
      {payable?.reliefs.map(({ source, nameAr, nameEn, granted }) => (
        <Text key={source} size="xs" c="brand">
          {t('relief')} {language === 'ar' ? nameAr : nameEn}: <Money minor={granted.amount} currency={currency} />
        </Text>
      ))}
    </Stack>
  );
}

function Charges({ account, line, change }: Pick<AccountRowProps, 'account' | 'line' | 'change'>) {
  const t = useText(TILL);
  const { language } = usePreferences();
  const { id, charges, balance, state } = account;
  const currency = balance.currency as Currency;
  const chosen = line ? (line.chargeIds ?? charges.map((charge) => charge.id)) : [];
  const choose = (chargeIds: number[]) => {
    if (chargeIds.length === 0) return change({ type: 'tick', account: { accountId: id, currency }, ticked: false });
    if (!line) change({ type: 'tick', account: { accountId: id, currency }, ticked: true });
    const all = chargeIds.length === charges.length;
    change({ type: 'line', accountId: id, changes: { chargeIds: all ? undefined : chargeIds } });
  };
  return (
    <Table verticalSpacing={4} fz="sm" className="charges">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={36} />
          <Table.Th>{t('head')}</Table.Th>
          <Table.Th>{t('period')}</Table.Th>
          <Table.Th>{t('due')}</Table.Th>
          <Table.Th className="end">{t('outstanding')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {charges.map((charge) => {
          const name = language === 'ar' ? charge.nameAr : charge.nameEn;
          return (
            <Table.Tr key={charge.id}>
              <Table.Td>
                <Checkbox
                  size="xs"
                  aria-label={t('tickCharge', { head: name, period: charge.period })}
                  disabled={state !== 'OPEN'}
                  checked={chosen.includes(charge.id)}
                  onChange={({ currentTarget: { checked } }) =>
                    choose(checked ? [...chosen, charge.id] : chosen.filter((each) => each !== charge.id))
                  }
                />
              </Table.Td>
              <Table.Td>
                {name}{' '}
                {charge.detail && (
                  <Text span size="xs" c="dimmed">
                    <Name>{charge.detail}</Name>
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Ltr>{charge.period}</Ltr>
              </Table.Td>
              <Table.Td>
                <Day day={charge.dueOn} />
              </Table.Td>
              <Table.Td className="end">
                <Money minor={charge.outstanding.amount} currency={currency} />
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
