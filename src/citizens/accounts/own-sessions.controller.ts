import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowCitizen, Citizen, Refuses, type CitizenPrincipal } from '@libs/http';
import { OwnSecurity } from './own-security';
import { SessionParam, SessionView } from './own-sessions.dto';

@ApiTags('citizen access')
@Controller('me/sessions')
export class OwnSessionsController {
  constructor(private readonly own: OwnSecurity) {}

  @Get()
  @AllowCitizen()
  @ApiOperation({ summary: 'Where I am logged in, the last seen first' })
  @ApiOkResponse({ type: SessionView, isArray: true })
  list(@Citizen() citizen: CitizenPrincipal): Promise<SessionView[]> {
    return this.own.running(citizen);
  }

  @Delete(':id')
  @HttpCode(204)
  @AllowCitizen()
  @ApiOperation({ summary: 'End one of my sessions' })
  @ApiNoContentResponse()
  @Refuses('http.invalid', 'http.not-found')
  end(@Citizen() citizen: CitizenPrincipal, @Param() { id }: SessionParam): Promise<void> {
    return this.own.end(citizen, id);
  }

  @Delete()
  @HttpCode(204)
  @AllowCitizen()
  @ApiOperation({ summary: 'End all my sessions but this one' })
  @ApiNoContentResponse()
  endOthers(@Citizen() citizen: CitizenPrincipal): Promise<void> {
    return this.own.endOthers(citizen);
  }
}
