import { Body, Controller, Get, HttpCode, Post, type ExecutionContext } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, Public, Refuses } from '@libs/http';
import { CODES } from '../identity.problems';
import { CurrentUserView, Login, RefreshRequest, TokensView } from './auth.dto';
import { OwnPasswordService } from '../users/own-password.service';
import { ChangeOwnPassword } from '../users/users.dto';
import { AuthService } from './auth.service';
import type { StaffPrincipal } from './staff-authenticator';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly ownPassword: OwnPasswordService,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'Log in; paste accessToken into Authorize' })
  @ApiOkResponse({ type: TokensView })
  @Refuses(CODES['identity.login-refused'], CODES['identity.locked'], 'http.invalid')
  login(@Body() { username, password }: Login): Promise<TokensView> {
    return this.auth.login(username, password);
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'New tokens for a refresh token, which works once' })
  @ApiOkResponse({ type: TokensView })
  @Refuses(CODES['identity.refresh-refused'], 'http.invalid')
  refresh(@Body() { refreshToken }: RefreshRequest): Promise<TokensView> {
    return this.auth.refresh(refreshToken);
  }

  @Post('logout')
  @HttpCode(204)
  @Allow('identity.self.use')
  @ApiOperation({ summary: 'End the session of the access token' })
  @ApiNoContentResponse()
  logout(@Caller() caller: StaffPrincipal): Promise<void> {
    return this.auth.logout(caller);
  }

  @Get('me')
  @Allow('identity.self.use')
  @ApiOperation({ summary: 'Who I am and what I may do' })
  @ApiOkResponse({ type: CurrentUserView })
  me(@Caller() caller: StaffPrincipal): Promise<CurrentUserView> {
    return this.auth.me(caller);
  }

  @Post('password')
  @HttpCode(204)
  @Allow('identity.self.use')
  @ApiOperation({ summary: 'Change my password; ends my other sessions' })
  @ApiNoContentResponse()
  @Refuses('http.invalid', CODES['identity.password-wrong'], CODES['identity.locked'], 'http.conflict')
  password(@Caller() caller: StaffPrincipal, @Body() { oldPassword, newPassword }: ChangeOwnPassword): Promise<void> {
    return this.ownPassword.change(caller, oldPassword, newPassword);
  }
}

/** Whether a request asks for tokens by a password; its rate is limited more strictly. */
export const isLogin = (context: ExecutionContext): boolean => context.getHandler() === AuthController.prototype.login;
