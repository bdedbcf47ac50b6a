import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { client, ifMatch, sent, type Schemas } from '../api/client';
import { asProblem } from '../api/problem';
import { usePreferences, useText } from '../i18n/preferences';
import { SHARED } from '../shared/shared.texts';
import { useDraft, useUnsaved } from '../shared/unsaved';
import { identityBody, identityErrors, identityOfRecord, type Identity } from './identity';
import { IdentityForm } from './identity-form';
import { RecordProblem } from './record-problem';
import { PAGE } from './record.texts';
import type { Scan } from './scan';
import { ScanInput } from './scan-input';
import type { OneRecord } from './use-record';
import { useRecordChange } from './use-record-change';
import { Dialog } from '../shared/modal';

interface Draft {
  typed: Identity;
  reason: string;
}

/** A correction of an approved record, which another person decides. Only what was changed is sent. */
export function EditDialog({ record, onClose }: { record: OneRecord; onClose: () => void }) {
  const t = useText(PAGE);
  const shared = useText(SHARED);
  const { language } = usePreferences();
  const { run, busy, error, dialog, changed } = useRecordChange(record);
  const [draft, keep, drop] = useDraft<Draft>(`edit ${record.id}`, { typed: {}, reason: '' });
  const [scan, setScan] = useState<Scan>();
  const [evidence, setEvidence] = useState(record.evidence.at(-1)?.id);
  const { typed, reason } = draft;
  const identity = { ...identityOfRecord(record), ...typed };
  useUnsaved(Object.keys(typed).length > 0);

  const propose = async () => {
    const path = { id: record.id };
    let now = record;
    let evidenceId = evidence;
    if (scan) {
      const params = { path, header: ifMatch(now.version) };
      now = await sent(client.POST('/api/v1/one-records/{id}/evidence', { params, body: scan }));
      await changed(now);
      evidenceId = now.evidence.at(-1)?.id;
      setScan(undefined);
      setEvidence(evidenceId);
    }
    const body = { reason: reason.trim(), changes: onlyChanged(identity, record), evidenceId };
    const params = { path, header: ifMatch(now.version) };
    await sent(client.POST('/api/v1/one-records/{id}/proposals', { params, body }));
  };
  const submit = async () => {
    if (!(await run(propose))) return;
    notifications.show({ message: t('proposed'), color: 'green' });
    drop();
    await changed();
    onClose();
  };
  const problem = error === undefined ? undefined : asProblem(error, language);
  return (
    <Dialog
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      title={t('proposeTitle', { number: record.number })}
      size="lg"
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('proposeHint')}
          </Text>
          <IdentityForm
            party={record.partyType}
            identity={identity}
            errors={problem ? withoutPrefix(identityErrors(problem, language)) : {}}
            onChange={(place, value) => keep({ ...draft, typed: { ...typed, [place]: value } })}
          />
          {record.evidence.length > 0 && !scan && (
            <Radio.Group label={t('evidenceOld')} value={String(evidence)} onChange={(id) => setEvidence(Number(id))}>
              <Stack gap={4} mt={4}>
                {record.evidence.map(({ id, fileName }) => (
                  <Radio key={id} value={String(id)} label={<bdi>{fileName}</bdi>} />
                ))}
              </Stack>
            </Radio.Group>
          )}
          <ScanInput scan={scan} onChange={setScan} />
          <Textarea
            label={t('why')}
            value={reason}
            onChange={(event) => keep({ ...draft, reason: event.currentTarget.value })}
            autosize
            minRows={2}
            required
          />
          <RecordProblem error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={reason.trim().length < 3}>
              {t('propose')}
            </Button>
          </Group>
        </Stack>
      </form>
      {dialog}
    </Dialog>
  );
}

function onlyChanged(identity: Identity, record: OneRecord): Schemas['EditChangesInput'] {
  const now = identityBody(identity, record.partyType);
  const before = identityBody(identityOfRecord(record), record.partyType);
  const same = (place: keyof typeof now) => JSON.stringify(now[place]) === JSON.stringify(before[place]);
  return Object.fromEntries(Object.entries(now).filter(([place]) => !same(place as keyof typeof now)));
}

const withoutPrefix = (errors: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([place, text]) => [place.replace(/^changes\./, ''), text]));
