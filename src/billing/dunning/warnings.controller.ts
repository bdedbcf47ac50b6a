import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Allow, ApiPage, Caller, ChangesVersion, IfMatch, pageOf, Refuses } from '@libs/http';
import type { Page, Principal } from '@libs/http';
import { DUNNING } from './dunning.problems';
import { WarningActs } from './warning-acts';
import { Warnings, type WarningNow } from './warnings';
import {
  DecideObjection,
  RecordObjection,
  RecordService,
  ReferWarning,
  WarningParam,
  WarningReason,
  WarningsQuery,
  warningView,
  WarningView,
} from './warnings.dto';

const READS = ['http.invalid', 'http.not-found', DUNNING['billing.warning-altered']];
const ACTS = [...READS, DUNNING['billing.warning-state']];

@ApiTags('billing: dunning')
@Controller('billing/warnings')
export class WarningsController {
  constructor(
    private readonly warnings: Warnings,
    private readonly acts: WarningActs,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Allow('billing.warning.read')
  @ApiOperation({ summary: 'Warnings, newest first, each with what is still owed of it' })
  @ApiPage(WarningView)
  @Refuses('http.invalid')
  async list(@Query() query: WarningsQuery): Promise<Page<WarningView>> {
    const [rows, total] = await this.warnings.list(query);
    return pageOf(
      query,
      rows.map((each) => this.view(each)),
      total,
    );
  }

  @Get(':serial')
  @Allow('billing.warning.read')
  @ApiOperation({ summary: 'A warning as it was issued and as it stands today' })
  @ApiOkResponse({ type: WarningView })
  @Refuses(...READS)
  async get(@Param() { serial }: WarningParam): Promise<WarningView> {
    return this.view(await this.warnings.get(serial));
  }

  @Post(':serial/serve')
  @HttpCode(200)
  @Allow('billing.warning.serve')
  @ChangesVersion()
  @ApiOperation({ summary: 'Record how and when it was served (محضر تبليغ); the days to pay run from then on' })
  @ApiOkResponse({ type: WarningView })
  @Refuses(...ACTS, DUNNING['billing.sms-is-no-service'])
  async serve(
    @Param() { serial }: WarningParam,
    @IfMatch() version: number,
    @Body() body: RecordService,
    @Caller() by: Principal,
  ): Promise<WarningView> {
    return this.view(await this.acts.serve(serial, version, body, by));
  }

  @Post(':serial/object')
  @HttpCode(200)
  @Allow('billing.warning.object')
  @ChangesVersion()
  @ApiOperation({ summary: 'Record an objection at court, made in time; it suspends the warning' })
  @ApiOkResponse({ type: WarningView })
  @Refuses(...ACTS, DUNNING['billing.objection-late'])
  async object(
    @Param() { serial }: WarningParam,
    @IfMatch() version: number,
    @Body() body: RecordObjection,
    @Caller() by: Principal,
  ): Promise<WarningView> {
    return this.view(await this.acts.object(serial, version, body, by));
  }

  @Post(':serial/decide-objection')
  @HttpCode(200)
  @Allow('billing.warning.object')
  @ChangesVersion()
  @ApiOperation({ summary: 'Record what the court decided' })
  @ApiOkResponse({ type: WarningView })
  @Refuses(...ACTS)
  async decide(
    @Param() { serial }: WarningParam,
    @IfMatch() version: number,
    @Body() body: DecideObjection,
    @Caller() by: Principal,
  ): Promise<WarningView> {
    return this.view(await this.acts.decide(serial, version, body, by));
  }

  @Post(':serial/refer')
  @HttpCode(200)
  @Allow('billing.warning.refer')
  @ChangesVersion()
  @ApiOperation({ summary: 'Refer it to the legal department for seizure, once the days have run out unpaid' })
  @ApiOkResponse({ type: WarningView })
  @Refuses(...ACTS)
  async refer(
    @Param() { serial }: WarningParam,
    @IfMatch() version: number,
    @Body() { number }: ReferWarning,
    @Caller() by: Principal,
  ): Promise<WarningView> {
    return this.view(await this.acts.refer(serial, version, number, by));
  }

  @Post(':serial/withdraw')
  @HttpCode(200)
  @Allow('billing.warning.withdraw')
  @ChangesVersion()
  @ApiOperation({
    summary: 'Withdraw a warning, also one whose service was recorded wrongly; its charges may be warned of again',
  })
  @ApiOkResponse({ type: WarningView })
  @Refuses(...ACTS)
  async withdraw(
    @Param() { serial }: WarningParam,
    @IfMatch() version: number,
    @Body() { reason }: WarningReason,
    @Caller() by: Principal,
  ): Promise<WarningView> {
    return this.view(await this.acts.withdraw(serial, version, reason, by));
  }

  private view(now: WarningNow): WarningView {
    return warningView(now, this.config);
  }
}
