import { Controller, Get, Head, Header, Inject, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Allow, Refuses } from '@libs/http';
import { renderPdf } from '@libs/printing';

import { Staff } from '../../identity';
import { pdfFile } from '../../documents';
import { Payments } from './payments';
import { ReceiptPrintQuery, ReceiptSerial } from './payments.dto';
import { RECEIPT_PROBLEMS } from './payments.problems';
import { receiptSheet } from './receipt.sheet';
import { Receipts } from './receipts';
import { Refunds } from './refunds';

@ApiTags('billing: payments')
@Controller('payments')
export class ReceiptsController {
  constructor(
    private readonly payments: Payments,
    private readonly receipts: Receipts,
    private readonly refunds: Refunds,
    private readonly staff: Staff,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Or a look at the headers would count as a sheet. */
  @Head(':serial/pdf')
  @Allow('billing.receipt.print')
  @Header('Content-Type', 'application/pdf')
  @ApiExcludeEndpoint()
  async pdfExists(@Param('serial') serial: string): Promise<void> {
    await this.payments.get(serial);
  }

  @Get(':serial/pdf')
  @Allow('billing.receipt.print')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The receipt: the first is the original, the later ones are marked نسخة, a void one ملغى' })
  @ReceiptSerial()
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @Refuses('http.invalid', ...RECEIPT_PROBLEMS)
  async pdf(@Param('serial') typed: string, @Query() { lang = 'ar' }: ReceiptPrintQuery): Promise<StreamableFile> {
    const found = await this.payments.get(typed);
    const { undoneBy: by } = found.payment;
    const undoneBy = by === null ? null : ((await this.staff.names([by])).get(by) ?? null);
    const parts = found.payment.state === 'POSTED' ? await this.refunds.of(found.payment.id) : [];
    const back = parts.flatMap(({ lines }) => lines);
    const print = await this.receipts.countPrint(found.receipt);
    const pdf = await renderPdf('receipt', receiptSheet(found, this.config, { lang, print, undoneBy, back }));
    const { serial } = found.receipt;
    return pdfFile(pdf, { ascii: `receipt-${serial}`, utf8: `إيصال ${serial}` });
  }
}
