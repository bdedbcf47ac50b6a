import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Id, InstantField, Int, ListOf, OneOf, PageQuery, Refuses, Txt, type Page } from '@libs/http';
import { WATER } from '../water.problems';
import { WATER_TAKE_OVER_STATES } from './take-over.entity';
import { WaterTakeOverJobs } from './take-over.jobs';

class WaterExceptionView {
  @Txt({ example: '20011' }) subscription: string;
  @Txt({ example: 'class سياحة' }) reason: string;
}

class WaterTakeOverView {
  @Id() id: number;
  @OneOf(WATER_TAKE_OVER_STATES, { example: 'DONE' }) state: string;
  @InstantField() startedAt: string;
  @InstantField({ nullable: true }) finishedAt: string | null;
  @Int({ example: 2806, about: 'opened' }) subscriptions: number;
  @Int({ example: 2802 }) meters: number;
  @Int({ example: 33_624 }) readings: number;
  @ListOf(() => WaterExceptionView, { nullable: true, max: 1000 }) exceptions: WaterExceptionView[] | null;
  @Txt({ nullable: true, max: 1000, example: null }) failure: string | null;
}

class WaterTakeOverAskedView {
  @Id({ about: 'the message a worker takes' }) messageId: number;
}

@ApiTags('water: take-over')
@Controller('water/take-overs')
export class WaterTakeOverController {
  constructor(private readonly jobs: WaterTakeOverJobs) {}

  @Post()
  @HttpCode(202)
  @Allow('water.take-over.start')
  @ApiOperation({ summary: 'Open subscriptions, meters and readings of the newest extract; a worker does it' })
  @ApiAcceptedResponse({ type: WaterTakeOverAskedView })
  @Refuses(WATER['water.take-over-running'])
  async start(): Promise<WaterTakeOverAskedView> {
    return { messageId: await this.jobs.start() };
  }

  @Get()
  @Allow('water.take-over.read')
  @ApiOperation({ summary: 'Take-overs of water, newest first, with what had to be assumed' })
  @ApiPage(WaterTakeOverView)
  @Refuses('http.invalid')
  list(@Query() query: PageQuery): Promise<Page<WaterTakeOverView>> {
    return this.jobs.list(query);
  }
}
