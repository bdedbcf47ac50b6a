import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, Idempotent, Refuses, type Principal } from '@libs/http';
import { LeakAllowances } from './leak-allowances';
import { LeakAllowancesView, leakAllowanceView, LeakAllowanceView, LeakParam, ProposeLeakAllowance } from './leaks.dto';
import { LEAKS } from './leaks.problems';

@ApiTags('water: leak allowances')
@Controller('water/subscriptions')
export class LeaksController {
  constructor(private readonly allowances: LeakAllowances) {}

  @Post(':id/leak-allowances')
  @Allow('water.leak-allowance.propose')
  @Idempotent()
  @ApiOperation({ summary: 'Propose credit notes for the water of a repaired leak; others approve them' })
  @ApiCreatedResponse({ type: LeakAllowanceView })
  @Refuses('http.invalid', 'http.not-found', ...Object.values(LEAKS), 'billing.exceeds-charge')
  async propose(
    @Param() { id }: LeakParam,
    @Body() body: ProposeLeakAllowance,
    @Caller() by: Principal,
  ): Promise<LeakAllowanceView> {
    return leakAllowanceView(await this.allowances.propose(id, body, by));
  }

  @Get(':id/leak-allowances')
  @Allow('water.leak-allowance.read')
  @ApiOperation({ summary: 'The leak allowances of a subscription, newest first' })
  @ApiOkResponse({ type: LeakAllowancesView })
  @Refuses('http.invalid', 'http.not-found')
  async of(@Param() { id }: LeakParam): Promise<LeakAllowancesView> {
    return { allowances: (await this.allowances.of(id)).map(leakAllowanceView) };
  }
}
