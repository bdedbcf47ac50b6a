import { Controller, Get, Header, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, Refuses, type Principal } from '@libs/http';
import { renderPdf } from '@libs/printing';
import { pdfFile } from '../../documents';
import { RecordPrint } from './record-print';
import { PrintQuery, RecordOfStatement } from './statements.dto';

@ApiTags('one-records')
@Controller('one-records')
export class RecordPrintController {
  constructor(private readonly prints: RecordPrint) {}

  @Get(':id/print')
  @Allow('citizens.one-record.print')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Print of the record: related rows, services, transactions' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @Refuses('http.invalid', 'http.not-found')
  async print(
    @Param() { id }: RecordOfStatement,
    @Query() { lang = 'ar' }: PrintQuery,
    @Caller() caller: Principal,
  ): Promise<StreamableFile> {
    const sheet = await this.prints.sheet(id, lang, caller);
    const pdf = await renderPdf('one-record', sheet);
    return pdfFile(pdf, { ascii: `one-record-${sheet.number}`, utf8: `السجل الموحد ${sheet.number}` });
  }
}
