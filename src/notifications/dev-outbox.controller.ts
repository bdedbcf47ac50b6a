import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import {
  Allow,
  ApiPage,
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
import { SandboxMessage } from './channels/channel.entities';

class SandboxQuery extends PageQuery {
  @Txt({ optional: true, max: 20, example: '0599000001' }) recipient?: string;
}

class SandboxMessageView {
  @Id() id: number;
  @Txt({ example: '+970599000001' }) recipient: string;
  @OneOf(LANES, { example: 'OTP' }) lane: string;
  @Txt({ example: 'رمز تفعيل سجلك الموحد: \u2068123456\u2069' }) text: string;
  @Int({ example: 2 }) segments: number;
  @InstantField() receivedAt: string;
}

@ApiTags('development')
@Controller('dev/outbox')
export class DevOutboxController {
  constructor(
    private readonly store: Store,
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
      .findAndCount({ where, order: { id: 'DESC' }, skip: skipped(query), take: query.pageSize });
    const views = rows.map(({ id, recipient, lane, body: text, segments, receivedAt }) => ({
      id,
      recipient,
      lane,
      text,
      segments,
      receivedAt,
    }));
    return pageOf(query, views, total);
  }
}
