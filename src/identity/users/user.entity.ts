import {
  EnumColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Unique } from 'typeorm';
import { ROLES, type Role } from '../roles';

export const USER_STATES = ['ACTIVE', 'DISABLED'] as const;
export type UserState = (typeof USER_STATES)[number];

@Entity('departments')
@Unique(['code'])
export class Department {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @KeyColumn(20) code: string;
  @TextColumn(120) nameAr: string;
  @TextColumn(120) nameEn: string;
  /** A closed department takes no new staff and keeps its history. */
  @FlagColumn() active: boolean;
}

/** A member of staff or a program that acts for the municipality. Never deleted: the audit names it. */
@Entity('users')
@Unique(['username'])
export class User {
  @IdColumn() id: number;
  @IntColumn() version: number;
  /** Lower case. */
  @KeyColumn(40) username: string;
  @TextColumn(120) displayName: string;
  @EnumColumn(ROLES) role: Role;
  @RefColumn('Department', { nullable: true }) departmentId: number | null;
  @EnumColumn(USER_STATES) state: UserState;
  /** Argon2id in PHC form. */
  @KeyColumn(200) passwordHash: string;
  @InstantColumn() passwordChangedAt: string;
  @InstantColumn({ nullable: true }) lastLoginAt: string | null;
  /** Has the published demo password: production does not start beside it. */
  @FlagColumn() demo: boolean;
  @InstantColumn() createdAt: string;
}
