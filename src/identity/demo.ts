import type { INestApplicationContext } from '@nestjs/common';
import { CLOCK } from '@libs/config';
import type { Clock } from '@libs/calendar';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { ROLES, type Role } from './roles';
import { Passwords } from './users/passwords';
import { Department, User } from './users/user.entity';

/** Published: the password of every demo user. Production does not start beside them. */
export const DEMO_PASSWORD = 'Nablus-2026-demo';

const DEPARTMENTS = [
  { code: 'OSS', nameAr: 'مركز خدمات الجمهور', nameEn: 'One-Stop Shop' },
  { code: 'FINANCE', nameAr: 'المالية', nameEn: 'Finance' },
  { code: 'WATER', nameAr: 'المياه', nameEn: 'Water' },
  { code: 'ARCHIVE', nameAr: 'الأرشيف', nameEn: 'Archive' },
];

const USERS: [username: string, displayName: string, department: string | null][] = [
  ['clerk', 'سناء كنعان', 'OSS'],
  ['clerk2', 'باسل عودة', 'OSS'],
  ['cashier', 'رنا الصيفي', 'FINANCE'],
  ['officer', 'ماهر دويكات', 'OSS'],
  ['officer2', 'هبة قمحية', 'WATER'],
  ['supervisor', 'نادر سلهب', 'OSS'],
  ['supervisor2', 'لبنى عكر', 'FINANCE'],
  ['auditor', 'جمال الأسطة', null],
  ['administrator', 'ديمة حلاوة', 'ARCHIVE'],
  ['integration', 'ربط الأنظمة', null],
];

const roleOf = (username: string): Role => ROLES.find((role) => username.startsWith(role))!;

/** One user a role, a second clerk, officer and supervisor, and four departments; what is there already stays as it is. */
export async function seedDemoUsers(app: INestApplicationContext): Promise<void> {
  const [store, uow, ids] = [app.get(Store), app.get(UnitOfWork), app.get(IdAllocator)];
  const passwords = app.get(Passwords, { strict: false });
  const clock = app.get<Clock>(CLOCK, { strict: false });
  const there = await store.reads(User).findBy({ username: In(USERS.map(([username]) => username)) });
  const known = new Set(there.map(({ username }) => username));
  const missing = USERS.filter(([username]) => !known.has(username));
  const hashes = await Promise.all(missing.map(() => passwords.hash(DEMO_PASSWORD)));
  await uow.run(async () => {
    for (const department of DEPARTMENTS) {
      if (await store.reads(Department).existsBy({ code: department.code })) continue;
      await store.insert(Department, { id: await ids.one(), version: 1, ...department, active: true });
    }
    const departments = new Map((await store.reads(Department).find()).map(({ code, id }) => [code, id]));
    for (const [index, [username, displayName, code]] of missing.entries()) {
      const now = clock.now();
      await store.insert(User, {
        id: await ids.one(),
        version: 1,
        username,
        displayName,
        role: roleOf(username),
        departmentId: code === null ? null : (departments.get(code) ?? null),
        state: 'ACTIVE',
        passwordHash: hashes[index]!,
        passwordChangedAt: now,
        lastLoginAt: null,
        demo: true,
        createdAt: now,
      });
    }
  });
}
