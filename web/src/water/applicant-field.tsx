import { useDebouncedValue } from '@mantine/hooks';
import { Alert, Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { usePreferences, useText } from '../i18n/preferences';
import { useCitizenSearch } from '../shared/citizen-search';
import { Finder } from '../shared/finder';
import { Ltr, Name } from '../shared/values';
import { WATER } from './water.texts';

export interface Applicant {
  oneRecordId: number;
  number: string;
  name: string;
  /** By the clerk, not as the holder of the subscription. */
  chosen: boolean;
}

interface ApplicantFieldProps {
  /** Number of the subscription whose holder is the applicant unless another is chosen. */
  holderOf: string | undefined;
  applicant: Applicant | undefined;
  onChange: (applicant: Applicant | undefined) => void;
}

/** Who asks: a person with an approved record, found by name or number. */
export function ApplicantField({ holderOf, applicant, onChange }: ApplicantFieldProps) {
  const t = useText(WATER);
  const { language } = usePreferences();
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, 200);
  const [unapproved, setUnapproved] = useState(false);
  const citizens = useCitizenSearch(text, 'COUNTER_SERVICE', 8);
  const holder = useHolder(holderOf);
  useEffect(() => {
    onChange(holder);
    // Once the holder is known, or another subscription was chosen; `onChange` is the setter of the form's state.
  }, [holder?.oneRecordId, onChange]);
  if (applicant) {
    return (
      <Group justify="space-between">
        <Text fw={600}>
          <Name>{applicant.name}</Name> <Ltr>{applicant.number}</Ltr>
        </Text>
        <Button size="compact-sm" variant="subtle" onClick={() => onChange(undefined)}>
          {t('another')}
        </Button>
      </Group>
    );
  }
  const pick = (row: Schemas['FoundRowView']) => {
    const { oneRecord } = row;
    setText('');
    const approved = oneRecord !== null && (oneRecord.state === 'APPROVED' || oneRecord.state === 'ACTIVATED');
    setUnapproved(!approved);
    if (approved) onChange({ oneRecordId: oneRecord.id, number: oneRecord.number, name: row.name, chosen: true });
  };
  return (
    <>
      <Finder
        label={t('findApplicant')}
        placeholder={t('findApplicant')}
        shortcut="F3"
        text={text}
        onText={setText}
        busy={citizens.isFetching || settled !== text}
        none={t('findNone')}
        error={citizens.error}
        found={citizens.rows.map((row) => ({
          key: String(row.citizenId),
          content: (
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm">
                <Name>{row.name}</Name>
              </Text>
              <Text size="xs" c="dimmed">
                {row.oneRecord ? (
                  <Ltr>{row.oneRecord.number}</Ltr>
                ) : (
                  row.why.map((reason) => reason[language]).join(' · ')
                )}
              </Text>
            </Group>
          ),
          pick: () => pick(row),
        }))}
      />
      {unapproved && (
        <Alert color="orange" mt="xs" role="alert">
          {t('applicantOpen')}
        </Alert>
      )}
    </>
  );
}

function useHolder(number: string | undefined): Applicant | undefined {
  const payers = $api.useQuery(
    'get',
    '/api/v1/billing/payers',
    { params: { query: { number: number ?? '' } } },
    { enabled: number !== undefined },
  );
  const payer = payers.data?.payers.find(({ oneRecordId }) => oneRecordId !== null);
  return payer && { oneRecordId: payer.oneRecordId!, number: payer.oneRecordNumber!, name: payer.name, chosen: false };
}
