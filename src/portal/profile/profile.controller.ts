import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AllowCitizen,
  ApiPage,
  Citizen,
  PageQuery,
  Refuses,
  Revalidated,
  type CitizenPrincipal,
  type Page,
} from '@libs/http';
import { Accesses, AccessView, OneRecords, Statements } from '../../citizens';
import { PortalProfileView, profileView, PortalServicesView, servicesView } from './profile.dto';

@ApiTags('portal: profile')
@Controller('me')
export class PortalProfileController {
  constructor(
    private readonly records: OneRecords,
    private readonly statements: Statements,
    private readonly looks: Accesses,
  ) {}

  @Get()
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'Who the citizen is to the municipality; numbers are masked' })
  @ApiOkResponse({ type: PortalProfileView })
  async profile(@Citizen() { oneRecordId }: CitizenPrincipal): Promise<PortalProfileView> {
    return profileView(await this.records.get(oneRecordId));
  }

  @Get('services')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'Services of the old systems under the record, with what is owed on each now' })
  @ApiOkResponse({ type: PortalServicesView })
  async services(@Citizen() { oneRecordId }: CitizenPrincipal): Promise<PortalServicesView> {
    return servicesView(await this.statements.balancesNow(oneRecordId));
  }

  @Get('accesses')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'Which of the staff looked at what of the citizen’s, a line a day, newest first' })
  @ApiPage(AccessView)
  @Refuses('http.invalid')
  accesses(@Citizen() { oneRecordId }: CitizenPrincipal, @Query() query: PageQuery): Promise<Page<AccessView>> {
    return this.looks.of(oneRecordId, query);
  }
}
