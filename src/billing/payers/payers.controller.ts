import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Refuses } from '@libs/http';
import { Payers } from './payers';
import { askedPayer, FindPayers, PayersView, payersView } from './payers.dto';

@ApiTags('billing: accounts')
@Controller('billing/payers')
export class PayersController {
  constructor(private readonly payers: Payers) {}

  @Get()
  @Allow('billing.account.read')
  @ApiOperation({
    summary: 'Who pays, with all their accounts and open charges: by record, row, account, bill or receipt',
  })
  @ApiOkResponse({ type: PayersView })
  @Refuses('http.invalid', 'http.not-found')
  async find(@Query() query: FindPayers): Promise<PayersView> {
    return payersView(await this.payers.find(askedPayer(query)));
  }
}
