import {
  Alert,
  Anchor,
  Button,
  Card,
  Checkbox,
  Group,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { ProblemAlert } from '../shared/states';
import { useUnsaved } from '../shared/unsaved';
import type { RequestStep, useRequestStep } from './use-request-step';
import { WATER } from './water.texts';

type Request = Schemas['RequestDetailView'];

const VERBS = {
  CHECKED: 'check',
  SURVEYED: 'survey',
  FEES_DUE: 'charge',
  EXECUTED: 'execute',
  CLOSED: 'close',
} as const;
type Next = keyof typeof VERBS;

/** An order carries these out; it is asked for before they are executed. */
const ORDERED = ['RECONNECT', 'TEMPORARY_DISCONNECT'];

interface NextStepProps {
  request: Request;
  step: ReturnType<typeof useRequestStep>;
}

/** The step to be done next, with what it asks for, for those who may do it. */
export function NextStep({ request, step }: NextStepProps) {
  const t = useText(WATER);
  const may = useMay();
  if (request.state === 'FEES_DUE') {
    return (
      <Alert color="orange" title={t('waitsPayment')}>
        {may('billing.payment.take') && (
          <Anchor component={Link} href="/till">
            {t('pay')}
          </Anchor>
        )}
      </Alert>
    );
  }
  if (request.next === null || !(request.next in VERBS)) return null;
  const next = request.next as Next;
  return may(`water.request.${VERBS[next]}`) ? <StepForm key={next} next={next} request={request} step={step} /> : null;
}

function StepForm({ next, request, step }: NextStepProps & { next: Next }) {
  const t = useText(WATER);
  const may = useMay();
  const [note, setNote] = useState('');
  const [documents, setDocuments] = useState<string[]>(request.documents);
  const [survey, setSurvey] = useState<Schemas['SurveyRequest']>({});
  useUnsaved(note !== '' || documents.length !== request.documents.length || Object.keys(survey).length > 0);
  const said = note.trim() === '' ? {} : { note: note.trim() };
  const steps: Record<Next, RequestStep> = {
    CHECKED: { verb: 'check', body: { ...said, documents } },
    SURVEYED: { verb: 'survey', body: { ...said, ...survey } },
    FEES_DUE: { verb: 'charge', body: said },
    EXECUTED: { verb: 'execute', body: said },
    CLOSED: { verb: 'close', body: said },
  };
  const submit = () => !step.isPending && step.mutate(steps[next]);
  const missing = next === 'CHECKED' && request.requiredDocuments.some((code) => !documents.includes(code));
  const orderable = next === 'EXECUTED' && ORDERED.includes(request.kind) && may('water.order.reconnect');
  useKeys([{ keys: 'F9', label: t(`do_${next}`), run: submit, disabled: missing }]);
  return (
    <Card withBorder>
      <Text fw={600} mb="xs">
        {t('next')}
      </Text>
      <Stack gap="sm" maw={640}>
        {next === 'CHECKED' && request.requiredDocuments.length > 0 && (
          <Checkbox.Group label={t('documents')} value={documents} onChange={setDocuments}>
            <Group mt="xs">
              {request.requiredDocuments.map((code) => (
                <Checkbox key={code} value={code} label={t(code as 'ID_CARD')} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
        {next === 'SURVEYED' && request.kind === 'NEW_SUBSCRIPTION' && <Survey survey={survey} onChange={setSurvey} />}
        <TextInput label={t('note')} value={note} onChange={({ currentTarget }) => setNote(currentTarget.value)} />
        <ProblemAlert error={step.error} />
        <Group justify="flex-end">
          {orderable && (
            <Button variant="default" loading={step.isPending} onClick={() => step.mutate({ verb: 'order' })}>
              {t('order')}
            </Button>
          )}
          <Button onClick={submit} disabled={missing} loading={step.isPending} rightSection={<Key>F9</Key>}>
            {t(`do_${next}`)}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

interface SurveyProps {
  survey: Schemas['SurveyRequest'];
  onChange: (survey: Schemas['SurveyRequest']) => void;
}

/** What the surveyor found of a new subscription. */
function Survey({ survey, onChange }: SurveyProps) {
  const t = useText(WATER);
  const routes = $api.useQuery('get', '/api/v1/water/routes');
  const data = (routes.data ?? []).map(({ id, code, name }) => ({ value: String(id), label: `${code} · ${name}` }));
  const set = (name: keyof SurveyProps['survey'], value: string | number) => {
    const { [name]: _, ...others } = survey;
    onChange(value === '' ? others : { ...others, [name]: Number(value) });
  };
  return (
    <Group grow align="flex-start">
      <Select
        label={t('route')}
        clearable
        searchable
        data={data}
        value={survey.routeId?.toString() ?? null}
        onChange={(id) => set('routeId', id ?? '')}
      />
      {(['sequence', 'sizeMm', 'units'] as const).map((name) => (
        <NumberInput
          key={name}
          label={t(name)}
          min={0}
          allowDecimal={false}
          hideControls
          dir="ltr"
          value={survey[name] ?? ''}
          onChange={(value) => set(name, value)}
        />
      ))}
    </Group>
  );
}
