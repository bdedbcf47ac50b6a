import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import {
  Allow,
  ApiPage,
  Flag,
  Id,
  InstantField,
  Int,
  OneOf,
  PageQuery,
  pageOf,
  Problem,
  Refuses,
  skipped,
  Txt,
  type Page,
} from '@libs/http';
import { LANES } from '@libs/outbox';
import { Store } from '@libs/persistence';
import { parsePhone } from '@libs/phone';
import { Reports } from './callbacks/reports';
import { SandboxMessage } from './channels/channel.entities';
import { REPORTED, type ReportedState } from './messages/message-state.rules';
import { CHANNELS } from './templates/template.entity';

class SandboxQuery extends PageQuery {
  @Txt({ optional: true, max: 254, example: '0599000001' }) recipient?: string;
}

class SandboxMessageView {
  @Id() id: number;
  @OneOf(CHANNELS, { example: 'SMS' }) channel: string;
  @Txt({ example: 'sandbox' }) provider: string;
  @Txt({ example: '+970599000001' }) recipient: string;
  @OneOf(LANES, { example: 'OTP' }) lane: string;
  @Txt({ nullable: true, example: null }) subject: string | null;
  @Txt({ max: 8000, example: 'رمز تفعيل سجلك الموحد: \u2068123456\u2069' }) text: string;
  @Int({ example: 2 }) segments: number;
  @InstantField() receivedAt: string;
}

class SandboxMessageId {
  @Id() id: number;
}

class SandboxReport {
  @OneOf(REPORTED, { example: 'DELIVERED' }) state: ReportedState;
  @Txt({ optional: true, max: 60, example: 'absent' }) code?: string;
}

class SandboxReportedView {
  @Flag({ about: 'false: it was no news' }) moved: boolean;
}

@ApiTags('development')
@Controller('dev/outbox')
export class DevOutboxController {
  constructor(
    private readonly store: Store,
    private readonly reports: Reports,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Allow('dev.message.read')
  @ApiOperation({ summary: 'Messages the sandbox provider was given, newest first; in the demo only, else 404' })
  @ApiPage(SandboxMessageView)
  @Refuses('http.not-found', 'http.invalid')
  async list(@Query() query: SandboxQuery): Promise<Page<SandboxMessageView>> {
    if (!this.config.demo) throw new Problem('http.not-found');
    const recipient = parsePhone(query.recipient).e164 ?? query.recipient;
    const where = recipient ? { recipient } : {};
    const [rows, total] = await this.store
      .reads(SandboxMessage)
      .findAndCount({ where, order: { receivedAt: 'DESC', id: 'DESC' }, skip: skipped(query), take: query.pageSize });
    const views = rows.map(({ reference: _, body: text, ...shown }) => ({ ...shown, text }));
    return pageOf(query, views, total);
  }

  @Post(':id/report')
  @HttpCode(200)
  @Allow('dev.message.report')
  @ApiOperation({ summary: 'Let the sandbox report what became of a message; in the demo only, else 404' })
  @ApiOkResponse({ type: SandboxReportedView })
  @Refuses('http.not-found', 'http.invalid')
  async report(
    @Param() { id }: SandboxMessageId,
    @Body() { state, code }: SandboxReport,
  ): Promise<SandboxReportedView> {
    const message = this.config.demo ? await this.store.reads(SandboxMessage).findOneBy({ id }) : null;
    if (!message) throw new Problem('http.not-found');
    const { provider, reference: ours } = message;
    return { moved: (await this.reports.take({ provider, ours, theirs: null, state, code: code ?? null })) === 1 };
  }
}
