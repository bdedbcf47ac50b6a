import { Body, Controller, Get, Header, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, Idempotent, Refuses, type Principal } from '@libs/http';
import { WORKBOOK_TYPE } from '@libs/spreadsheet';
import { ChargeHeads } from '../accounts/charge-heads';
import { BOOKS } from '../billing.problems';
import { PartnerStatements } from './partner-statement';
import { partnerWorkbook } from './partner-workbook';
import { SharePartners } from './partners';
import {
  NewPartner,
  NewRule,
  PartnerStatementView,
  PartnerView,
  partnerView,
  PartnerWithDue,
  partnerWithDue,
  RuleView,
  ShareOfRoute,
  StatementQuery,
  statementView,
  WorkbookQuery,
} from './shares.dto';
import { SHARES } from './shares.problems';

@ApiTags('billing: third-party shares')
@Controller('billing/shares')
export class SharePartnersController {
  constructor(
    private readonly partners: SharePartners,
    private readonly statements: PartnerStatements,
    private readonly heads: ChargeHeads,
  ) {}

  @Get('partners')
  @Allow('billing.share.read')
  @ApiOperation({ summary: 'Who has a share in what is collected, by code' })
  @ApiOkResponse({ type: [PartnerView] })
  async all(): Promise<PartnerView[]> {
    return (await this.partners.all()).map(partnerView);
  }

  @Post('partners')
  @Allow('billing.share-partner.create')
  @Idempotent()
  @ApiOperation({ summary: 'A partner, such as a ministry or an association' })
  @ApiCreatedResponse({ type: PartnerView })
  @Refuses('http.invalid', SHARES['billing.partner-code-taken'])
  async create(@Body() body: NewPartner, @Caller() caller: Principal): Promise<PartnerView> {
    return partnerView(await this.partners.create({ ...body }, caller));
  }

  @Get('partners/:id')
  @Allow('billing.share.read')
  @ApiOperation({ summary: 'A partner, and what is due to them' })
  @ApiOkResponse({ type: PartnerWithDue })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: ShareOfRoute): Promise<PartnerWithDue> {
    const partner = await this.partners.get(id);
    return partnerWithDue(partner, await this.partners.due(partner));
  }

  @Get('rules')
  @Allow('billing.share.read')
  @ApiOperation({ summary: 'The shares, by head, day and partner: one holds until the next of its head and partner' })
  @ApiOkResponse({ type: [RuleView] })
  rules(): Promise<RuleView[]> {
    return this.partners.rules();
  }

  @Post('rules')
  @Allow('billing.share-rule.create')
  @Idempotent()
  @ApiOperation({ summary: 'A partner’s share of what is collected of a head from a day on; 0 ends it' })
  @ApiCreatedResponse({ type: RuleView })
  @Refuses('http.invalid', BOOKS['billing.head-unknown'], SHARES['billing.shares-exceed-whole'])
  @Refuses(SHARES['billing.share-rule-taken'], SHARES['billing.share-month-settled'])
  addRule(@Body() body: NewRule, @Caller() caller: Principal): Promise<RuleView> {
    return this.partners.addRule({ ...body }, caller);
  }

  @Get('partners/:id/statement')
  @Allow('billing.share.read')
  @ApiOperation({ summary: 'What became theirs, what was paid and what is due, over a range of days' })
  @ApiOkResponse({ type: PartnerStatementView })
  @Refuses('http.invalid', 'http.not-found')
  async statement(@Param() { id }: ShareOfRoute, @Query() query: StatementQuery): Promise<PartnerStatementView> {
    return statementView(await this.statements.of(id, query));
  }

  @Get('partners/:id/statement/xlsx')
  @Allow('billing.share.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The same as a workbook' })
  @ApiProduces(WORKBOOK_TYPE)
  @ApiOkResponse({ content: { [WORKBOOK_TYPE]: { schema: { type: 'string', format: 'binary' } } } })
  @Refuses('http.invalid', 'http.not-found')
  async workbook(
    @Param() { id }: ShareOfRoute,
    @Query() { lang = 'ar', ...range }: WorkbookQuery,
  ): Promise<StreamableFile> {
    const statement = await this.statements.of(id, range);
    const heads = await this.heads.require(statement.lines.map(({ head }) => head));
    const workbook = await partnerWorkbook(statement, heads, lang);
    const name = `partner-${statement.partner.code}-${statement.from}-${statement.to}.xlsx`;
    const disposition = `attachment; filename="${name}"`;
    return new StreamableFile(workbook, { type: WORKBOOK_TYPE, length: workbook.length, disposition });
  }
}
