import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, Refuses, type Page, type Principal } from '@libs/http';
import { CitizenSearch } from './citizen-search';
import { CitizenRowView, CitizenSearchBody, FoundRowsView, RowId, SearchLogQuery, SearchLogView } from './rows.dto';
import { CitizenRows } from './rows.service';
import { SearchLog } from './search-log';
import { SEARCH } from './search.problems';

const NAMES_REBUILDING = SEARCH['citizens.names-rebuilding'];

@ApiTags('citizens')
@Controller('citizens')
export class SearchController {
  constructor(
    private readonly citizens: CitizenSearch,
    private readonly rows: CitizenRows,
    private readonly log: SearchLog,
  ) {}

  @Post('search')
  @HttpCode(200)
  @Allow('citizens.row.search')
  @ApiOperation({ summary: 'Search all rows of the old systems by name, document, phone, service or citizen number' })
  @ApiOkResponse({ type: FoundRowsView })
  @Refuses('http.invalid', NAMES_REBUILDING)
  async search(
    @Body() { text, purpose, limit }: CitizenSearchBody,
    @Caller() caller: Principal,
  ): Promise<FoundRowsView> {
    const items = await this.rows.found(await this.citizens.search(text, { limit }));
    await this.log.record(caller.userId, purpose, text, items.length);
    return { items, total: items.length };
  }

  @Get('rows/:id')
  @Allow('citizens.row.read')
  @ApiOperation({
    summary:
      'A row of the old systems in full, with its services and balances; document and phone for those who may see them',
  })
  @ApiOkResponse({ type: CitizenRowView })
  @Refuses('http.not-found', 'http.invalid')
  row(@Param() { id }: RowId, @Caller() caller: Principal): Promise<CitizenRowView> {
    return this.rows.full(id, caller);
  }

  @Get('rows/:id/related')
  @Allow('citizens.row.read')
  @ApiOperation({ summary: 'Rows that share its document or phone or have a similar name' })
  @ApiOkResponse({ type: FoundRowsView })
  @Refuses('http.not-found', 'http.invalid', NAMES_REBUILDING)
  async related(@Param() { id }: RowId): Promise<FoundRowsView> {
    const items = await this.rows.related(id);
    return { items, total: items.length };
  }

  @Get('search-log')
  @Allow('citizens.search-log.read')
  @ApiOperation({ summary: 'Who searched for whom, and for what purpose' })
  @ApiPage(SearchLogView)
  @Refuses('http.invalid')
  searchLog(@Query() query: SearchLogQuery): Promise<Page<SearchLogView>> {
    return this.log.list(query);
  }
}
