import { Id, InstantField, Int, OneOf, PageQuery, Part, Secret, Txt } from '@libs/http';
import { DepartmentView, departmentView } from '../departments/departments.dto';
import { ROLES, type Role } from '../roles';
import { PASSWORD_MAX, PASSWORD_MIN } from './password.rules';
import { USER_STATES, type Department, type User, type UserState } from './user.entity';

export const USERNAME = /^[a-z][a-z0-9._-]{1,39}$/;

export class UserParam {
  @Id() id: number;
}

export class UsersQuery extends PageQuery {
  @OneOf(ROLES, { optional: true, example: 'clerk' }) role?: Role;
  @OneOf(USER_STATES, { optional: true, example: 'ACTIVE' }) state?: UserState;
  @Id({ optional: true, example: 12 }) departmentId?: number;
  @Txt({ optional: true, max: 60, example: 'كنعان', about: 'part of the username or the name' }) text?: string;
}

const NewPassword = () => Secret({ min: PASSWORD_MIN, max: PASSWORD_MAX });

export class CreateUser {
  @Txt({ max: 40, pattern: USERNAME, example: 'r.kanaan' }) username: string;
  @Txt({ max: 120, example: 'رائد كنعان' }) displayName: string;
  @OneOf(ROLES, { example: 'clerk' }) role: Role;
  @Id({ optional: true, nullable: true, example: 12 }) departmentId?: number | null;
  @NewPassword() password: string;
}

export class ChangeUser {
  @Txt({ optional: true, min: 1, max: 120, example: 'رائد كنعان' }) displayName?: string;
  @OneOf(ROLES, { optional: true, example: 'officer' }) role?: Role;
  @Id({ optional: true, nullable: true, example: 12 }) departmentId?: number | null;
  @OneOf(USER_STATES, { optional: true, example: 'DISABLED' }) state?: UserState;
}

export class ResetPassword {
  @NewPassword() password: string;
}

export class ChangeOwnPassword {
  @Secret() oldPassword: string;
  @NewPassword() newPassword: string;
}

export class UserView {
  @Id() id: number;
  @Int({ min: 1, example: 1, about: 'send it back as If-Match' }) version: number;
  @Txt({ example: 'clerk' }) username: string;
  @Txt({ example: 'سناء كنعان' }) displayName: string;
  @OneOf(ROLES, { example: 'clerk' }) role: string;
  @OneOf(USER_STATES, { example: 'ACTIVE' }) state: string;
  @Part(() => DepartmentView, { nullable: true }) department: DepartmentView | null;
  @InstantField({ nullable: true, example: null, about: 'end of the lock after failed logins' }) lockedUntil:
    string | null;
  @InstantField({ nullable: true }) lastLoginAt: string | null;
  @InstantField() createdAt: string;
}

export const userView = (user: User, department: Department | null, lockedUntil: string | null): UserView => ({
  id: user.id,
  version: user.version,
  username: user.username,
  displayName: user.displayName,
  role: user.role,
  state: user.state,
  department: department && departmentView(department),
  lockedUntil,
  lastLoginAt: user.lastLoginAt,
  createdAt: user.createdAt,
});
