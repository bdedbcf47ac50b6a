import { client, ifMatch, sent, type Schemas } from '../api/client';
import { identityBody, type Identity } from './identity';
import type { Scan } from './scan';

type OneRecord = Schemas['OneRecordView'];

interface Steps {
  /** The draft as far as it has come; undefined before it was opened. */
  record: OneRecord | undefined;
  open: Schemas['CreateOneRecord'];
  identity: Identity;
  scan: Scan | undefined;
  submit: boolean;
  /** Called after each step, so that a refusal of the next loses none. */
  onStep: (record: OneRecord) => void;
}

const PATH = '/api/v1/one-records/{id}';
const at = ({ id, version }: OneRecord) => ({ params: { path: { id }, header: ifMatch(version) } });

/** Opens the record, attaches the scan, writes the identity, and sends it to its checker: what is left of these. */
export async function saveDraft({ record, open, identity, scan, submit, onStep }: Steps): Promise<OneRecord> {
  let now = record ?? (await sent(client.POST('/api/v1/one-records', { body: open })));
  const done = (next: OneRecord) => onStep((now = next));
  done(now);
  let evidenceId: number | undefined;
  if (scan) {
    done(await attach(now, scan));
    evidenceId = now.evidence.at(-1)?.id;
  }
  const body = { ...identityBody(identity, now.partyType), evidenceId };
  done(await sent(client.PUT(`${PATH}/identity`, { ...at(now), body })));
  if (submit) done(await sent(client.POST(`${PATH}/submit`, at(now))));
  return now;
}

/** A scan that the record has already, because an answer was lost, is no error. */
async function attach(record: OneRecord, scan: Scan): Promise<OneRecord> {
  const { data, error } = await client.POST(`${PATH}/evidence`, { ...at(record), body: scan });
  if (data) return data;
  if (error.code !== 'citizens.evidence-known') throw error;
  return sent(client.GET(PATH, { params: { path: { id: record.id } } }));
}
