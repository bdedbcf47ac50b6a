import { Injectable } from '@nestjs/common';
import type { CitizenAuthenticator as Authenticator, CitizenPrincipal } from '@libs/http';
import { Store } from '@libs/persistence';
import { AccessTokens, RequestTrail } from '../../identity';

/** As citizens stand in the audit: no username has a colon. */
export const citizenActor = (recordNumber: string) => ({ userId: null, username: `citizen:${recordNumber}` });

/** Reads session, account and record on every request: a session or record that ends, ends access at once. */
@Injectable()
export class CitizenAuthenticator implements Authenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly store: Store,
    private readonly trail: RequestTrail,
  ) {}

  async authenticate(token: string): Promise<CitizenPrincipal | null> {
    const claims = await this.tokens.read('baladiya-citizen', token);
    if (!claims) return null;
    const [row] = await this.store.sql<{ id: number; record: number; number: string }>(
      `SELECT a."id", r."id" AS "record", r."number"
       FROM "sessions" s
       JOIN "citizen_accounts" a ON a."id" = s."citizen_account_id"
       JOIN "one_records" r ON r."id" = a."one_record_id"
       WHERE s."id" = ? AND s."ended_at" IS NULL AND r."state" = 'ACTIVATED'`,
      [claims.sessionId],
    );
    if (!row) return null;
    this.trail.identify(citizenActor(row.number));
    return { citizenAccountId: Number(row.id), oneRecordId: Number(row.record), sessionId: claims.sessionId };
  }
}
