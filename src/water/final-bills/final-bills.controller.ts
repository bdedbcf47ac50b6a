import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, Idempotent, Refuses, type Principal } from '@libs/http';
import { FinalBills } from './final-bills';
import { FinalBillParam, FinalBillsView, finalBillView, FinalBillView, RequestFinalBill } from './final-bills.dto';
import { FINAL_BILLS } from './final-bills.problems';

@ApiTags('water: final bills')
@Controller('water/subscriptions')
export class FinalBillsController {
  constructor(private readonly finals: FinalBills) {}

  @Post(':id/final-bills')
  @Allow('water.final-bill.request')
  @Idempotent()
  @ApiOperation({ summary: 'Bill who leaves, up to a reading of the day; the run is reviewed and posted by others' })
  @ApiCreatedResponse({ type: FinalBillView })
  @Refuses(
    'http.invalid',
    'http.not-found',
    FINAL_BILLS['water.final-bill-pending'],
    FINAL_BILLS['water.final-bill-impossible'],
  )
  async request(
    @Param() { id }: FinalBillParam,
    @Body() body: RequestFinalBill,
    @Caller() by: Principal,
  ): Promise<FinalBillView> {
    return finalBillView(await this.finals.request(id, body, by));
  }

  @Get(':id/final-bills')
  @Allow('water.final-bill.read')
  @ApiOperation({ summary: 'The final bills of a subscription, newest first' })
  @ApiOkResponse({ type: FinalBillsView })
  @Refuses('http.invalid', 'http.not-found')
  async of(@Param() { id }: FinalBillParam): Promise<FinalBillsView> {
    return { finalBills: (await this.finals.of(id)).map(finalBillView) };
  }
}
