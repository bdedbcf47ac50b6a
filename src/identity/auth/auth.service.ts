import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Instant } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../audit/audit';
import { CODES, lockedProblem } from '../identity.problems';
import { Passwords } from '../users/passwords';
import { User } from '../users/user.entity';
import { UsersRepo } from '../users/users.repo';
import { AccessTokens } from './access-tokens';
import { currentUserView, type CurrentUserView, type TokensView } from './auth.dto';
import { LoginGuards } from './login-guards';
import { Sessions, type FoundToken } from './sessions';
import type { StaffPrincipal } from './staff-authenticator';

type Granted = { sessionId: number; refreshToken: string };
type Refused = { locked: Instant | null };

/**
 * No username has a colon; the locks of citizens do, and are not to be counted against or read from here, past the limits of
 * their own login.
 */
const normalised = (username: string): string => username.trim().toLowerCase().replaceAll(':', '?');

/** Login and the life of a session. What is refused commits its record first and answers afterwards. */
@Injectable()
export class AuthService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: Store,
    private readonly users: UsersRepo,
    private readonly passwords: Passwords,
    private readonly guards: LoginGuards,
    private readonly sessions: Sessions,
    private readonly tokens: AccessTokens,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} identity.login-refused, identity.locked: alike for a name that nobody has */
  async login(typed: string, password: string): Promise<TokensView> {
    const username = normalised(typed);
    const actor = { userId: null, username: typed };
    const locked = await this.guards.lockOf(username);
    if (locked) {
      await this.audit.record({ action: 'identity.login', outcome: 'REFUSED', actor, detail: { reason: 'LOCKED' } });
      throw lockedProblem(locked);
    }
    const user = await this.users.byUsername(username);
    const right = await this.passwords.verify(user?.passwordHash, password);
    const outcome = await this.guards.judge(username, async (lock): Promise<Granted | Refused> => {
      if (lock) return this.refuse(typed, user, 'LOCKED', lock);
      return (user && right && (await this.open(user))) || this.countFailure(typed, user);
    });
    if ('locked' in outcome)
      throw outcome.locked ? lockedProblem(outcome.locked) : new Problem(CODES['identity.login-refused']);
    return this.answer(user!, outcome);
  }

  /** @throws {Problem} identity.refresh-refused */
  async refresh(refreshToken: string): Promise<TokensView> {
    const found = await this.sessions.find(refreshToken);
    const userId = found?.session.userId;
    const user = userId ? await this.users.byId(userId) : null;
    const granted = found && user && (await this.uow.run(() => this.rotate(found, user)));
    if (!granted) {
      if (!found)
        await this.audit.record({ action: 'identity.refresh', outcome: 'REFUSED', detail: { reason: 'UNKNOWN' } });
      throw new Problem(CODES['identity.refresh-refused']);
    }
    return this.answer(user, granted);
  }

  async logout(caller: StaffPrincipal): Promise<void> {
    await this.uow.run(async () => {
      await this.sessions.end(caller.sessionId, 'LOGOUT');
      await this.audit.record({ action: 'identity.logout' });
    });
  }

  async me({ userId }: StaffPrincipal): Promise<CurrentUserView> {
    const user = (await this.users.byId(userId))!;
    return currentUserView(user, await this.users.departmentOf(user));
  }

  /** Null when the user was disabled or got another password while theirs was checked. */
  private async open(user: User): Promise<Granted | null> {
    const { id, username, passwordHash } = user;
    const still = { id, passwordHash, state: 'ACTIVE' as const };
    if ((await this.store.update(User, still, { lastLoginAt: this.clock.now() })) !== 1) return null;
    await this.guards.clear(normalised(username));
    const sessionId = await this.sessions.open({ userId: id });
    await this.audit.record({ action: 'identity.login', actor: { userId: id, username }, detail: { sessionId } });
    return { sessionId, refreshToken: await this.sessions.giveToken(sessionId) };
  }

  private async countFailure(typed: string, user: User | null): Promise<Refused> {
    const username = normalised(typed);
    const lockedUntil = await this.guards.fail(username);
    if (lockedUntil) {
      const actor = { userId: user?.id ?? null, username: typed };
      await this.audit.record({ action: 'identity.lock', actor, detail: { lockedUntil } });
    }
    return this.refuse(typed, user, 'CREDENTIALS', null);
  }

  private async refuse(typed: string, user: User | null, reason: string, locked: Instant | null): Promise<Refused> {
    const actor = { userId: user?.id ?? null, username: typed };
    await this.audit.record({ action: 'identity.login', outcome: 'REFUSED', actor, detail: { reason } });
    return { locked };
  }

  private async rotate(found: FoundToken, user: User): Promise<Granted | null> {
    const sessionId = found.session.id;
    const actor = { userId: user.id, username: user.username };
    const rotated = user.state === 'ACTIVE' ? await this.sessions.rotate(found) : { refused: 'DISABLED' };
    if ('refreshToken' in rotated) {
      await this.audit.record({ action: 'identity.refresh', actor, detail: { sessionId } });
      return { sessionId, refreshToken: rotated.refreshToken };
    }
    const { refused: reason, endsFamily } = rotated as { refused: string; endsFamily?: boolean };
    if (endsFamily) await this.audit.record({ action: 'identity.reuse', actor, detail: { sessionId } });
    await this.audit.record({ action: 'identity.refresh', outcome: 'REFUSED', actor, detail: { reason, sessionId } });
    return null;
  }

  private async answer(user: User, { sessionId, refreshToken }: Granted): Promise<TokensView> {
    return {
      accessToken: await this.tokens.issue('baladiya-api', { subject: user.id, sessionId }),
      refreshToken,
      expiresIn: this.tokens.lifeSeconds,
      user: currentUserView(user, await this.users.departmentOf(user)),
    };
  }
}
