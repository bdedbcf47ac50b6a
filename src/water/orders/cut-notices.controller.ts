import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Allow, ApiPage, Caller, ChangesVersion, IfMatch, Refuses, type Page, type Principal } from '@libs/http';
import { CutNotices } from './cut-notices';
import {
  CutNoticeParam,
  cutNoticeView,
  CutNoticeView,
  CutReason,
  DecideCutObjection,
  ListCutNotices,
  ObjectToCut,
  ServeCutNotice,
} from './cut-notices.dto';
import { ORDERS } from './orders.problems';

const ALTERED = ORDERS['water.cut-notice-altered'];
const CHANGES = ['http.invalid', 'http.not-found', ALTERED, ORDERS['water.cut-notice-state']];

@ApiTags('water: disconnection')
@Controller('water/cut-notices')
export class CutNoticesController {
  constructor(
    private readonly notices: CutNotices,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Allow('water.cut-notice.read')
  @ApiOperation({ summary: 'Notices of disconnection, newest first' })
  @ApiPage(CutNoticeView)
  @Refuses('http.invalid')
  async list(@Query() query: ListCutNotices): Promise<Page<CutNoticeView>> {
    const page = await this.notices.list(query);
    return { ...page, items: page.items.map((each) => cutNoticeView(each, this.config)) };
  }

  @Get(':serial')
  @Allow('water.cut-notice.read')
  @ApiOperation({ summary: 'A notice as it was issued, and what became of it' })
  @ApiOkResponse({ type: CutNoticeView })
  @Refuses('http.invalid', 'http.not-found', ALTERED)
  async get(@Param() { serial }: CutNoticeParam): Promise<CutNoticeView> {
    return cutNoticeView(await this.notices.get(serial), this.config);
  }

  @Post(':serial/service')
  @HttpCode(200)
  @Allow('water.cut-notice.serve')
  @ChangesVersion()
  @ApiOperation({ summary: 'Record the service: the days to pay begin' })
  @ApiOkResponse({ type: CutNoticeView })
  @Refuses(...CHANGES, ORDERS['water.no-service-by-message'])
  async serve(
    @Param() { serial }: CutNoticeParam,
    @IfMatch() version: number,
    @Body() body: ServeCutNotice,
    @Caller() caller: Principal,
  ): Promise<CutNoticeView> {
    return cutNoticeView(await this.notices.serve(serial, version, body, caller), this.config);
  }

  @Post(':serial/objection')
  @HttpCode(200)
  @Allow('water.cut-notice.object')
  @ChangesVersion()
  @ApiOperation({ summary: 'Record an objection: nothing is cut until it is decided' })
  @ApiOkResponse({ type: CutNoticeView })
  @Refuses(...CHANGES)
  async object(
    @Param() { serial }: CutNoticeParam,
    @IfMatch() version: number,
    @Body() body: ObjectToCut,
    @Caller() caller: Principal,
  ): Promise<CutNoticeView> {
    return cutNoticeView(await this.notices.object(serial, version, body, caller), this.config);
  }

  @Post(':serial/objection/decision')
  @HttpCode(200)
  @Allow('water.cut-notice.decide')
  @ChangesVersion()
  @ApiOperation({ summary: 'Decide an objection' })
  @ApiOkResponse({ type: CutNoticeView })
  @Refuses(...CHANGES)
  async decide(
    @Param() { serial }: CutNoticeParam,
    @IfMatch() version: number,
    @Body() body: DecideCutObjection,
    @Caller() caller: Principal,
  ): Promise<CutNoticeView> {
    return cutNoticeView(await this.notices.decide(serial, version, body, caller), this.config);
  }

  @Post(':serial/cancel')
  @HttpCode(200)
  @Allow('water.cut-notice.decide')
  @ChangesVersion()
  @ApiOperation({ summary: 'Withdraw a notice' })
  @ApiOkResponse({ type: CutNoticeView })
  @Refuses(...CHANGES)
  async cancel(
    @Param() { serial }: CutNoticeParam,
    @IfMatch() version: number,
    @Body() { reason }: CutReason,
  ): Promise<CutNoticeView> {
    return cutNoticeView(await this.notices.cancel(serial, version, reason), this.config);
  }
}
