import { Injectable } from '@nestjs/common';
import type { Authenticator, Principal } from '@libs/http';
import { Audit } from '../audit/audit';
import { RequestTrail } from '../audit/request-trail';
import { permissionsOf } from '../roles';
import { UsersRepo } from '../users/users.repo';
import { AccessTokens } from './access-tokens';

/** A principal of this module: a user in one of their sessions. */
export interface StaffPrincipal extends Principal {
  sessionId: number;
}

/** Reads user and session on every request, so that a disabled user, a new role and a logout count at once. */
@Injectable()
export class StaffAuthenticator implements Authenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly users: UsersRepo,
    private readonly trail: RequestTrail,
    private readonly audit: Audit,
  ) {}

  async authenticate(token: string): Promise<StaffPrincipal | null> {
    const claims = await this.tokens.read('baladiya-api', token);
    const user = claims && (await this.users.ofSession(claims.sessionId));
    if (!user) return null;
    const { id: userId, username, role, departmentId } = user;
    const { sessionId } = claims;
    const staff = { userId, username, role, departmentId, permissions: permissionsOf(role), sessionId };
    this.trail.identify(staff);
    return staff;
  }

  refused(_: Principal, wanted: readonly string[]): Promise<void> {
    return this.audit.record({ action: 'identity.access', outcome: 'REFUSED', detail: { wanted } });
  }
}
