import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
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
import { PAYMENTS, ReceiptPrints, type PaymentWithReceipt } from '../../billing';
import { GivesSheet, PortalSheet } from '../scope/sheet';
import { MyReceipts } from './my-receipts';
import { PortalReceiptParam, PortalReceiptView, receiptView } from './payments.dto';

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
  @GivesSheet()
  @ApiOperation({ summary: 'A copy of an own receipt, marked نسخة' })
  @Refuses('http.invalid', 'http.not-found', PAYMENTS['billing.receipt-altered'])
  async pdf(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Param() { serial }: PortalReceiptParam,
    @Query() { lang = 'ar' }: PortalSheet,
  ): Promise<StreamableFile> {
    return this.prints.pdf(await this.whole(oneRecordId, serial), lang, { copy: true });
  }

  /** @throws {Problem} http.not-found for one that is not the citizen's own */
  private async whole(oneRecordId: number, serial: string): Promise<PaymentWithReceipt> {
    const { found, own } = await this.receipts.get(oneRecordId, serial);
    if (!own) throw new Problem('http.not-found');
    return found;
  }
}
