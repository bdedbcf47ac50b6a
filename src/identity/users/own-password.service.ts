import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, invalidField } from '@libs/http';
import { Store } from '@libs/persistence';
import { Audit } from '../audit/audit';
import { LoginGuards } from '../auth/login-guards';
import { Sessions } from '../auth/sessions';
import type { StaffPrincipal } from '../auth/staff-authenticator';
import { CODES, lockedProblem } from '../identity.problems';
import { ofUser, requireGoodPassword } from './password.rules';
import { Passwords } from './passwords';
import { User } from './user.entity';
import { UsersRepo } from './users.repo';

const ACTION = 'identity.password';

@Injectable()
export class OwnPasswordService {
  constructor(
    private readonly store: Store,
    private readonly users: UsersRepo,
    private readonly passwords: Passwords,
    private readonly guards: LoginGuards,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Ends every other session. A wrong old password counts like a failed login, or a stolen session could guess it.
   * @throws {Problem} identity.password-wrong, identity.locked, http.invalid
   */
  async change(
    { userId, username, sessionId }: StaffPrincipal,
    oldPassword: string,
    newPassword: string,
  ): Promise<void> {
    requireGoodPassword(newPassword, ofUser(username), '/newPassword');
    if (newPassword === oldPassword) {
      throw invalidField('/newPassword', 'unchanged');
    }
    const user = (await this.users.byId(userId))!;
    const right = await this.passwords.verify(user.passwordHash, oldPassword);
    const passwordHash = right ? await this.passwords.hash(newPassword) : null;
    const refusal = await this.guards.judge(username, async (locked) => {
      if (locked) return this.refuse('LOCKED', lockedProblem(locked));
      if (passwordHash === null) {
        const lockedUntil = await this.guards.fail(username);
        if (lockedUntil) await this.audit.record({ action: 'identity.lock', detail: { lockedUntil } });
        return this.refuse('CREDENTIALS', new Problem(CODES['identity.password-wrong']));
      }
      const changes = { passwordHash, passwordChangedAt: this.clock.now() };
      const changed = await this.store.update(User, { id: userId, passwordHash: user.passwordHash }, changes);
      if (changed !== 1) return this.refuse('RACE', new Problem('http.conflict'));
      await this.sessions.endAll({ userId }, 'PASSWORD', sessionId);
      await this.audit.record({ action: ACTION });
      return null;
    });
    if (refusal) throw refusal;
  }

  private async refuse(reason: string, problem: Problem): Promise<Problem> {
    await this.audit.record({ action: ACTION, outcome: 'REFUSED', detail: { reason } });
    return problem;
  }
}
