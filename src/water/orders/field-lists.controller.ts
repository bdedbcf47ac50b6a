import { Body, Controller, Get, Header, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Allow, ApiPage, Caller, Idempotent, Refuses, type Page, type Principal } from '@libs/http';
import { renderPdf } from '@libs/printing';
import { pdfFile } from '../../documents';
import { fieldListCsv, fieldListSheet } from './field-list-sheets';
import { FieldLists } from './field-lists';
import {
  FieldListParam,
  fieldListView,
  FieldListView,
  ListedFieldListView,
  listedFieldListView,
  ListFieldLists,
  madeListView,
  MadeListView,
  NewFieldList,
  PrintFieldList,
} from './field-lists.dto';
import { ORDERS } from './orders.problems';

@ApiTags('water: disconnection')
@Controller('water/field-lists')
export class FieldListsController {
  constructor(
    private readonly lists: FieldLists,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Allow('water.field-list.make')
  @Idempotent()
  @ApiOperation({ summary: 'Give a crew its orders of a day, by walk; cuts that were paid meanwhile are cancelled' })
  @ApiCreatedResponse({ type: MadeListView })
  @Refuses('http.invalid', ORDERS['water.before-holiday'])
  async make(@Body() body: NewFieldList, @Caller() caller: Principal): Promise<MadeListView> {
    return madeListView(await this.lists.make(body, caller));
  }

  @Get()
  @Allow('water.field-list.read')
  @ApiOperation({ summary: 'Lists by day of work, the last first' })
  @ApiPage(ListedFieldListView)
  @Refuses('http.invalid')
  async all(@Query() query: ListFieldLists): Promise<Page<ListedFieldListView>> {
    const page = await this.lists.all(query);
    return { ...page, items: page.items.map(listedFieldListView) };
  }

  @Get(':id')
  @Allow('water.field-list.read')
  @ApiOperation({ summary: 'A list with its orders as they stand now' })
  @ApiOkResponse({ type: FieldListView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: FieldListParam): Promise<FieldListView> {
    return fieldListView(await this.lists.get(id));
  }

  @Get(':id/csv')
  @Allow('water.field-list.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The list as CSV (UTF-8 with a byte order mark)' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  @Refuses('http.invalid', 'http.not-found')
  async csv(@Param() { id }: FieldListParam): Promise<StreamableFile> {
    const { rows } = await this.lists.get(id);
    const disposition = `attachment; filename="field-list-${id}.csv"`;
    return new StreamableFile(fieldListCsv(rows), { type: 'text/csv; charset=utf-8', disposition });
  }

  @Get(':id/pdf')
  @Allow('water.field-list.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The list on paper, with room for what the crew finds' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @Refuses('http.invalid', 'http.not-found')
  async pdf(@Param() { id }: FieldListParam, @Query() { lang = 'ar' }: PrintFieldList): Promise<StreamableFile> {
    const found = await this.lists.get(id);
    const pdf = await renderPdf(
      'field-list',
      fieldListSheet(found, this.config, { lang, printedAt: this.clock.now() }),
    );
    return pdfFile(pdf, { ascii: `field-list-${id}`, utf8: `كشف ميداني ${id}` });
  }
}
