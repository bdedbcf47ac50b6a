import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, Idempotent, IfMatch, Refuses } from '@libs/http';
import type { Page, Principal } from '@libs/http';
import { BOOKS } from '../billing.problems';
import {
  ChangeRecurringCharge,
  CreateRecurringCharge,
  RecurringChargeView,
  RecurringParam,
  RecurringQuery,
} from './recurring.dto';
import { RecurringCharges } from './recurring.service';

@ApiTags('billing: recurring charges')
@Controller('billing/recurring-charges')
export class RecurringChargesController {
  constructor(private readonly charges: RecurringCharges) {}

  @Get()
  @Allow('billing.recurring-charge.read')
  @ApiOperation({ summary: 'Recurring charges by account' })
  @ApiPage(RecurringChargeView)
  @Refuses('http.invalid')
  list(@Query() query: RecurringQuery): Promise<Page<RecurringChargeView>> {
    return this.charges.list(query);
  }

  @Get(':id')
  @Allow('billing.recurring-charge.read')
  @ApiOperation({ summary: 'One recurring charge' })
  @ApiOkResponse({ type: RecurringChargeView })
  @Refuses('http.invalid', 'http.not-found')
  get(@Param() { id }: RecurringParam): Promise<RecurringChargeView> {
    return this.charges.get(id);
  }

  @Post()
  @Allow('billing.recurring-charge.create')
  @Idempotent()
  @ApiOperation({ summary: 'Charge an account a fixed amount every so many months' })
  @ApiCreatedResponse({ type: RecurringChargeView })
  @Refuses(
    'http.invalid',
    BOOKS['billing.account-unknown'],
    BOOKS['billing.account-closed'],
    BOOKS['billing.head-unknown'],
  )
  create(@Body() input: CreateRecurringCharge, @Caller() caller: Principal): Promise<RecurringChargeView> {
    return this.charges.create(input, caller);
  }

  @Patch(':id')
  @Allow('billing.recurring-charge.update')
  @ChangesVersion()
  @ApiOperation({ summary: 'Another amount, rhythm or end, for the bills to come' })
  @ApiOkResponse({ type: RecurringChargeView })
  @Refuses('http.invalid', 'http.not-found')
  change(
    @Param() { id }: RecurringParam,
    @IfMatch() version: number,
    @Body() input: ChangeRecurringCharge,
  ): Promise<RecurringChargeView> {
    return this.charges.change(id, version, input);
  }

  @Delete(':id')
  @Allow('billing.recurring-charge.update')
  @ChangesVersion()
  @ApiOperation({ summary: 'Withdraw: no bill is made of it any more' })
  @ApiOkResponse({ type: RecurringChargeView })
  @Refuses('http.invalid', 'http.not-found')
  withdraw(@Param() { id }: RecurringParam, @IfMatch() version: number): Promise<RecurringChargeView> {
    return this.charges.withdraw(id, version);
  }
}
