import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { MATCHING } from '../matching.problems';
import { MatchAskedView, MatchRunId, MatchRunView } from './match-runs.dto';
import { MatchRuns } from './match-runs.service';

@ApiTags('matching')
@Controller('citizens/match-runs')
export class MatchRunsController {
  constructor(private readonly runs: MatchRuns) {}

  @Post()
  @HttpCode(202)
  @Allow('citizens.match-run.start')
  @ApiOperation({ summary: 'Match the whole register and propose OneRecords; a worker does it' })
  @ApiAcceptedResponse({ type: MatchAskedView })
  @Refuses(MATCHING['citizens.match-running'])
  async start(@Caller() { userId }: Principal): Promise<MatchAskedView> {
    return { messageId: await this.runs.start(userId) };
  }

  @Get()
  @Allow('citizens.match-run.read')
  @ApiOperation({ summary: 'Matchings of the register, newest first' })
  @ApiPage(MatchRunView)
  @Refuses('http.invalid')
  list(@Query() query: PageQuery): Promise<Page<MatchRunView>> {
    return this.runs.list(query);
  }

  @Get(':id')
  @Allow('citizens.match-run.read')
  @ApiOperation({ summary: 'A matching: stage, progress, and what came of it' })
  @ApiOkResponse({ type: MatchRunView })
  @Refuses('http.not-found', 'http.invalid')
  read(@Param() { id }: MatchRunId): Promise<MatchRunView> {
    return this.runs.read(id);
  }
}
