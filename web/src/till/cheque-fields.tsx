import { Alert, Badge, Group, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { foldDigits, normalizeName } from '@libs/arabic';
import { $api } from '../api/client';
import { useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import type { ChequeDraft } from './settlement';
import { TILL } from './till.texts';

interface ChequeFieldsProps {
  cheque: ChequeDraft;
  /** By name of the field. */
  errors: Readonly<Record<string, string | undefined>>;
  onChange: (changes: Partial<ChequeDraft>) => void;
}

/** The cheque as it lies on the counter. */
export function ChequeFields({ cheque, errors, onChange }: ChequeFieldsProps) {
  const t = useText(TILL);
  const field = (name: Exclude<keyof ChequeDraft, 'dueOn'>, label: string, required = false, ltr = false) => (
    <TextInput
      size="xs"
      label={label}
      withAsterisk={required}
      dir={ltr ? 'ltr' : undefined}
      value={cheque[name]}
      error={errors[name]}
      onChange={({ currentTarget: { value } }) => onChange({ [name]: value })}
    />
  );
  return (
    <>
      <SimpleGrid cols={2} spacing="xs" verticalSpacing={4}>
        {field('number', t('chequeNumber'), true, true)}
        <DayField
          size="xs"
          label={t('chequeDue')}
          withAsterisk
          value={cheque.dueOn}
          error={errors.dueOn}
          onChange={(dueOn) => onChange({ dueOn })}
        />
        {field('bank', t('chequeBank'), true, true)}
        {field('bankName', t('chequeBankName'))}
        {field('branch', t('chequeBranch'))}
        {field('drawerAccount', t('chequeAccount'), false, true)}
        {field('drawer', t('chequeDrawer'), true)}
        {field('drawerId', t('chequeDrawerId'), false, true)}
      </SimpleGrid>
      <DrawerGrade name={cheque.drawer} id={cheque.drawerId} />
    </>
  );
}

const COLORS: Record<string, string> = { A: 'green', B: 'teal', C: 'orange', D: 'red' };

/** What came of the drawer's cheques so far; by ID where one is typed, else by the name however it is spelled. */
function DrawerGrade({ name, id }: { name: string; id: string }) {
  const t = useText(TILL);
  const [asked] = useDebouncedValue(name.trim(), 300);
  const query = { name: asked, page: 1, pageSize: 20 };
  const drawers = $api.useQuery('get', '/api/v1/cheques/drawers', { params: { query } }, { enabled: asked.length > 2 });
  if (asked.length <= 2 || !drawers.data) return null;
  const key = `ID:${foldDigits(id).trim()}`;
  const same = (other: string) => normalizeName(other) === normalizeName(asked);
  const { items } = drawers.data;
  const drawer = items.find(({ drawerKey }) => drawerKey === key) ?? items.find((each) => same(each.name));
  if (!drawer)
    return (
      <Text size="xs" c="dimmed" mt={4}>
        {t('gradeNew')}
      </Text>
    );
  const { grade, cheques, returned } = drawer;
  return (
    <>
      <Group gap="xs" mt={6}>
        <Badge variant="light" color={COLORS[grade]}>
          {t('grade', { grade })}
        </Badge>
        <Text size="xs">{t('gradeOf', { cheques, returned })}</Text>
      </Group>
      {(grade === 'C' || grade === 'D') && (
        <Alert color={COLORS[grade]} p="xs" mt={4} role="alert">
          {t('gradeBad')}
        </Alert>
      )}
    </>
  );
}
