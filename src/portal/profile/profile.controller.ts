import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowCitizen, Citizen, type CitizenPrincipal } from '@libs/http';
import { OneRecords, Statements } from '../../citizens';
import { PortalProfileView, profileView, PortalServicesView, servicesView } from './profile.dto';

@ApiTags('portal: profile')
@Controller('me')
export class PortalProfileController {
  constructor(
    private readonly records: OneRecords,
    private readonly statements: Statements,
  ) {}

  @Get()
  @AllowCitizen()
  @Header('Cache-Control', 'private, no-cache')
  @ApiOperation({ summary: 'Who the citizen is to the municipality; numbers are masked' })
  @ApiOkResponse({ type: PortalProfileView })
  async profile(@Citizen() { oneRecordId }: CitizenPrincipal): Promise<PortalProfileView> {
    return profileView(await this.records.get(oneRecordId));
  }

  @Get('services')
  @AllowCitizen()
  @Header('Cache-Control', 'private, no-cache')
  @ApiOperation({ summary: 'Services of the old systems under the record, with what is owed on each now' })
  @ApiOkResponse({ type: PortalServicesView })
  async services(@Citizen() { oneRecordId }: CitizenPrincipal): Promise<PortalServicesView> {
    return servicesView(await this.statements.balancesNow(oneRecordId));
  }
}
