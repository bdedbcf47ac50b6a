import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  ApiPage,
  Id,
  InstantField,
  Int,
  ListOf,
  MoneyField,
  OneOf,
  PageQuery,
  Refuses,
  Txt,
  type Page,
} from '@libs/http';
import { TAKE_OVER_STATES } from './take-over.entity';
import { TakeOverJobs } from './take-over.jobs';
import { TAKE_OVER } from './take-over.problems';

class TakeOverTotalView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ about: 'debits of the newest extract' }) debit: string;
  @MoneyField() credit: string;
  @MoneyField({ about: 'opening entries of the books: debit less credit when all is taken over' }) taken: string;
}

class TakeOverExceptionView {
  @Txt({ example: '20011' }) serviceNumber: string;
  @Txt({ example: 'currency EGP' }) reason: string;
  @Int({ example: 2 }) movements: number;
}

class TakeOverView {
  @Id() id: number;
  @OneOf(TAKE_OVER_STATES, { example: 'DONE' }) state: string;
  @InstantField() startedAt: string;
  @InstantField({ nullable: true }) finishedAt: string | null;
  @Int({ example: 8133, about: 'accounts opened' }) accounts: number;
  @Int({ example: 131_821, about: 'movements taken, corrected or taken back' }) movements: number;
  @ListOf(() => TakeOverTotalView, { nullable: true }) totals: TakeOverTotalView[] | null;
  @ListOf(() => TakeOverExceptionView, { nullable: true, max: 1000 }) exceptions: TakeOverExceptionView[] | null;
  @Txt({ nullable: true, max: 1000, example: null }) failure: string | null;
}

class TakeOverAskedView {
  @Id({ about: 'the message a worker takes' }) messageId: number;
}

@ApiTags('billing: take-over')
@Controller('billing/take-overs')
export class TakeOverController {
  constructor(private readonly jobs: TakeOverJobs) {}

  @Post()
  @HttpCode(202)
  @Allow('billing.take-over.start')
  @ApiOperation({ summary: 'Bring accounts and opening balances up to the newest extract; a worker does it' })
  @ApiAcceptedResponse({ type: TakeOverAskedView })
  @Refuses(TAKE_OVER['billing.take-over-running'])
  async start(): Promise<TakeOverAskedView> {
    return { messageId: await this.jobs.start() };
  }

  @Get()
  @Allow('billing.take-over.read')
  @ApiOperation({ summary: 'Take-overs, newest first: what was posted, and the books beside the mirror' })
  @ApiPage(TakeOverView)
  @Refuses('http.invalid')
  list(@Query() query: PageQuery): Promise<Page<TakeOverView>> {
    return this.jobs.list(query);
  }
}
