import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, IfMatch, Refuses, type Page, type Principal } from '@libs/http';
import { CODES } from '../identity.problems';
import { ChangeUser, CreateUser, ResetPassword, UserParam, UsersQuery, UserView } from './users.dto';
import { UsersService } from './users.service';

@ApiTags('users')
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get()
  @Allow('identity.user.read')
  @ApiOperation({ summary: 'Staff by username' })
  @ApiPage(UserView)
  @Refuses('http.invalid')
  list(@Query() query: UsersQuery): Promise<Page<UserView>> {
    return this.users.list(query);
  }

  @Get(':id')
  @Allow('identity.user.read')
  @ApiOperation({ summary: 'One member of staff' })
  @ApiOkResponse({ type: UserView })
  @Refuses('http.invalid', 'http.not-found')
  get(@Param() { id }: UserParam): Promise<UserView> {
    return this.users.get(id);
  }

  @Post()
  @Allow('identity.user.create')
  @ApiOperation({ summary: 'Add a member of staff or a program' })
  @ApiCreatedResponse({ type: UserView })
  @Refuses('http.invalid', CODES['identity.username-taken'])
  create(@Body() input: CreateUser): Promise<UserView> {
    return this.users.create(input);
  }

  @Patch(':id')
  @Allow('identity.user.update')
  @ChangesVersion()
  @ApiOperation({ summary: 'Change name, role, department or state; a disabled user is out at once' })
  @ApiOkResponse({ type: UserView })
  @Refuses('http.invalid', 'http.not-found', CODES['identity.own-account'])
  change(
    @Caller() caller: Principal,
    @Param() { id }: UserParam,
    @IfMatch() version: number,
    @Body() input: ChangeUser,
  ): Promise<UserView> {
    return this.users.change(caller, id, version, input);
  }

  @Post(':id/password')
  @HttpCode(204)
  @Allow('identity.user.reset-password')
  @ApiOperation({ summary: 'Set another password; ends all sessions and the lock' })
  @ApiNoContentResponse()
  @Refuses('http.invalid', 'http.not-found', CODES['identity.own-account'])
  resetPassword(
    @Caller() caller: Principal,
    @Param() { id }: UserParam,
    @Body() { password }: ResetPassword,
  ): Promise<void> {
    return this.users.resetPassword(caller, id, password);
  }

  @Post(':id/unlock')
  @HttpCode(204)
  @Allow('identity.user.unlock')
  @ApiOperation({ summary: 'End the lock after failed logins' })
  @ApiNoContentResponse()
  @Refuses('http.invalid', 'http.not-found', CODES['identity.own-account'])
  unlock(@Caller() caller: Principal, @Param() { id }: UserParam): Promise<void> {
    return this.users.unlock(caller, id);
  }
}
