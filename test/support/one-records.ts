import { CLOCK } from '@libs/config';
import { documentKey, documentKind } from '@libs/national-id';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { parsePhone } from '@libs/phone';
import { LegacyCitizen, LegacyMovement, LegacyService } from '../../src/legacy/mirror/mirror.entities';
import { LegacyRun } from '../../src/legacy/runs/run.entities';
import type { Answer, TestApp } from './app';

export interface LegacyRow {
  name: string;
  docType?: string;
  docNo?: string;
  phone?: string;
  /** Debits of one service each, in minor units. */
  owes?: { currency: string; amount: number }[];
}

/** Legacy rows as an import leaves them. @returns their ids, in order */
export async function addLegacyRows(app: TestApp, rows: LegacyRow[]): Promise<number[]> {
  const [store, uow, ids] = [app.app.get(Store), app.app.get(UnitOfWork), app.app.get(IdAllocator)];
  return uow.run(async () => {
    const runId = await ids.one();
    const now = app.app.get(CLOCK, { strict: false }).now();
    await store.insert(LegacyRun, {
      id: runId,
      state: 'DONE',
      startedVia: 'CLI',
      startedBy: null,
      directory: 'test',
      contentHash: null,
      startedAt: now,
      finishedAt: now,
      control: null,
      totals: null,
      fault: null,
      differences: null,
    });
    const seen = { firstRunId: runId, changedRunId: null, vanishedRunId: null };
    const added: number[] = [];
    for (const { name, docType = '', docNo = '', phone = '', owes = [] } of rows) {
      const id = await ids.one();
      added.push(id);
      await store.insert(LegacyCitizen, {
        ...seen,
        id,
        citNo: `T-${id}`,
        rawName: name,
        rawDocType: docType,
        rawDocNo: docNo,
        rawPhone: phone,
        rawAddress: '',
        rawEntryDate: '',
        documentKey: documentKey(documentKind(docType), docNo),
        phoneE164: parsePhone(phone).e164 ?? null,
        enteredOn: null,
      });
      for (const { currency, amount } of owes) {
        const serviceId = await ids.one();
        await store.insert(LegacyService, {
          ...seen,
          id: serviceId,
          srvNo: `S-${serviceId}`,
          citizenId: id,
          rawType: 'مياه',
          rawAddress: '',
          rawStatus: 'فعال',
          rawStart: '01/05/2004',
          startedOn: '2004-05-01',
        });
        const movement = { id: await ids.one(), serviceId, rawDate: '', datedOn: null, kind: 'فاتورة' };
        const doc = `D-${movement.id}`;
        await store.insert(LegacyMovement, { ...seen, ...movement, doc, debit: amount, credit: 0, currency });
      }
    }
    return added;
  });
}

/** As much of a record's answer as the flow needs. */
export interface Held {
  id: number;
  version: number;
  [member: string]: any;
}

/** A PNG in name and first bytes; `salt` makes it another file. */
export const pngOf = (salt: string) => ({
  fileName: 'هوية.png',
  contentType: 'image/png',
  base64: Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(salt)]).toString('base64'),
});

export const NAME = { given: 'خالد', father: 'محمود', grandfather: 'سعيد', family: 'النابلسي' };

/** Nine digits that pass the check: another for each `n`. */
export function nationalId(n: number): string {
  const body = String(40_000_000 + n);
  const sum = [...body].reduce((total, digit, at) => {
    const weighted = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** The steps of a record through the API; each sends the version it was given. */
export function oneRecordFlow(app: TestApp) {
  const act = (as: string, { id, version }: Held, path: string, body?: unknown, method = 'POST'): Promise<Answer> =>
    app.request(method, `/one-records/${id}/${path}`, { as, body, headers: { 'if-match': `"${version}"` } });

  async function done(answer: Promise<Answer>): Promise<Held> {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body;
  }

  const create = (as: string, citizenIds: number[], partyType = 'INDIVIDUAL'): Promise<Answer> => {
    const rows = citizenIds.map((legacyCitizenId, at) => ({
      legacyCitizenId,
      relation: 'SAME_PERSON',
      ...(at === 0 && { approved: true }),
    }));
    return app.request('POST', '/one-records', { as, body: { partyType, rows } });
  };

  const identify = (as: string, record: Held, number: string, more: object = {}) =>
    act(as, record, 'identity', { name: NAME, document: { type: 'NATIONAL_ID', number }, ...more }, 'PUT');

  const draft = async (citizenIds: number[], as = 'clerk') => done(create(as, citizenIds));
  const pending = async (citizenIds: number[], number: string, more?: object) =>
    done(act('clerk', await done(identify('clerk', await draft(citizenIds), number, more)), 'submit'));
  const approved = async (citizenIds: number[], number: string, more?: object) =>
    done(act('officer', await pending(citizenIds, number, more), 'approve'));

  return { act, done, create, identify, draft, pending, approved };
}
