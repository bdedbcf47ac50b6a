import { Controller, Get, Header, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow, Refuses } from '@libs/http';
import { Payments } from './payments';
import { ReceiptPrintQuery, ReceiptSerial } from './payments.dto';
import { RECEIPT_PROBLEMS } from './payments.problems';
import { ReceiptPrints } from './receipt-prints';

@ApiTags('billing: payments')
@Controller('payments')
export class ReceiptsController {
  constructor(
    private readonly payments: Payments,
    private readonly prints: ReceiptPrints,
  ) {}

  @Get(':serial/pdf')
  @Allow('billing.receipt.print')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The receipt: the first is the original, the later ones are marked نسخة, a void one ملغى' })
  @ReceiptSerial()
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @Refuses('http.invalid', ...RECEIPT_PROBLEMS)
  async pdf(@Param('serial') typed: string, @Query() { lang = 'ar' }: ReceiptPrintQuery): Promise<StreamableFile> {
    return this.prints.pdf(await this.payments.get(typed), lang);
  }
}
