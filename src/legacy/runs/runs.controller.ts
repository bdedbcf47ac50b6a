import { Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { LEGACY } from '../legacy.problems';
import { ImportAskedView, RejectsQuery, RejectView, RunDetails, RunId, RunView } from './runs.dto';
import { LegacyRuns } from './runs.service';

@ApiTags('legacy')
@Controller('legacy/runs')
export class LegacyRunsController {
  constructor(private readonly runs: LegacyRuns) {}

  @Post()
  @HttpCode(202)
  @Allow('legacy.run.start')
  @ApiOperation({ summary: 'Import the extract in LEGACY_EXTRACT_DIR; a worker does it' })
  @ApiAcceptedResponse({ type: ImportAskedView })
  @Refuses(LEGACY['legacy.no-extract-folder'], LEGACY['legacy.import-running'])
  async start(@Caller() { userId }: Principal): Promise<ImportAskedView> {
    return { messageId: await this.runs.start(userId) };
  }

  @Get()
  @Allow('legacy.run.read')
  @ApiOperation({ summary: 'Imports, newest first' })
  @ApiPage(RunView)
  list(@Query() query: PageQuery): Promise<Page<RunView>> {
    return this.runs.list(query);
  }

  @Get(':id')
  @Allow('legacy.run.read')
  @ApiOperation({ summary: 'An import: files, totals, comparison with control.json, progress' })
  @ApiOkResponse({ type: RunDetails })
  @Refuses('http.not-found')
  read(@Param() { id }: RunId): Promise<RunDetails> {
    return this.runs.read(id);
  }

  @Get(':id/rejects')
  @Allow('legacy.run.read')
  @ApiOperation({ summary: 'Refused lines: file, line, key, reason' })
  @ApiPage(RejectView)
  @Refuses('http.not-found')
  rejects(@Param() { id }: RunId, @Query() query: RejectsQuery): Promise<Page<RejectView>> {
    return this.runs.rejects(id, query);
  }

  @Get(':id/rejects.csv')
  @Allow('legacy.run.read')
  @ApiOperation({ summary: 'Refused lines as CSV, UTF-8 with BOM' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Refuses('http.not-found')
  async rejectsCsv(@Param() { id }: RunId): Promise<StreamableFile> {
    const options = { type: 'text/csv; charset=utf-8', disposition: `attachment; filename="rejects-${id}.csv"` };
    return new StreamableFile(await this.runs.rejectsCsv(id), options);
  }
}
