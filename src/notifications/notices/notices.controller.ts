import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, IfMatch, Refuses, type Page, type Principal } from '@libs/http';
import { AudienceSources } from './audience-sources';
import { NoticeReports } from './notice-reports';
import { NOTICES } from './notice.problems';
import {
  ApproveNotice,
  AudienceSourceView,
  NoticeInput,
  NoticeParam,
  NoticeReason,
  NoticeReportView,
  NoticesQuery,
  PublicNoticeView,
  noticeView,
  reportView,
  sourceView,
} from './notices.dto';
import { PublicNotices } from './public-notices';

const REFUSALS = ['http.invalid', 'http.not-found', NOTICES['notifications.notice-state']];

@ApiTags('notifications: public notices')
@Controller()
export class NoticesController {
  constructor(
    private readonly notices: PublicNotices,
    private readonly reports: NoticeReports,
    private readonly sources: AudienceSources,
  ) {}

  @Get('audience-sources')
  @Allow('notifications.notice.read')
  @ApiOperation({ summary: 'By what people can be chosen, and what each choice asks for' })
  @ApiOkResponse({ type: AudienceSourceView, isArray: true })
  audiences(): AudienceSourceView[] {
    return this.sources.all().map(sourceView);
  }

  @Post('public-notices')
  @Allow('notifications.notice.draft')
  @ApiOperation({ summary: 'Draft a notice to many people' })
  @ApiCreatedResponse({ type: PublicNoticeView })
  @Refuses('http.invalid')
  async draft(@Body() body: NoticeInput, @Caller() by: Principal): Promise<PublicNoticeView> {
    return noticeView(await this.notices.draft(body, by));
  }

  @Get('public-notices')
  @Allow('notifications.notice.read')
  @ApiOperation({ summary: 'Notices by state, newest first' })
  @ApiPage(PublicNoticeView)
  @Refuses('http.invalid')
  async list(@Query() query: NoticesQuery): Promise<Page<PublicNoticeView>> {
    const page = await this.notices.list(query);
    return { ...page, items: page.items.map(noticeView) };
  }

  @Get('public-notices/:id')
  @Allow('notifications.notice.read')
  @ApiOperation({ summary: 'A notice with its count and progress' })
  @ApiOkResponse({ type: PublicNoticeView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: NoticeParam): Promise<PublicNoticeView> {
    return noticeView(await this.notices.get(id));
  }

  @Get('public-notices/:id/report')
  @Allow('notifications.notice.read')
  @ApiOperation({ summary: 'What became of its messages, by channel and state' })
  @ApiOkResponse({ type: NoticeReportView })
  @Refuses('http.invalid', 'http.not-found')
  async report(@Param() { id }: NoticeParam): Promise<NoticeReportView> {
    return reportView(await this.reports.of(id));
  }

  @Put('public-notices/:id')
  @Allow('notifications.notice.draft')
  @ChangesVersion()
  @ApiOperation({ summary: 'Write a draft anew; it is counted anew, too' })
  @ApiOkResponse({ type: PublicNoticeView })
  @Refuses(...REFUSALS)
  async change(
    @Param() { id }: NoticeParam,
    @IfMatch() version: number,
    @Body() body: NoticeInput,
  ): Promise<PublicNoticeView> {
    return noticeView(await this.notices.change({ id, version }, body));
  }

  @Post('public-notices/:id/count')
  @HttpCode(202)
  @Allow('notifications.notice.draft', 'notifications.notice.approve')
  @ApiOperation({ summary: 'Count who gets it and what it costs; the answer stands in the notice shortly' })
  @ApiAcceptedResponse()
  @Refuses(...REFUSALS)
  count(@Param() { id }: NoticeParam): Promise<void> {
    return this.notices.count(id);
  }

  @Post('public-notices/:id/submit')
  @HttpCode(200)
  @Allow('notifications.notice.draft')
  @ChangesVersion()
  @ApiOperation({ summary: 'Ask somebody else to approve it' })
  @ApiOkResponse({ type: PublicNoticeView })
  @Refuses(...REFUSALS, NOTICES['notifications.notice-uncounted'])
  async submit(
    @Param() { id }: NoticeParam,
    @IfMatch() version: number,
    @Caller() by: Principal,
  ): Promise<PublicNoticeView> {
    return noticeView(await this.notices.submit({ id, version }, by));
  }

  @Post('public-notices/:id/return')
  @HttpCode(200)
  @Allow('notifications.notice.approve')
  @ChangesVersion()
  @ApiOperation({ summary: 'Give it back to its author' })
  @ApiOkResponse({ type: PublicNoticeView })
  @Refuses(...REFUSALS)
  async giveBack(
    @Param() { id }: NoticeParam,
    @IfMatch() version: number,
    @Body() { reason }: NoticeReason,
  ): Promise<PublicNoticeView> {
    return noticeView(await this.notices.returnToAuthor({ id, version }, reason));
  }

  @Post('public-notices/:id/approve')
  @HttpCode(200)
  @Allow('notifications.notice.approve')
  @ChangesVersion()
  @ApiOperation({ summary: 'Let it be sent, now or at a time; above the cap a supervisor does' })
  @ApiOkResponse({ type: PublicNoticeView })
  @Refuses(...REFUSALS, NOTICES['notifications.notice-own'], NOTICES['notifications.notice-over-cap'])
  async approve(
    @Param() { id }: NoticeParam,
    @IfMatch() version: number,
    @Body() { sendAt }: ApproveNotice,
    @Caller() by: Principal,
  ): Promise<PublicNoticeView> {
    return noticeView(await this.notices.approve({ id, version }, sendAt, by));
  }

  @Post('public-notices/:id/recall')
  @HttpCode(200)
  @Allow('notifications.notice.approve')
  @ChangesVersion()
  @ApiOperation({ summary: 'Take it back: what has not left is cancelled' })
  @ApiOkResponse({ type: PublicNoticeView })
  @Refuses(...REFUSALS)
  async recall(
    @Param() { id }: NoticeParam,
    @IfMatch() version: number,
    @Body() { reason }: NoticeReason,
    @Caller() by: Principal,
  ): Promise<PublicNoticeView> {
    return noticeView(await this.notices.recall({ id, version }, reason, by));
  }
}
