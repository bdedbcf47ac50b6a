import { Checkbox, Select, SimpleGrid, TextInput } from '@mantine/core';
import { foldDigits } from '@libs/arabic';
import { $api, type Schemas } from '../api/client';
import { usePreferences, useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { WATER_CLASSES, type RequestKind } from './request-kinds';
import { WATER } from './water.texts';

export type Details = NonNullable<Schemas['SubmitRequest']['details']>;
/** As typed; numbers are text until they are sent. */
export type DetailsDraft = Partial<Record<keyof Details, string>> & { sewer?: string };

const NUMBERS = ['sizeMm', 'units', 'zoneId', 'reading'] as const;
const isNumber = (name: string): boolean => (NUMBERS as readonly string[]).includes(name);

/** What may be told beside what has to be. */
const ALSO: Partial<Record<RequestKind, readonly (keyof Details)[]>> = {
  NEW_SUBSCRIPTION: ['units', 'basin', 'plot', 'zoneId', 'sewer'],
  RECONNECT: ['reason'],
  METER_TEST: ['reason'],
};

export const detailNames = (kind: RequestKind, required: readonly string[]): (keyof Details)[] => [
  ...(required as (keyof Details)[]),
  ...(ALSO[kind] ?? []),
];

/** Without what was left empty; digits as Latin ones. */
export const detailsBody = (draft: DetailsDraft, names: readonly (keyof Details)[]): Details =>
  Object.fromEntries(
    names.flatMap((name): [string, unknown][] => {
      const typed = foldDigits(draft[name] ?? '').trim();
      if (name === 'sewer') return typed === 'yes' ? [[name, true]] : [];
      if (typed === '') return [];
      return [[name, isNumber(name) ? Number(typed) : typed]];
    }),
  ) as Details;

interface RequestDetailsProps {
  names: readonly (keyof Details)[];
  required: readonly string[];
  draft: DetailsDraft;
  errors: Readonly<Record<string, string>>;
  onChange: (changes: DetailsDraft) => void;
}

/** The fields that a kind of request asks for. */
export function RequestDetails({ names, required, draft, errors, onChange }: RequestDetailsProps) {
  const t = useText(WATER);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="xs">
      {names.map((name) => {
        const common = { withAsterisk: required.includes(name), error: errors[`details.${name}`] };
        const value = draft[name] ?? '';
        switch (name) {
          case 'waterClass':
            return (
              <Select
                key={name}
                {...common}
                label={t('waterClass')}
                value={value || null}
                data={WATER_CLASSES.map((each) => ({ value: each, label: t(each) }))}
                onChange={(next) => onChange({ waterClass: next ?? '' })}
              />
            );
          case 'zoneId':
            return (
              <ZoneSelect key={name} value={value} error={common.error} onChange={(zoneId) => onChange({ zoneId })} />
            );
          case 'sewer':
            return (
              <Checkbox
                key={name}
                mt={30}
                label={t('sewer')}
                checked={value === 'yes'}
                onChange={({ currentTarget: { checked } }) => onChange({ sewer: checked ? 'yes' : '' })}
              />
            );
          case 'soldOn':
          case 'readOn':
            return (
              <DayField
                key={name}
                {...common}
                label={t(name)}
                value={value}
                onChange={(day) => onChange({ [name]: day })}
              />
            );
          default:
            return (
              <TextInput
                key={name}
                {...common}
                label={t(name)}
                dir={isNumber(name) ? 'ltr' : undefined}
                inputMode={isNumber(name) ? 'numeric' : undefined}
                value={value}
                onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
              />
            );
        }
      })}
    </SimpleGrid>
  );
}

function ZoneSelect({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange: (zoneId: string) => void;
}) {
  const t = useText(WATER);
  const { language } = usePreferences();
  const zones = $api.useQuery('get', '/api/v1/water/zones');
  const data = (zones.data ?? []).map(({ id, nameAr, nameEn }) => ({
    value: String(id),
    label: language === 'ar' ? nameAr : nameEn,
  }));
  return (
    <Select
      label={t('zoneId')}
      clearable
      error={error}
      value={value || null}
      data={data}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}
