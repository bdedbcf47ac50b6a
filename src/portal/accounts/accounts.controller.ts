import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowCitizen, Citizen, Refuses, Revalidated, type CitizenPrincipal } from '@libs/http';
import { MyAccounts } from './my-accounts';
import {
  PortalAccountDetailView,
  PortalAccountParam,
  PortalAccountsQuery,
  PortalAccountsView,
  PortalMovementsQuery,
  PortalMovementsView,
} from './accounts.dto';

@ApiTags('portal: accounts')
@Controller('me/accounts')
export class PortalAccountsController {
  constructor(private readonly accounts: MyAccounts) {}

  @Get()
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'The citizen’s accounts and what is owed on each, as of any day' })
  @ApiOkResponse({ type: PortalAccountsView })
  @Refuses('http.invalid')
  all(@Citizen() citizen: CitizenPrincipal, @Query() { asOf }: PortalAccountsQuery): Promise<PortalAccountsView> {
    return this.accounts.all(citizen.oneRecordId, asOf);
  }

  @Get(':id')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'One account with all that is still owed of it' })
  @ApiOkResponse({ type: PortalAccountDetailView })
  @Refuses('http.invalid', 'http.not-found')
  one(@Citizen() citizen: CitizenPrincipal, @Param() { id }: PortalAccountParam): Promise<PortalAccountDetailView> {
    return this.accounts.one(citizen.oneRecordId, id);
  }

  @Get(':id/movements')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'What was charged and paid, the newest first, each with the balance after it' })
  @ApiOkResponse({ type: PortalMovementsView })
  @Refuses('http.invalid', 'http.not-found')
  movements(
    @Citizen() citizen: CitizenPrincipal,
    @Param() { id }: PortalAccountParam,
    @Query() query: PortalMovementsQuery,
  ): Promise<PortalMovementsView> {
    return this.accounts.movements(citizen.oneRecordId, id, query);
  }
}
