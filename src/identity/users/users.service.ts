import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, pageOf, type Page, type Principal, invalidField } from '@libs/http';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../audit/audit';
import { LoginGuards } from '../auth/login-guards';
import { Sessions } from '../auth/sessions';
import { CODES } from '../identity.problems';
import { ofUser, requireGoodPassword } from './password.rules';
import { Passwords } from './passwords';
import { Department, User } from './user.entity';
import { userView, type ChangeUser, type CreateUser, type UsersQuery, type UserView } from './users.dto';
import { UsersRepo } from './users.repo';

/** The administration of staff; every change is audited with what was before. */
@Injectable()
export class UsersService {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly users: UsersRepo,
    private readonly passwords: Passwords,
    private readonly guards: LoginGuards,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(query: UsersQuery): Promise<Page<UserView>> {
    const [rows, total] = await this.users.page(query);
    return pageOf(query, await this.views(rows), total);
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<UserView> {
    return this.view(await this.find(id));
  }

  /** @throws {Problem} identity.username-taken, http.invalid */
  async create({ username, displayName, role, departmentId = null, password }: CreateUser): Promise<UserView> {
    requireGoodPassword(password, ofUser(username), '/password');
    const passwordHash = await this.passwords.hash(password);
    const created = this.uow.run(async () => {
      await this.requireOpenDepartment(departmentId);
      const now = this.clock.now();
      const row: User = {
        id: await this.ids.one(),
        version: 1,
        username,
        displayName,
        role,
        departmentId,
        state: 'ACTIVE',
        passwordHash,
        passwordChangedAt: now,
        lastLoginAt: null,
        demo: false,
        createdAt: now,
      };
      await this.store.insert(User, row);
      await this.audit.record({
        action: 'identity.user.create',
        detail: { userId: row.id, username, role, departmentId },
      });
      return row;
    });
    return this.view(
      await created.catch((error: unknown) => {
        throw isUniqueViolation(error) ? new Problem(CODES['identity.username-taken']) : error;
      }),
    );
  }

  /**
   * A new role counts from the next request; a disabled user's sessions end.
   * @throws {Problem} http.not-found, http.stale, http.invalid, identity.own-account
   */
  async change(caller: Principal, id: number, version: number, input: ChangeUser): Promise<UserView> {
    const changed = await this.uow.run(async () => {
      const before = await this.find(id);
      const was = profile(before);
      const changes = { ...was, ...given(input) };
      if (id === caller.userId && (changes.role !== was.role || changes.state !== was.state)) {
        throw new Problem(CODES['identity.own-account']);
      }
      if (changes.departmentId !== was.departmentId) await this.requireOpenDepartment(changes.departmentId);
      const next = await this.store.updateVersioned(User, { id, version }, changes);
      if (changes.state === 'DISABLED') await this.sessions.endAll({ userId: id }, 'DISABLED');
      await this.audit.record({ action: 'identity.user.update', detail: { userId: id, was, changes: given(input) } });
      return { ...before, ...changes, version: next };
    });
    return this.view(changed);
  }

  /**
   * Ends every session of the user and the lock of the name. Not of one's own: there the old password is asked for, or a
   * stolen session would be a stolen account.
   * @throws {Problem} http.not-found, http.invalid, identity.own-account
   */
  async resetPassword(caller: Principal, id: number, password: string): Promise<void> {
    const { username } = await this.find(id);
    requireAnother(caller, id);
    requireGoodPassword(password, ofUser(username), '/password');
    const passwordHash = await this.passwords.hash(password);
    await this.uow.run(async () => {
      await this.store.update(User, { id }, { passwordHash, passwordChangedAt: this.clock.now() });
      await this.sessions.endAll({ userId: id }, 'PASSWORD');
      await this.guards.clear(username);
      await this.audit.record({ action: 'identity.user.reset-password', detail: { userId: id, username } });
    });
  }

  /** Not one's own name, or a stolen session could guess the old password for ever. @throws as {@link resetPassword} */
  async unlock(caller: Principal, id: number): Promise<void> {
    const { username } = await this.find(id);
    requireAnother(caller, id);
    await this.uow.run(async () => {
      await this.guards.clear(username);
      await this.audit.record({ action: 'identity.user.unlock', detail: { userId: id, username } });
    });
  }

  private async find(id: number): Promise<User> {
    const user = await this.users.byId(id);
    if (!user) throw new Problem('http.not-found');
    return user;
  }

  private async view(user: User): Promise<UserView> {
    return (await this.views([user]))[0]!;
  }

  private async views(users: User[]): Promise<UserView[]> {
    const departments = await this.users.departmentsOf(users);
    const locks = await this.guards.locksOf(users.map(({ username }) => username));
    return users.map((user) =>
      userView(user, departments.get(user.departmentId) ?? null, locks.get(user.username) ?? null),
    );
  }

  private async requireOpenDepartment(id: number | null): Promise<void> {
    if (id === null || (await this.store.reads(Department).existsBy({ id, active: true }))) return;
    throw invalidField('/departmentId', 'unknown');
  }
}

function requireAnother(caller: Principal, id: number): void {
  if (id === caller.userId) throw new Problem(CODES['identity.own-account']);
}

const profile = ({ displayName, role, departmentId, state }: User) => ({ displayName, role, departmentId, state });

/** The members that were sent: an input has all its members, those left out undefined. */
const given = (input: ChangeUser): Partial<ReturnType<typeof profile>> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
