import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  ApiPage,
  Caller,
  ChangesVersion,
  Idempotent,
  IfMatch,
  Refuses,
  type Page,
  type Principal,
} from '@libs/http';
import { TARIFFS } from '../tariffs/tariffs.problems';
import { IllegalConnections } from './illegal-connections';
import {
  backChargeView,
  BackChargeView,
  DecideIllegal,
  IllegalParam,
  IllegalReason,
  illegalView,
  IllegalView,
  ListIllegal,
  ProposeIllegal,
} from './illegal-connections.dto';
import { ILLEGAL } from './illegal-connections.problems';

const CHANGES = ['http.invalid', 'http.not-found', ILLEGAL['water.illegal-state']];
const NO_TARIFF = TARIFFS['water.no-tariff'];

@ApiTags('water: illegal connections')
@Controller('water/illegal-connections')
export class IllegalConnectionsController {
  constructor(private readonly cases: IllegalConnections) {}

  @Post('preview')
  @HttpCode(200)
  @Allow('water.illegal-connection.propose')
  @ApiOperation({ summary: 'What water that was taken would have cost, month by month' })
  @ApiOkResponse({ type: BackChargeView })
  @Refuses('http.invalid', 'http.not-found', NO_TARIFF)
  async preview(@Body() body: ProposeIllegal): Promise<BackChargeView> {
    return backChargeView(await this.cases.preview(body));
  }

  @Post()
  @Allow('water.illegal-connection.propose')
  @Idempotent()
  @ApiOperation({ summary: 'A case: evidence, back-charge by the tariff of its days, fine' })
  @ApiCreatedResponse({ type: IllegalView })
  @Refuses('http.invalid', 'http.not-found', NO_TARIFF, ILLEGAL['water.report-known'])
  async propose(@Body() body: ProposeIllegal, @Caller() caller: Principal): Promise<IllegalView> {
    return illegalView(await this.cases.propose(body, caller));
  }

  @Get()
  @Allow('water.illegal-connection.read')
  @ApiOperation({ summary: 'Cases, newest first' })
  @ApiPage(IllegalView)
  @Refuses('http.invalid')
  async list(@Query() query: ListIllegal): Promise<Page<IllegalView>> {
    const page = await this.cases.list(query);
    return { ...page, items: page.items.map(illegalView) };
  }

  @Get(':id')
  @Allow('water.illegal-connection.read')
  @ApiOperation({ summary: 'A case' })
  @ApiOkResponse({ type: IllegalView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: IllegalParam): Promise<IllegalView> {
    return illegalView(await this.cases.get(id));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Allow('water.illegal-connection.decide')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Charge it by decision, by somebody else than its proposer' })
  @ApiOkResponse({ type: IllegalView })
  @Refuses(...CHANGES, ILLEGAL['water.illegal-own-case'])
  async approve(
    @Param() { id }: IllegalParam,
    @IfMatch() version: number,
    @Body() { decisionNumber }: DecideIllegal,
    @Caller() caller: Principal,
  ): Promise<IllegalView> {
    return illegalView(await this.cases.approve({ id, version }, decisionNumber, caller));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Allow('water.illegal-connection.decide')
  @ChangesVersion()
  @ApiOperation({ summary: 'Drop a case' })
  @ApiOkResponse({ type: IllegalView })
  @Refuses(...CHANGES)
  async reject(
    @Param() { id }: IllegalParam,
    @IfMatch() version: number,
    @Body() { reason }: IllegalReason,
    @Caller() caller: Principal,
  ): Promise<IllegalView> {
    return illegalView(await this.cases.reject({ id, version }, reason, caller));
  }

  @Post(':id/reverse')
  @HttpCode(200)
  @Allow('water.illegal-connection.reverse')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Take back what was charged' })
  @ApiOkResponse({ type: IllegalView })
  @Refuses(...CHANGES)
  async reverse(
    @Param() { id }: IllegalParam,
    @IfMatch() version: number,
    @Body() { reason }: IllegalReason,
    @Caller() caller: Principal,
  ): Promise<IllegalView> {
    return illegalView(await this.cases.reverse({ id, version }, reason, caller));
  }
}
