import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ListOf, OneOf, TextList } from '@libs/http';
import { permissionsOf, ROLES } from './roles';

class RoleView {
  @OneOf(ROLES, { example: 'clerk' }) role: string;
  @TextList({ max: 10_000, example: ['citizens.row.search'], about: 'by name' }) permissions: string[];
}

class RolesView {
  @ListOf(() => RoleView) roles: RoleView[];
}

@ApiTags('users')
@Controller('roles')
export class RolesController {
  @Get()
  @Allow('identity.user.read')
  @ApiOperation({ summary: 'What each role may do' })
  @ApiOkResponse({ type: RolesView })
  list(): RolesView {
    return { roles: ROLES.map((role) => ({ role, permissions: [...permissionsOf(role)].sort() })) };
  }
}
