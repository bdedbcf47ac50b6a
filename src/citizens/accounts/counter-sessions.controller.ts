import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Refuses } from '@libs/http';
import { CounterSessions } from './counter-sessions';
import { EndedSessionsView, EndSessions, RecordOfSessions, RunningSessionView } from './counter-sessions.dto';

@ApiTags('citizen access')
@Controller('one-records/:id/sessions')
export class CounterSessionsController {
  constructor(private readonly sessions: CounterSessions) {}

  @Get()
  @Allow('citizens.session.read')
  @ApiOperation({ summary: 'Where the citizen is logged in, the last seen first' })
  @ApiOkResponse({ type: RunningSessionView, isArray: true })
  @Refuses('http.invalid', 'http.not-found')
  list(@Param() { id }: RecordOfSessions): Promise<RunningSessionView[]> {
    return this.sessions.running(id);
  }

  @Post('end')
  @HttpCode(200)
  @Allow('citizens.session.end')
  @ApiOperation({ summary: 'End every session of the citizen, whose phone is lost' })
  @ApiOkResponse({ type: EndedSessionsView })
  @Refuses('http.invalid', 'http.not-found')
  end(@Param() { id }: RecordOfSessions, @Body() { reason }: EndSessions): Promise<EndedSessionsView> {
    return this.sessions.end(id, reason);
  }
}
