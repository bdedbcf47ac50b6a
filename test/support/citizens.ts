import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { CitizenAccount } from '../../src/citizens/accounts/citizen-account.entity';
import { OneRecord } from '../../src/citizens/one-records/one-record.entity';
import { AccessTokens, Sessions } from '../../src/identity';
import type { TestApp } from './app';
import { seedRecord, type RowSeed } from './records';

export type TestCitizen = Awaited<ReturnType<typeof seedCitizen>>;

let people = 0;

/** An activated citizen with an account and the token of a session; each has a phone and an ID number of their own. */
export async function seedCitizen(app: TestApp, rows: RowSeed[] = [], changes: Partial<OneRecord> = {}) {
  const person = String(++people).padStart(4, '0');
  const documentNumber = withCheckDigit(`4000${person}`);
  const documentKey = `national-id:${documentNumber}`;
  const phone = `+97059910${person}`;
  const identity = { documentNumber, documentKey, claimedDocumentKey: documentKey, phoneE164: phone };
  const now = app.clock.now();
  const activated = { state: 'ACTIVATED', activatedAt: now, phoneVerifiedAt: now } as const;
  const record = await seedRecord(app, rows, { ...activated, ...identity, ...changes });
  const [store, sessions, ids] = [app.app.get(Store), app.app.get(Sessions), app.app.get(IdAllocator)];
  const { accountId, sessionId } = await app.app.get(UnitOfWork).run(async () => {
    const accountId = await ids.one();
    await store.insert(CitizenAccount, {
      id: accountId,
      version: 1,
      oneRecordId: record.id,
      homeRecordId: record.id,
      passphraseHash: null,
      passphraseChangedAt: null,
      secondStep: false,
      lastLoginAt: null,
      createdAt: now,
    });
    return { accountId, sessionId: await sessions.open({ citizenAccountId: accountId }) };
  });
  return {
    ...record,
    oneRecordId: record.id,
    number: (await store.reads(OneRecord).findOneByOrFail({ id: record.id })).number,
    documentNumber,
    phone: changes.phoneE164 ?? phone,
    accountId,
    sessionId,
    /** Good for the life of an access token by the clock of the application. */
    token: await citizenToken(app, accountId, sessionId),
  };
}

export const citizenToken = ({ app }: TestApp, subject: number, sessionId: number): Promise<string> =>
  app.get(AccessTokens).issue('baladiya-citizen', { subject, sessionId });

/** Of a national ID without its last digit. */
function withCheckDigit(digits: string): string {
  const sum = [...digits].reduce((total, digit, at) => {
    const weighted = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** What a citizen's phone was sent, newest first; codes are what is in the message and nowhere else. */
export function phoneOf(app: TestApp, phone: string) {
  const messages = async (): Promise<string[]> => {
    await app.drain();
    const rows = await app.app
      .get(Store)
      .sql<{ body: string }>('SELECT "body" FROM "sandbox_messages" WHERE "recipient" = ? ORDER BY "id" DESC', [phone]);
    return rows.map(({ body }) => body.replace(/[\u2066-\u2069]/g, ''));
  };
  return {
    messages,
    /** Of the newest message. */
    async code(): Promise<string> {
      const [newest] = await messages();
      const code = newest && /\b\d{6}\b/.exec(newest)?.[0];
      if (!code) throw new Error(`no code: ${newest}`);
      return code;
    },
  };
}

export const otherCode = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
