import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, pageOf, Problem, Refuses, skipped, type Page, type Principal } from '@libs/http';
import { Store } from '@libs/persistence';
import { Notifications } from '../messages/notifications';
import { TEMPLATES } from './template.problems';
import { MessageTemplate } from './template.entity';
import { TemplateDrafts, withSamples } from './template-drafts';
import { Templates } from './templates';
import {
  DraftTemplate,
  PreviewTemplate,
  TemplatePreviewView,
  TemplateId,
  TemplatesQuery,
  templateView,
  TemplateView,
  TopicView,
} from './templates.dto';
import { allTopics } from './topics';

@ApiTags('notifications: templates')
@Controller('notifications')
export class TemplatesController {
  constructor(
    private readonly store: Store,
    private readonly templates: Templates,
    private readonly drafts: TemplateDrafts,
    private readonly notifications: Notifications,
  ) {}

  @Get('topics')
  @Allow('notifications.template.read')
  @ApiOperation({ summary: 'What messages are about' })
  @ApiOkResponse({ type: [TopicView] })
  topics(): TopicView[] {
    return [...allTopics().values()].map(({ code, ar, en }) => ({ code, nameAr: ar, nameEn: en }));
  }

  @Get('templates')
  @Allow('notifications.template.read')
  @ApiOperation({ summary: 'Templates by code and state, newest versions first' })
  @ApiPage(TemplateView)
  @Refuses('http.invalid')
  async list(@Query() { code, state, ...query }: TemplatesQuery): Promise<Page<TemplateView>> {
    const [rows, total] = await this.store.reads(MessageTemplate).findAndCount({
      where: { ...(code && { code }), ...(state && { state }) },
      order: { code: 'ASC', version: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, await Promise.all(rows.map((row) => this.view(row))), total);
  }

  @Post('templates')
  @Allow('notifications.template.draft')
  @ApiOperation({ summary: 'Write the next version of a template, or a new one' })
  @ApiCreatedResponse({ type: TemplateView })
  @Refuses('http.invalid')
  async draft(@Body() body: DraftTemplate, @Caller() { userId }: Principal): Promise<TemplateView> {
    return this.view(await this.drafts.draft(body, userId));
  }

  @Get('templates/:id')
  @Allow('notifications.template.read')
  @ApiOperation({ summary: 'A version of a template' })
  @ApiOkResponse({ type: TemplateView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: TemplateId): Promise<TemplateView> {
    return this.view(await this.drafts.get(id));
  }

  @Post('templates/:id/preview')
  @HttpCode(200)
  @Allow('notifications.template.read')
  @ApiOperation({ summary: 'What a version says, and what that takes as a text message' })
  @ApiOkResponse({ type: TemplatePreviewView })
  @Refuses('http.invalid', 'http.not-found')
  @Refuses(TEMPLATES['notifications.placeholders'], TEMPLATES['notifications.bad-value'])
  async preview(
    @Param() { id }: TemplateId,
    @Body() { channel, language, values }: PreviewTemplate,
  ): Promise<TemplatePreviewView> {
    const row = await this.drafts.get(id);
    const used = { row, texts: await this.templates.textsOf(id) };
    const shown = this.notifications.preview(used, channel, language, withSamples(row.placeholders, values));
    if (!shown) throw new Problem('http.not-found');
    return shown;
  }

  @Post('templates/:id/approve')
  @HttpCode(200)
  @Allow('notifications.template.approve')
  @ApiOperation({ summary: 'Put a version to use in the place of the one before; not by who wrote it' })
  @ApiOkResponse({ type: TemplateView })
  @Refuses('http.invalid', 'http.not-found')
  @Refuses(TEMPLATES['notifications.template-state'], TEMPLATES['notifications.four-eyes'])
  async approve(@Param() { id }: TemplateId, @Caller() { userId }: Principal): Promise<TemplateView> {
    return this.view(await this.drafts.approve(id, userId));
  }

  @Post('templates/:id/retire')
  @HttpCode(200)
  @Allow('notifications.template.approve')
  @ApiOperation({ summary: 'Give up a draft, or use a version no more; never one that a module sends by' })
  @ApiOkResponse({ type: TemplateView })
  @Refuses('http.invalid', 'http.not-found', TEMPLATES['notifications.template-state'])
  async retire(@Param() { id }: TemplateId): Promise<TemplateView> {
    return this.view(await this.drafts.retire(id));
  }

  private async view(row: MessageTemplate): Promise<TemplateView> {
    return templateView(row, await this.templates.textsOf(row.id));
  }
}
