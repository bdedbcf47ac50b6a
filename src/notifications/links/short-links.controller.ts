import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Public } from '@libs/http';
import type { FastifyReply } from 'fastify';
import { html, publicPage, UNLISTED } from '../../documents';
import { ShortLinks } from './short-links';

const OVER = {
  tone: 'note',
  sign: '!',
  ar: 'انتهت صلاحية هذا الرابط',
  en: 'This link is over or was never ours',
  moreAr: 'الروابط في رسائل البلدية صالحة لمدة محدودة. اطلب رابطاً جديداً أو ادخل إلى بوابة المواطن.',
  moreEn: 'Links in our messages are good for a while. Ask for a new one, or log in to the citizens’ portal.',
} as const;

@ApiTags('notifications')
@Controller('s')
export class ShortLinksController {
  constructor(
    private readonly links: ShortLinks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':token')
  @Public()
  @ApiOperation({ summary: 'Where a short link of a message leads to' })
  @ApiParam({ name: 'token', example: '4oJ3kQ9zAbCdEfGhIjKl', schema: { type: 'string' } })
  @ApiResponse({ status: 302, description: 'to the page or document' })
  @ApiNotFoundResponse({ description: 'a page that says that the link is over' })
  async follow(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.headers(UNLISTED);
    const target = await this.links.follow(token);
    if (target !== null) {
      void reply.status(302).header('Location', target);
      return '';
    }
    void reply.status(404).type('text/html; charset=utf-8');
    return publicPage(this.config, OVER, html``);
  }
}
