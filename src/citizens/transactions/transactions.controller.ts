import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { OneRecordParam } from '../one-records/one-records.dto';
import { LedgerService } from './ledger.service';
import { ChainQuery, ChainView, TransactionsQuery, TransactionView } from './transactions.dto';

@ApiTags('one-records')
@Controller()
export class TransactionsController {
  constructor(private readonly ledger: LedgerService) {}

  @Get('one-records/:id/transactions')
  @Allow('citizens.transaction.read')
  @ApiOperation({ summary: 'What happened to a record, newest first' })
  @ApiPage(TransactionView)
  @Refuses('http.invalid', 'http.not-found')
  ofRecord(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @Query() query: PageQuery,
  ): Promise<Page<TransactionView>> {
    return this.ledger.ofRecord(id, query, by);
  }

  @Get('citizens/transactions')
  @Allow('citizens.transaction.read')
  @ApiOperation({ summary: 'All transactions, newest first' })
  @ApiPage(TransactionView)
  @Refuses('http.invalid')
  list(@Caller() by: Principal, @Query() query: TransactionsQuery): Promise<Page<TransactionView>> {
    return this.ledger.list(query, by);
  }

  @Get('citizens/transactions/verify')
  @Allow('citizens.transaction.verify')
  @ApiOperation({ summary: 'Compute the hash chain of a year again; names the first broken number' })
  @ApiOkResponse({ type: ChainView })
  @Refuses('http.invalid')
  verify(@Query() { year }: ChainQuery): Promise<ChainView> {
    return this.ledger.verify(year);
  }
}
