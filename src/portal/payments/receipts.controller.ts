import { Controller, Get, Header, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  AllowCitizen,
  ApiPage,
  Citizen,
  PageQuery,
  Problem,
  Refuses,
  Revalidated,
  type CitizenPrincipal,
  type Page,
} from '@libs/http';
import { PAYMENTS, ReceiptPrints } from '../../billing';
import { MyReceipts } from './my-receipts';
import { PortalReceiptParam, PortalReceiptSheet, PortalReceiptView, receiptView } from './payments.dto';

@ApiTags('portal: payments')
@Controller('me/receipts')
export class PortalReceiptsController {
  constructor(
    private readonly receipts: MyReceipts,
    private readonly prints: ReceiptPrints,
  ) {}

  @Get()
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'What was paid by the citizen and on their accounts, newest first' })
  @ApiPage(PortalReceiptView)
  @Refuses('http.invalid')
  async list(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Query() query: PageQuery,
  ): Promise<Page<PortalReceiptView>> {
    const page = await this.receipts.list(oneRecordId, query);
    return { ...page, items: page.items.map(receiptView) };
  }

  @Get(':serial')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'One of them' })
  @ApiOkResponse({ type: PortalReceiptView })
  @Refuses('http.invalid', 'http.not-found', PAYMENTS['billing.receipt-altered'])
  async get(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Param() { serial }: PortalReceiptParam,
  ): Promise<PortalReceiptView> {
    return receiptView(await this.receipts.get(oneRecordId, serial));
  }

  @Get(':serial/pdf')
  @AllowCitizen()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'A copy of an own receipt, marked نسخة' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @Refuses('http.invalid', 'http.not-found', PAYMENTS['billing.receipt-altered'])
  async pdf(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Param() { serial }: PortalReceiptParam,
    @Query() { lang = 'ar' }: PortalReceiptSheet,
  ): Promise<StreamableFile> {
    const { found, own } = await this.receipts.get(oneRecordId, serial);
    if (!own) throw new Problem('http.not-found');
    return this.prints.pdf(found, lang, { copy: true });
  }
}
