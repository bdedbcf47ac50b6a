import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import type { Principal } from '@libs/http';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { Department, User } from './user.entity';

/** A desk at which nobody sits: a program that acts for the municipality, with an office for its serials. */
export interface Program {
  username: string;
  displayName: string;
  office: Pick<Department, 'code' | 'nameAr' | 'nameEn'>;
}

/** Programs as users, so that what they issue and record has an employee's place. No password opens one. */
@Injectable()
export class Programs {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Made when it is first asked for. It has no permissions: who calls for it says what may be done. */
  async principal(program: Program): Promise<Principal> {
    const user = (await this.find(program)) ?? (await this.make(program));
    const { id: userId, username, role, departmentId } = user;
    return { userId, username, role, departmentId, permissions: new Set() };
  }

  private find({ username }: Program): Promise<User | null> {
    return this.store.reads(User).findOneBy({ username });
  }

  private async make(program: Program): Promise<User> {
    try {
      return await this.uow.run(() => this.insert(program));
    } catch (error) {
      // Of two processes that make it at once the second finds the first's.
      const made = isUniqueViolation(error) ? await this.find(program) : null;
      if (made) return made;
      throw error;
    }
  }

  private async insert({ username, displayName, office }: Program): Promise<User> {
    const [now, id] = [this.clock.now(), await this.ids.one()];
    const known = await this.store.reads(Department).findOneBy({ code: office.code });
    const departmentId = known?.id ?? (await this.ids.one());
    if (!known) await this.store.insert(Department, { id: departmentId, version: 1, ...office, active: true });
    const user: User = {
      ...{ id, version: 1, username, displayName, role: 'integration', departmentId, state: 'DISABLED' },
      ...{ passwordHash: noPassword(), passwordChangedAt: now, lastLoginAt: null, demo: false, createdAt: now },
    };
    await this.store.insert(User, user);
    return user;
  }
}

/** The form of an Argon2id hash that no password has: its digest was drawn by lot. */
function noPassword(): string {
  const part = (bytes: number) => randomBytes(bytes).toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=19456,t=2,p=1$${part(16)}$${part(32)}`;
}
