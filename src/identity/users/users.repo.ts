import { Injectable } from '@nestjs/common';
import { skipped } from '@libs/http';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Department, User } from './user.entity';
import type { UsersQuery } from './users.dto';

@Injectable()
export class UsersRepo {
  constructor(private readonly store: Store) {}

  byId(id: number): Promise<User | null> {
    return this.store.reads(User).findOneBy({ id });
  }

  byUsername(username: string): Promise<User | null> {
    return this.store.reads(User).findOneBy({ username });
  }

  page(query: UsersQuery): Promise<[User[], number]> {
    const { role, state, departmentId, text } = query;
    const found = this.store.query(User, 'u').orderBy('u.username');
    if (role) found.andWhere('u.role = :role', { role });
    if (state) found.andWhere('u.state = :state', { state });
    if (departmentId) found.andWhere('u.departmentId = :departmentId', { departmentId });
    if (text) {
      // `[` is a wildcard of SQL Server, and is escaped on both.
      const part = `%${text.replace(/[\\%_[]/g, '\\$&')}%`;
      // A username is a key, which SQL Server compares by code point; it is in lower case.
      const values = { part, lower: part.toLowerCase() };
      found.andWhere(`(u.username LIKE :lower ESCAPE '\\' OR u.displayName LIKE :part ESCAPE '\\')`, values);
    }
    return found.offset(skipped(query)).limit(query.pageSize).getManyAndCount();
  }

  async departmentOf({ departmentId }: Pick<User, 'departmentId'>): Promise<Department | null> {
    return departmentId === null ? null : this.store.reads(Department).findOneBy({ id: departmentId });
  }

  /** At most a page of users. */
  async departmentsOf(users: readonly User[]): Promise<Map<number | null, Department>> {
    const ids = users.flatMap(({ departmentId }) => departmentId ?? []);
    const found = ids.length > 0 ? await this.store.reads(Department).findBy({ id: In(ids) }) : [];
    return new Map(found.map((department) => [department.id, department]));
  }

  /** The user of a running session, as long as they may act. A plain statement: every request asks it. */
  async ofSession(sessionId: number): Promise<Pick<User, 'id' | 'username' | 'role' | 'departmentId'> | null> {
    const [row] = await this.store.sql<Pick<User, 'username' | 'role'> & Record<'id' | 'department', number | null>>(
      `SELECT u."id", u."username", u."role", u."department_id" AS "department"
       FROM "sessions" s JOIN "users" u ON u."id" = s."user_id"
       WHERE s."id" = ? AND s."ended_at" IS NULL AND u."state" = 'ACTIVE'`,
      [sessionId],
    );
    if (!row) return null;
    const { id, username, role, department } = row;
    return { id: Number(id), username, role, departmentId: department === null ? null : Number(department) };
  }
}
