import { Controller, Get, Header, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow, OneOf, Refuses } from '@libs/http';
import { pdfFile } from '../../documents';
import { PrepaidParam } from './prepaid.dto';
import { PREPAID } from './prepaid.problems';
import { TopUpSlips } from './top-up-slips';

class PrintSlip {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: 'ar' | 'en';
}

@ApiTags('water: prepaid meters')
@Controller('water/top-ups')
export class TopUpSlipsController {
  constructor(private readonly slips: TopUpSlips) {}

  @Get(':id/slip.pdf')
  @Allow('water.top-up.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The slip with the token that was given out' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @Refuses('http.invalid', 'http.not-found', PREPAID['water.top-up-state'], PREPAID['water.no-token-yet'])
  async pdf(@Param() { id }: PrepaidParam, @Query() { lang = 'ar' }: PrintSlip): Promise<StreamableFile> {
    return pdfFile(await this.slips.pdf(id, lang), { ascii: `top-up-${id}`, utf8: `قسيمة شحن ${id}` });
  }
}
