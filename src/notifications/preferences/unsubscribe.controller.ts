import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res, type RawBodyRequest } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Public, Refuses, TakesFile } from '@libs/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerByPage } from '../../documents';
import { unknownUnsubscribePage, unsubscribePage } from './unsubscribe.page';
import { Unsubscribing, type Subscription } from './unsubscribing';

const Token = () => ApiParam({ name: 'token', schema: { type: 'string' } });
const Page = () => ApiOkResponse({ content: { 'text/html': { schema: { type: 'string' } } } });

/** The page behind the unsubscribe link of a message: whoever has the link was sent the message. */
@ApiTags('notifications: preferences')
@Controller('unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly unsubscribing: Unsubscribing,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':token')
  @Public()
  @ApiOperation({ summary: 'Asks whether messages of this kind shall stop; changes nothing' })
  @Token()
  @Page()
  @Refuses('http.not-found')
  page(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.answer(reply, () => this.unsubscribing.find(token));
  }

  /** Also what a mail program posts by itself (RFC 8058: `List-Unsubscribe=One-Click`). */
  @Post(':token')
  @HttpCode(200)
  @Public()
  @TakesFile('multipart/form-data')
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiOperation({ summary: 'Stops messages of this kind, or sends them again with `wanted=true`' })
  @Token()
  @Page()
  @Refuses('http.not-found')
  say(
    @Param('token') token: string,
    @Req() { rawBody }: RawBodyRequest<FastifyRequest>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const wanted = new URLSearchParams(rawBody?.toString('latin1') ?? '').get('wanted') === 'true';
    return this.answer(reply, () => this.unsubscribing.say(token, wanted));
  }

  private answer(reply: FastifyReply, work: () => Promise<Subscription>): Promise<string> {
    const page = async () => unsubscribePage(await work(), this.config);
    return answerByPage(reply, page, () => unknownUnsubscribePage(this.config));
  }
}
