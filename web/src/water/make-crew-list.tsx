import { Alert, Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { $api, type Schemas } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { useFieldErrors } from '../api/use-field-errors';
import { today } from '../i18n/format';
import { useText } from '../i18n/preferences';
import { DayField } from '../shared/day-field';
import { FormDialog } from '../shared/dialog';
import { Dialog } from '../shared/modal';
import { Name } from '../shared/values';
import { CREW } from './crew.texts';
import { CUTS } from './cuts.texts';
import { usePlaces } from './use-places';

const KINDS = ['DISCONNECT', 'RECONNECT'] as const;

/** Gives a crew its orders of a day; says what was cancelled and what is not for the crew. */
export function MakeCrewList({ onClose }: { onClose: () => void }) {
  const t = useText(CREW);
  const queries = useQueryClient();
  const attempt = useAttempt();
  const places = usePlaces();
  const [said, setSaid] = useState({
    ...{ kind: 'DISCONNECT' as (typeof KINDS)[number], workOn: today(), crew: '' },
    ...{ zoneId: null as string | null, routeId: null as string | null },
  });
  const change = (changes: Partial<typeof said>) => setSaid((now) => ({ ...now, ...changes }));
  const make = $api.useMutation('post', '/api/v1/water/field-lists', {
    async onSuccess() {
      attempt.done();
      await queries.invalidateQueries();
    },
    onError: attempt.failed,
  });
  const errors = useFieldErrors(make.error);
  if (make.data) return <Made list={make.data} onClose={onClose} />;
  const { kind, workOn, zoneId, routeId } = said;
  const crew = said.crew.trim();
  const submit = () => {
    const where = { ...(zoneId && { zoneId: Number(zoneId) }), ...(routeId && { routeId: Number(routeId) }) };
    make.mutate({ params: { header: attempt.header() }, body: { kind, workOn, crew, ...where } });
  };
  return (
    <FormDialog
      title={t('make')}
      submit={t('makeIt')}
      error={make.error}
      busy={make.isPending}
      disabled={!workOn || crew.length < 2}
      dirty={crew !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        {t('makeHint')}
      </Text>
      <SegmentedControl
        aria-label={t('kind')}
        value={kind}
        data={KINDS.map((value) => ({ value, label: t(value) }))}
        onChange={(value) => change({ kind: value })}
      />
      <TextInput
        data-autofocus
        label={t('crew')}
        description={t('crewHint')}
        required
        maxLength={120}
        value={said.crew}
        error={errors.crew}
        onChange={({ currentTarget }) => change({ crew: currentTarget.value })}
      />
      <DayField
        label={t('workOn')}
        required
        value={workOn}
        error={errors.workOn}
        onChange={(day) => change({ workOn: day })}
      />
      <Group grow align="flex-start">
        <Select
          label={t('zone')}
          placeholder={t('everywhere')}
          clearable
          searchable
          data={places.zoneChoices}
          value={zoneId}
          error={errors.zoneId}
          onChange={(value) => change({ zoneId: value })}
        />
        <Select
          label={t('route')}
          placeholder={t('everywhere')}
          clearable
          searchable
          data={places.routeChoices}
          value={routeId}
          error={errors.routeId}
          onChange={(value) => change({ routeId: value })}
        />
      </Group>
    </FormDialog>
  );
}

function Made({ list, onClose }: { list: Schemas['MadeListView']; onClose: () => void }) {
  const t = useText(CREW);
  const c = useText(CUTS);
  const { id, rows, cancelled, left } = list;
  return (
    <Dialog opened onClose={onClose} title={t('listOf', { id })}>
      <Stack>
        <Alert color="green" title={t('made', { count: rows.length })} role="status" />
        {cancelled.length > 0 && <Text>{t('cancelled', { count: cancelled.length })}</Text>}
        {left.length > 0 && (
          <section>
            <Text fw={600}>{t('exempt')}</Text>
            {left.map(({ orderId, why, detail }) => (
              <Text key={orderId} size="sm">
                {t('exemptOrder', { id: orderId })} · {c(why)} {detail && <Name>{detail}</Name>}
              </Text>
            ))}
          </section>
        )}
        <Group justify="flex-end">
          <Button data-autofocus component={Link} href={`/water/orders/lists/${id}`}>
            {t('openList')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
