import { Id, Int, OneOf, Part, Secret, TextList, Txt } from '@libs/http';
import { DepartmentView, departmentView } from '../departments/departments.dto';
import { permissionsOf, ROLES } from '../roles';
import type { Department, User } from '../users/user.entity';

export class Login {
  @Txt({ max: 100, example: 'clerk' }) username: string;
  @Secret({ example: 'Nablus-2026-demo' }) password: string;
}

export class RefreshRequest {
  @Secret({ example: 'q0hVb1yX…' }) refreshToken: string;
}

export class CurrentUserView {
  @Id() id: number;
  @Txt({ example: 'clerk' }) username: string;
  @Txt({ example: 'سناء كنعان' }) displayName: string;
  @OneOf(ROLES, { example: 'clerk' }) role: string;
  @Part(() => DepartmentView, { nullable: true }) department: DepartmentView | null;
  @TextList({ max: 1000, example: ['citizens.row.search'] }) permissions: string[];
}

export class TokensView {
  @Txt({ max: 4096, example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9…' }) accessToken: string;
  @Txt({ example: 'q0hVb1yX…', about: 'works once; a second use ends the session' }) refreshToken: string;
  @Int({ example: 900, about: 'seconds until the access token expires' }) expiresIn: number;
  @Part(() => CurrentUserView) user: CurrentUserView;
}

export const currentUserView = (user: User, department: Department | null): CurrentUserView => ({
  id: user.id,
  username: user.username,
  displayName: user.displayName,
  role: user.role,
  department: department && departmentView(department),
  permissions: [...permissionsOf(user.role)],
});
