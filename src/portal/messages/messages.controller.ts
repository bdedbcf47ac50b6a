import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowCitizen, ApiPage, Citizen, Refuses, Revalidated, type CitizenPrincipal, type Page } from '@libs/http';
import { CitizenPreferences, Inbox, preferencesView } from '../../notifications';
import { OwnRecords } from '../scope/own-records';
import {
  messageView,
  PortalChangePreferences,
  PortalMessageParam,
  PortalMessagesQuery,
  PortalMessageView,
  PortalPreferencesView,
  PortalUnreadView,
} from './messages.dto';

@ApiTags('portal: messages')
@Controller('me')
export class PortalMessagesController {
  constructor(
    private readonly inbox: Inbox,
    private readonly wanted: CitizenPreferences,
    private readonly own: OwnRecords,
  ) {}

  @Get('messages')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'The citizen’s inbox, newest first' })
  @ApiPage(PortalMessageView)
  @Refuses('http.invalid')
  async list(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Query() query: PortalMessagesQuery,
  ): Promise<Page<PortalMessageView>> {
    const page = await this.inbox.list(await this.own.all(oneRecordId), query);
    return { ...page, items: page.items.map(messageView) };
  }

  @Get('messages/unread')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'How many were not read' })
  @ApiOkResponse({ type: PortalUnreadView })
  async unread(@Citizen() { oneRecordId }: CitizenPrincipal): Promise<PortalUnreadView> {
    return { unread: await this.inbox.unread(await this.own.all(oneRecordId)) };
  }

  @Post('messages/read')
  @HttpCode(200)
  @AllowCitizen()
  @ApiOperation({ summary: 'All were read' })
  @ApiOkResponse({ type: PortalUnreadView })
  async readAll(@Citizen() { oneRecordId }: CitizenPrincipal): Promise<PortalUnreadView> {
    await this.inbox.markAllRead(await this.own.all(oneRecordId));
    return { unread: await this.inbox.unread(await this.own.all(oneRecordId)) };
  }

  @Post('messages/:id/read')
  @HttpCode(200)
  @AllowCitizen()
  @ApiOperation({ summary: 'One was read; the first time counts' })
  @ApiOkResponse({ type: PortalMessageView })
  @Refuses('http.invalid', 'http.not-found')
  async read(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Param() { id }: PortalMessageParam,
  ): Promise<PortalMessageView> {
    return messageView(await this.inbox.markRead(await this.own.all(oneRecordId), id));
  }

  @Get('preferences')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'What the citizen wants to be told, by which way and in which language' })
  @ApiOkResponse({ type: PortalPreferencesView })
  async preferences(@Citizen() { oneRecordId }: CitizenPrincipal): Promise<PortalPreferencesView> {
    return preferencesView(await this.wanted.of(oneRecordId));
  }

  @Put('preferences')
  @AllowCitizen()
  @ApiOperation({ summary: 'Change it; what is left out stays, and what the law wants told is told' })
  @ApiOkResponse({ type: PortalPreferencesView })
  @Refuses('http.invalid')
  async prefer(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Body() body: PortalChangePreferences,
  ): Promise<PortalPreferencesView> {
    return preferencesView(await this.wanted.change(oneRecordId, body, 'CITIZEN'));
  }
}
