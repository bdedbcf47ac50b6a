import { Controller, Get, Header, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Id, InstantField, OneOf, Public, Refuses, Txt } from '@libs/http';
import type { FastifyReply } from 'fastify';
import { LANGUAGES, type Language } from '../templates/template.entity';
import { noticesFeed } from './notices.feed';
import { noticesPage } from './notices.page';
import { PublishedNotices } from './published-notices';

/** Seconds for which anybody may keep the answer. */
const CACHE = 'public, max-age=60';

class NoticesPageQuery {
  @OneOf(LANGUAGES, { optional: true, example: 'ar' }) lang?: Language;
}

class PublishedNoticeView {
  @Id() id: number;
  @Txt({ max: 200, example: 'تعقيم شبكة المياه' }) titleAr: string;
  @Txt({ nullable: true, max: 200, example: 'Chlorination of the network' }) titleEn: string | null;
  @Txt({ max: 1000, example: 'يبدأ تعقيم الشبكة يوم الأحد' }) textAr: string;
  @Txt({ nullable: true, max: 1000, example: 'Chlorination begins on Sunday' }) textEn: string | null;
  @InstantField() publishedAt: string;
}

@ApiTags('notifications: public notices')
@Controller()
export class PublishedNoticesController {
  constructor(
    private readonly notices: PublishedNotices,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('public/notices')
  @Public()
  @Header('Cache-Control', CACHE)
  @ApiOperation({ summary: 'What the municipality tells everybody, newest first; open to everybody' })
  @ApiOkResponse({ type: PublishedNoticeView, isArray: true })
  async list(): Promise<PublishedNoticeView[]> {
    const notices = await this.notices.list();
    return notices.map(({ id, titleAr, titleEn, textAr, textEn, sendAt }) => ({
      ...{ id, titleAr, titleEn, textAr, textEn },
      publishedAt: sendAt!,
    }));
  }

  @Get('notices')
  @Public()
  @ApiOperation({ summary: 'The same as a page for people' })
  @ApiOkResponse({ content: { 'text/html': { schema: { type: 'string' } } } })
  @Refuses('http.invalid')
  async page(
    @Query() { lang = 'ar' }: NoticesPageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    void reply.type('text/html; charset=utf-8').header('Cache-Control', CACHE);
    return noticesPage(await this.notices.list(), lang, this.config);
  }

  @Get('notices/feed.xml')
  @Public()
  @ApiOperation({ summary: 'The same as an Atom feed' })
  @ApiOkResponse({ content: { 'application/atom+xml': { schema: { type: 'string' } } } })
  @Refuses('http.invalid')
  async feed(
    @Query() { lang = 'ar' }: NoticesPageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    void reply.type('application/atom+xml; charset=utf-8').header('Cache-Control', CACHE);
    return noticesFeed(await this.notices.list(), lang, this.config, this.clock.now());
  }
}
