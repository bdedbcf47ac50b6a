import { Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { Children, useState, type ReactNode } from 'react';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { today } from '../i18n/format';
import { useText } from '../i18n/preferences';
import { documentTypes, judgeDocument, NAME_PARTS, type Identity, type PartyType, type Place } from './identity';
import { RECORD } from './one-record.texts';

interface IdentityFormProps {
  party: PartyType;
  identity: Identity;
  errors: Record<string, string>;
  onChange: (place: Place, value: string) => void;
}

const MORE: readonly Place[] = ['email', 'bornOn', 'diedOn', 'latinName.given', 'latinName.body', 'latinName.family'];

/** Name, document and contacts as the clerk reads them from the ID. */
export function IdentityForm({ party, identity, errors, onChange }: IdentityFormProps) {
  const t = useText(RECORD);
  const field = (place: Place) => ({
    value: identity[place] ?? '',
    error: errors[place],
    onChange: (event: { currentTarget: { value: string } }) => onChange(place, event.currentTarget.value),
  });
  const parts = party === 'INDIVIDUAL' ? NAME_PARTS : (['body'] as const);
  const types = documentTypes(party);
  const [asked, setOpened] = useState(false);
  const opened = asked || MORE.some((place) => identity[place] || errors[place]);
  const judged = judgeDocument(identity['document.type'] ?? types[0], identity['document.number']);
  return (
    <Stack gap="sm">
      <Fieldset legend={t(party === 'INDIVIDUAL' ? 'asOnId' : 'asOnDocument')}>
        {parts.map((part) => (
          <TextInput key={part} label={t(part)} dir="auto" autoComplete="off" {...field(`name.${part}`)} />
        ))}
      </Fieldset>
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
        <NativeSelect
          label={t('documentType')}
          data={types.map((value) => ({ value, label: t(`document_${value}`) }))}
          {...field('document.type')}
        />
        <TextInput
          label={t('documentNumber')}
          dir="ltr"
          inputMode="numeric"
          autoComplete="off"
          rightSection={
            judged === 'good' ? (
              <IconCheck size={16} aria-label={t('idGood')} color="var(--mantine-color-teal-6)" />
            ) : undefined
          }
          description={judged === 'bad' ? <IdWarning /> : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...field('document.number')}
        />
        <TextInput label={t('phone')} dir="ltr" type="tel" autoComplete="off" {...field('phone')} />
      </SimpleGrid>
      <details open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary>{t('moreFields')}</summary>
        <Stack gap="sm" mt="xs">
          <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
            <TextInput label={t('email')} dir="ltr" type="email" autoComplete="off" {...field('email')} />
            {party === 'INDIVIDUAL' && <TextInput label={t('bornOn')} type="date" max={today()} {...field('bornOn')} />}
            {party !== 'COMPANY' && <TextInput label={t('diedOn')} type="date" max={today()} {...field('diedOn')} />}
          </SimpleGrid>
          <Fieldset legend={t('latinName')}>
            {parts.map((part) => (
              <TextInput
                key={part}
                aria-label={`${t('latinName')}: ${t(part)}`}
                placeholder={t(part)}
                dir="ltr"
                autoComplete="off"
                {...field(`latinName.${part}`)}
              />
            ))}
          </Fieldset>
        </Stack>
      </details>
    </Stack>
  );
}

function Fieldset({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="plain">
      <Text component="legend" size="sm" fw={600} mb={4}>
        {legend}
      </Text>
      <SimpleGrid cols={Children.count(children) > 1 ? 2 : 1} spacing="sm" verticalSpacing="xs">
        {children}
      </SimpleGrid>
    </fieldset>
  );
}

function IdWarning() {
  const t = useText(RECORD);
  return (
    <Group gap={4} c="orange.9" component="span" wrap="nowrap">
      <IconAlertTriangle size={14} />
      {t('idBad')}
    </Group>
  );
}
