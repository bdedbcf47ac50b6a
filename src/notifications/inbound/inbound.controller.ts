import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Logger,
  Param,
  Post,
  Query,
  Req,
  type RawBodyRequest,
} from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import {
  Allow,
  ApiPage,
  Caller,
  checkBody,
  Problem,
  Public,
  Refuses,
  SignedBody,
  type Page,
  type Principal,
} from '@libs/http';
import type { FastifyRequest } from 'fastify';
import { SIGNATURE_HEADER, TIMESTAMP_HEADER, WINDOW_SECONDS } from '../callbacks/callbacks';
import { HandleInbound, InboundParam, InboundQuery, InboundView, inboundView } from './inbound.dto';
import { InboundMessages, type Received } from './inbound-messages';
import { INBOUND } from './inbound.problems';

@ApiTags('notifications: inbound')
@Controller()
export class InboundController {
  private readonly logger = new Logger(InboundController.name);

  constructor(
    private readonly messages: InboundMessages,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('sms/inbound/:provider')
  @HttpCode(204)
  @Public()
  @ApiOperation({
    summary: 'A text message that somebody sent to us, as the provider tells it; signed, once or many times',
  })
  @ApiParam({ name: 'provider', example: 'sandbox', schema: { type: 'string' } })
  @SignedBody(TIMESTAMP_HEADER, SIGNATURE_HEADER)
  @ApiBody({ schema: { type: 'object', example: { reference: 'MO-4oJ3', from: '+970599000001', text: 'رصيد' } } })
  @ApiNoContentResponse({ description: 'taken, now or before' })
  @Refuses('http.not-found', INBOUND['notifications.inbound-forged'], INBOUND['notifications.inbound-unreadable'])
  async receive(
    @Param('provider') provider: string,
    @Req() { headers, rawBody }: RawBodyRequest<FastifyRequest>,
  ): Promise<void> {
    const body = rawBody ?? Buffer.alloc(0);
    const { providerCallbackSecret: secret, smsProviders } = this.config;
    // Under another name the same message would be another one.
    if (secret === undefined || !smsProviders.includes(provider)) throw new Problem('http.not-found');
    const given = { timestamp: headers[TIMESTAMP_HEADER], signature: headers[SIGNATURE_HEADER] };
    const verdict = checkBody(given, body, { secret, window: WINDOW_SECONDS, now: this.clock.now() });
    if (verdict !== 'genuine') {
      this.logger.warn(`incoming message of ${provider} refused: ${verdict}`);
      throw new Problem(INBOUND['notifications.inbound-forged']);
    }
    await this.messages.receive({ provider, ...read(body) });
  }

  @Get('inbound-messages')
  @Allow('notifications.inbound.read')
  @ApiOperation({ summary: 'Text messages from citizens, newest first; command NONE: for a person to read' })
  @ApiPage(InboundView)
  @Refuses('http.invalid')
  async list(@Query() query: InboundQuery): Promise<Page<InboundView>> {
    const page = await this.messages.list(query);
    return { ...page, items: page.items.map(inboundView) };
  }

  @Post('inbound-messages/:id/handle')
  @HttpCode(200)
  @Allow('notifications.inbound.handle')
  @ApiOperation({ summary: 'Somebody has dealt with it' })
  @ApiOkResponse({ type: InboundView })
  @Refuses('http.invalid', 'http.not-found', INBOUND['notifications.inbound-handled'])
  async handle(
    @Param() { id }: InboundParam,
    @Body() { note }: HandleInbound,
    @Caller() { userId }: Principal,
  ): Promise<InboundView> {
    return inboundView(await this.messages.handle(id, note, userId));
  }
}

/** @throws {Problem} notifications.inbound-unreadable */
function read(body: Buffer): Omit<Received, 'provider'> {
  const { reference, from, text } = parsed(body);
  const isRead =
    typeof reference === 'string' &&
    /^[\x21-\x7e]{1,150}$/.test(reference) &&
    typeof from === 'string' &&
    typeof text === 'string';
  if (!isRead) throw new Problem(INBOUND['notifications.inbound-unreadable']);
  const clean = text.slice(0, 1000).replace(/[\p{Cc}\p{Cs}]/gu, ' ');
  return { reference, from: from.slice(0, 40), text: clean };
}

function parsed(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
