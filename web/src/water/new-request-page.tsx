import { Alert, Badge, Button, Card, Checkbox, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { useFieldErrors } from '../api/use-field-errors';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { useLeave } from '../shared/leave';
import { Page } from '../shared/page';
import { Loaded, ProblemAlert } from '../shared/states';
import { useUnsaved } from '../shared/unsaved';
import { Money } from '../shared/values';
import { ApplicantField, type Applicant } from './applicant-field';
import { detailNames, detailsBody, RequestDetails, type DetailsDraft } from './request-details';
import type { RequestKind } from './request-kinds';
import { SubscriptionHit, SubscriptionSearch } from './subscription-search';
import './water.css';
import { WATER } from './water.texts';

type Kind = Schemas['RequestKindView'];
type Subscription = Schemas['FoundSubscriptionView'];

/** A citizen's request as the counter takes it: what it needs depends on its kind. */
export default function NewRequestPage() {
  const t = useText(WATER);
  const [params] = useSearchParams();
  const id = params.get('subscription');
  const kinds = $api.useQuery('get', '/api/v1/water/request-kinds');
  const query = { ids: id ?? '', page: 1, pageSize: 1 };
  const given = $api.useQuery('get', '/api/v1/water/subscriptions', { params: { query } }, { enabled: id !== null });
  return (
    <Page title={t('newRequest')}>
      <Loaded query={kinds}>
        {(all) =>
          id === null ? (
            <RequestForm kinds={all} />
          ) : (
            <Loaded query={given}>{({ items }) => <RequestForm kinds={all} given={items[0]} />}</Loaded>
          )
        }
      </Loaded>
    </Page>
  );
}

function RequestForm({ kinds, given }: { kinds: Kind[]; given?: Subscription | undefined }) {
  const t = useText(WATER);
  const attempt = useAttempt();
  const [kind, setKind] = useState<RequestKind>(given ? 'METER_TEST' : 'NEW_SUBSCRIPTION');
  const [subscription, setSubscription] = useState(given);
  const [applicant, setApplicant] = useState<Applicant>();
  const [details, setDetails] = useState<DetailsDraft>({});
  const [documents, setDocuments] = useState<string[]>([]);
  const chosen = kinds.find((each) => each.kind === kind)!;
  const names = detailNames(kind, chosen.details);
  const isNew = kind === 'NEW_SUBSCRIPTION';
  const submitting = $api.useMutation('post', '/api/v1/water/requests', {
    onSuccess: attempt.done,
    onError: attempt.failed,
  });
  useUnsaved(!submitting.isSuccess && (applicant?.chosen === true || Object.keys(details).length > 0));
  useLeave(submitting.data && `/water/requests/${submitting.data.id}`);
  const ready = applicant !== undefined && (isNew || subscription !== undefined);
  const submit = () => {
    if (!ready || submitting.isPending) return;
    const shown = documents.filter((code) => chosen.documents.includes(code));
    submitting.mutate({
      params: { header: attempt.header() },
      body: {
        ...{ kind, oneRecordId: applicant.oneRecordId, details: detailsBody(details, names), documents: shown },
        ...(!isNew && { subscriptionId: subscription!.id }),
      },
    });
  };
  const errors = useFieldErrors(submitting.error);
  useKeys([{ keys: 'F9', label: t('submit'), run: submit, disabled: !ready }]);
  return (
    <Stack maw={860}>
      <Card withBorder>
        <Radio.Group label={t('kind')} value={kind} onChange={(next) => setKind(next as RequestKind)}>
          <Group mt="xs">
            {kinds.map((each) => (
              <Radio key={each.kind} value={each.kind} label={t(each.kind)} />
            ))}
          </Group>
        </Radio.Group>
        <Steps kind={chosen} />
      </Card>
      {!isNew && (
        <Card withBorder>
          <Text fw={600} mb="xs">
            {t('subscription')}
          </Text>
          {subscription ? (
            <SubscriptionHit subscription={subscription} />
          ) : (
            <SubscriptionSearch onFound={([one]) => setSubscription(one)} />
          )}
        </Card>
      )}
      <Card withBorder>
        <Text fw={600} mb="xs">
          {t('applicant')}
        </Text>
        <ApplicantField
          key={`${kind === 'TRANSFER'} ${subscription?.id ?? ''}`}
          holderOf={isNew || kind === 'TRANSFER' ? undefined : subscription?.number}
          applicant={applicant}
          onChange={setApplicant}
        />
        {errors.oneRecordId && (
          <Alert color="red" mt="xs">
            {errors.oneRecordId}
          </Alert>
        )}
      </Card>
      {(names.length > 0 || chosen.documents.length > 0) && (
        <Card withBorder>
          <RequestDetails
            names={names}
            required={chosen.details}
            draft={details}
            errors={errors}
            onChange={(changes) => setDetails((now) => ({ ...now, ...changes }))}
          />
          {chosen.documents.length > 0 && (
            <Checkbox.Group label={t('documents')} mt="sm" value={documents} onChange={setDocuments}>
              <Group mt="xs">
                {chosen.documents.map((code) => (
                  <Checkbox key={code} value={code} label={t(code as 'ID_CARD')} />
                ))}
              </Group>
            </Checkbox.Group>
          )}
        </Card>
      )}
      <ProblemAlert error={submitting.error} />
      <Group justify="flex-end">
        <Button onClick={submit} disabled={!ready} loading={submitting.isPending} rightSection={<Key>F9</Key>}>
          {t('submit')}
        </Button>
      </Group>
    </Stack>
  );
}

function Steps({ kind: { steps, fee } }: { kind: Kind }) {
  const t = useText(WATER);
  return (
    <Group mt="md" justify="space-between" align="flex-start">
      <ol className="steps" aria-label={t('steps')}>
        {steps.map((step, at) => (
          <li key={step}>
            <Badge variant="default">
              {at + 1}. {t(step as 'SUBMITTED')}
            </Badge>
          </li>
        ))}
      </ol>
      <Text size="sm">
        {fee ? (
          <>
            {t('fee')}: <Money minor={fee.amount} currency={fee.currency} />
          </>
        ) : (
          t('noFee')
        )}
      </Text>
    </Group>
  );
}
