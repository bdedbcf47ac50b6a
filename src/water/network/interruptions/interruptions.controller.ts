import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Allow, ApiPage, Caller, ChangesVersion, Idempotent, IfMatch, Refuses } from '@libs/http';
import type { Page, Principal } from '@libs/http';
import { InterruptionNotices } from './interruption-notices';
import type { Interruption } from './interruption.entity';
import { Interruptions } from './interruptions';
import {
  InterruptionParam,
  InterruptionsQuery,
  InterruptionUpdate,
  InterruptionView,
  interruptionView,
  NewInterruption,
  NoticesQuery,
  NoticeView,
  noticeView,
  Restoration,
} from './interruptions.dto';
import { INTERRUPTIONS } from './interruptions.problems';

const REFUSALS = ['http.invalid', 'http.not-found', INTERRUPTIONS['water.interruption-state']];

@ApiTags('water: interruptions')
@Controller('water')
export class InterruptionsController {
  constructor(
    private readonly interruptions: Interruptions,
    private readonly notices: InterruptionNotices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('interruptions')
  @Allow('water.interruption.announce')
  @Idempotent()
  @ApiOperation({ summary: 'Isolate a zone, planned or in an emergency; its subscribers are told by one notice' })
  @ApiCreatedResponse({ type: InterruptionView })
  @Refuses('http.invalid')
  async announce(@Body() body: NewInterruption, @Caller() by: Principal): Promise<InterruptionView> {
    return this.view(await this.interruptions.announce(body, by));
  }

  @Get('interruptions')
  @Allow('water.interruption.read')
  @ApiOperation({ summary: 'Interruptions by zone, state or work order, newest first' })
  @ApiPage(InterruptionView)
  @Refuses('http.invalid')
  async list(@Query() query: InterruptionsQuery): Promise<Page<InterruptionView>> {
    const page = await this.interruptions.list(query);
    return { ...page, items: page.items.map((each) => this.view(each)) };
  }

  @Get('interruptions/:id')
  @Allow('water.interruption.read')
  @ApiOperation({ summary: 'An interruption' })
  @ApiOkResponse({ type: InterruptionView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: InterruptionParam): Promise<InterruptionView> {
    return this.view(await this.interruptions.get(id));
  }

  @Post('interruptions/:id/update')
  @HttpCode(200)
  @Allow('water.interruption.announce')
  @ChangesVersion()
  @ApiOperation({ summary: 'Other times or another reason; told by a notice' })
  @ApiOkResponse({ type: InterruptionView })
  @Refuses(...REFUSALS, INTERRUPTIONS['water.interruption-begun'])
  async update(
    @Param() { id }: InterruptionParam,
    @IfMatch() version: number,
    @Body() body: InterruptionUpdate,
    @Caller() by: Principal,
  ): Promise<InterruptionView> {
    return this.view(await this.interruptions.update({ id, version }, body, by));
  }

  @Post('interruptions/:id/restore')
  @HttpCode(200)
  @Allow('water.interruption.announce')
  @ChangesVersion()
  @ApiOperation({ summary: 'Water is back; told by a notice' })
  @ApiOkResponse({ type: InterruptionView })
  @Refuses(...REFUSALS, INTERRUPTIONS['water.interruption-not-begun'])
  async restore(
    @Param() { id }: InterruptionParam,
    @IfMatch() version: number,
    @Body() { at }: Restoration,
    @Caller() by: Principal,
  ): Promise<InterruptionView> {
    return this.view(await this.interruptions.restore({ id, version }, at, by));
  }

  @Post('interruptions/:id/cancel')
  @HttpCode(200)
  @Allow('water.interruption.announce')
  @ChangesVersion()
  @ApiOperation({ summary: 'A planned one does not take place; told by a notice' })
  @ApiOkResponse({ type: InterruptionView })
  @Refuses(...REFUSALS, INTERRUPTIONS['water.interruption-begun'])
  async cancel(
    @Param() { id }: InterruptionParam,
    @IfMatch() version: number,
    @Caller() by: Principal,
  ): Promise<InterruptionView> {
    return this.view(await this.interruptions.cancel({ id, version }, by));
  }

  @Get('interruption-notices')
  @Allow('water.interruption.read')
  @ApiOperation({ summary: 'What subscribers were told, by zone or interruption, newest first' })
  @ApiPage(NoticeView)
  @Refuses('http.invalid')
  async told(@Query() query: NoticesQuery): Promise<Page<NoticeView>> {
    const page = await this.notices.list(query);
    return { ...page, items: page.items.map(noticeView) };
  }

  private view(interruption: Interruption): InterruptionView {
    return interruptionView(interruption, this.clock.now());
  }
}
