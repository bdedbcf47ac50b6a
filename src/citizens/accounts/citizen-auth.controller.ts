import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowCitizen, Citizen, Public, Refuses, type CitizenPrincipal } from '@libs/http';
import {
  AskCode,
  AskedCodeView,
  CitizenRefresh,
  CitizenTokensView,
  CodeLogin,
  PassphraseLogin,
  ResetPassphrase,
} from './accounts.dto';
import { ACCESS } from './accounts.problems';
import { CitizenLogin } from './citizen-login';
import { CitizenCodes } from './codes';
import { Passphrases } from './passphrases';

/** How citizens come in. Nothing here tells whether somebody is known. */
@ApiTags('citizen access')
@Controller('citizen-auth')
export class CitizenAuthController {
  constructor(
    private readonly citizens: CitizenLogin,
    private readonly codes: CitizenCodes,
    private readonly passphrases: Passphrases,
  ) {}

  @Post('codes')
  @HttpCode(202)
  @Public()
  @ApiOperation({ summary: 'Ask for a code by SMS; the answer is the same whether one is sent or not' })
  @ApiAcceptedResponse({ type: AskedCodeView })
  @Refuses('http.invalid', 'http.too-many-requests')
  ask(@Body() body: AskCode): Promise<AskedCodeView> {
    return this.codes.ask(body);
  }

  @Post('login')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'Log in by passphrase; `citizens.code-needed` asks for the same again with the code sent' })
  @ApiOkResponse({ type: CitizenTokensView })
  @Refuses('http.invalid', 'http.too-many-requests', ACCESS['citizens.login-refused'], ACCESS['citizens.code-needed'])
  login(@Body() body: PassphraseLogin): Promise<CitizenTokensView> {
    return this.citizens.byPassphrase(body);
  }

  @Post('login-by-code')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'Log in by a code sent for LOGIN' })
  @ApiOkResponse({ type: CitizenTokensView })
  @Refuses('http.invalid', 'http.too-many-requests', ACCESS['citizens.login-refused'])
  loginByCode(@Body() body: CodeLogin): Promise<CitizenTokensView> {
    return this.citizens.byCode(body);
  }

  @Post('passphrase')
  @HttpCode(204)
  @Public()
  @ApiOperation({ summary: 'A forgotten passphrase: another, by a code sent for PASSPHRASE; ends every session' })
  @ApiNoContentResponse()
  @Refuses('http.invalid', 'http.too-many-requests', ACCESS['citizens.code-refused'], ACCESS['citizens.cooling'])
  reset(@Body() body: ResetPassphrase): Promise<void> {
    return this.passphrases.reset(body);
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'New tokens for a refresh token, which works once' })
  @ApiOkResponse({ type: CitizenTokensView })
  @Refuses('http.invalid', ACCESS['citizens.session-over'])
  refresh(@Body() { refreshToken }: CitizenRefresh): Promise<CitizenTokensView> {
    return this.citizens.refresh(refreshToken);
  }

  @Post('logout')
  @HttpCode(204)
  @AllowCitizen()
  @ApiOperation({ summary: 'End the session of the access token' })
  @ApiNoContentResponse()
  logout(@Citizen() citizen: CitizenPrincipal): Promise<void> {
    return this.citizens.logout(citizen);
  }
}
