import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowCitizen, Citizen, Refuses, type CitizenPrincipal } from '@libs/http';
import {
  AskOwnCode,
  ChangePhone,
  ConfirmPhone,
  PhoneChangedView,
  SecurityView,
  SentCodeView,
  SetPassphrase,
  SetSecondStep,
} from './accounts.dto';
import { ACCESS } from './accounts.problems';
import { OwnSecurity } from './own-security';
import { Passphrases } from './passphrases';
import { PhoneChanges } from './phone-changes';

const PROVED = [
  'http.invalid',
  'http.too-many-requests',
  'http.conflict',
  ACCESS['citizens.passphrase-wrong'],
  ACCESS['citizens.code-refused'],
  ACCESS['citizens.cooling'],
] as const;

@ApiTags('citizen access')
@Controller('me/security')
export class SecurityController {
  constructor(
    private readonly own: OwnSecurity,
    private readonly passphrases: Passphrases,
    private readonly phones: PhoneChanges,
  ) {}

  @Get()
  @AllowCitizen()
  @ApiOperation({ summary: 'How I log in' })
  @ApiOkResponse({ type: SecurityView })
  get(@Citizen() citizen: CitizenPrincipal): Promise<SecurityView> {
    return this.own.view(citizen);
  }

  @Post('codes')
  @HttpCode(200)
  @AllowCitizen()
  @ApiOperation({ summary: 'Send a code to my phone, to prove who I am without a passphrase' })
  @ApiOkResponse({ type: SentCodeView })
  @Refuses('http.invalid', 'http.too-many-requests', ACCESS['citizens.cooling'])
  code(@Citizen() citizen: CitizenPrincipal, @Body() { purpose }: AskOwnCode): Promise<SentCodeView> {
    return this.phones.askOwn(citizen, purpose);
  }

  @Put('passphrase')
  @HttpCode(204)
  @AllowCitizen()
  @ApiOperation({ summary: 'Choose a passphrase, or another; ends my other sessions' })
  @ApiNoContentResponse()
  @Refuses(...PROVED)
  passphrase(@Citizen() citizen: CitizenPrincipal, @Body() body: SetPassphrase): Promise<void> {
    return this.passphrases.set(citizen, body);
  }

  @Put('second-step')
  @HttpCode(204)
  @AllowCitizen()
  @ApiOperation({ summary: 'Whether a code is asked for beside my passphrase' })
  @ApiNoContentResponse()
  @Refuses(...PROVED)
  secondStep(@Citizen() citizen: CitizenPrincipal, @Body() body: SetSecondStep): Promise<void> {
    return this.passphrases.setSecondStep(citizen, body);
  }

  @Post('phone')
  @HttpCode(200)
  @AllowCitizen()
  @ApiOperation({ summary: 'Change my phone: a code is sent to the new one' })
  @ApiOkResponse({ type: SentCodeView })
  @Refuses(...PROVED)
  phone(@Citizen() citizen: CitizenPrincipal, @Body() body: ChangePhone): Promise<SentCodeView> {
    return this.phones.begin(citizen, body);
  }

  @Post('phone/confirm')
  @HttpCode(200)
  @AllowCitizen()
  @ApiOperation({ summary: 'Answer the code of the new phone; the old one is told and can undo it for a while' })
  @ApiOkResponse({ type: PhoneChangedView })
  @Refuses('http.invalid', ACCESS['citizens.code-refused'], ACCESS['citizens.cooling'])
  confirm(@Citizen() citizen: CitizenPrincipal, @Body() { code }: ConfirmPhone): Promise<PhoneChangedView> {
    return this.phones.confirm(citizen, code);
  }
}
