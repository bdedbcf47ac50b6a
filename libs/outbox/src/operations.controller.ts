import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '@libs/config';
import { Allow, defineProblems, InstantField, Int, ListOf, OneOf, Problem, Refuses, Txt } from '@libs/http';
import { JOB_BOARD, JobBoard, OPENS_JOB_BOARD } from './job-board';
import { LANES } from './lanes';
import { OutboxStatus } from './outbox.status';
import { JobTransport, TRANSPORT_STATES } from './transport';

const CODES = defineProblems({
  'outbox.no-job-board': {
    status: 409,
    ar: 'لا توجد لوحة مهام لأن النظام يعمل دون Redis',
    en: 'There is no job board, because the system works without Redis',
  },
});

class LaneView {
  @OneOf(LANES) lane: string;
  @Int({ example: 12 }) waiting: number;
  @Int({ example: 4 }) running: number;
  @Int({ example: 0 }) later: number;
  @Int({ example: 0 }) dead: number;
  @InstantField({ nullable: true }) oldestDueAt: string | null;
  @Int({ example: 3 }) oldestAgeSeconds: number;
}

class StatusView {
  @OneOf(TRANSPORT_STATES) transport: string;
  @ListOf(() => LaneView) lanes: LaneView[];
}

class JobBoardView {
  @Txt({ example: JOB_BOARD }) url: string;
}

@ApiTags('operations')
@Controller('operations')
export class OperationsController {
  constructor(
    private readonly status: OutboxStatus,
    private readonly transport: JobTransport,
    private readonly board: JobBoard,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('lanes')
  @Allow('operations.message.read')
  @ApiOperation({
    summary:
      'How much waits in each lane, and since when; the transport is embedded without Redis, down while it is away',
  })
  @ApiOkResponse({ type: StatusView })
  async lanes(): Promise<StatusView> {
    const lanes = await this.status.lanes();
    const view = lanes.map((lane) => ({ ...lane, oldestAgeSeconds: Math.round(lane.oldestAgeSeconds) }));
    return { transport: this.transport.state(), lanes: view };
  }

  @Post('job-board')
  @HttpCode(200)
  @Allow(OPENS_JOB_BOARD)
  @ApiOperation({ summary: 'Open the pages of the job board to this browser, by a cookie, as long as the token lives' })
  @ApiOkResponse({ type: JobBoardView })
  @Refuses(CODES['outbox.no-job-board'])
  open(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): JobBoardView {
    if (!this.config.redisUrl) throw new Problem(CODES['outbox.no-job-board']);
    void reply.header('Set-Cookie', this.board.cookie(request.headers.authorization!.slice('Bearer '.length)));
    return { url: JOB_BOARD };
  }
}
