import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, Refuses, type Page, type Principal } from '@libs/http';
import { NOTIFICATIONS } from '../notifications.problems';
import { BadContacts } from './bad-contacts';
import { BadContactId, BadContactsQuery, badContactView, BadContactView, LiftBadContact } from './bad-contacts.dto';

@ApiTags('notifications')
@Controller('notifications/bad-contacts')
export class BadContactsController {
  constructor(private readonly badContacts: BadContacts) {}

  @Get()
  @Allow('notifications.message.read')
  @ApiOperation({ summary: 'Numbers and addresses that a provider says do not exist, newest first' })
  @ApiPage(BadContactView)
  @Refuses('http.invalid')
  async list(@Query() { contact, ...query }: BadContactsQuery): Promise<Page<BadContactView>> {
    const page = await this.badContacts.list(contact, query);
    return { ...page, items: page.items.map(badContactView) };
  }

  @Post(':id/lift')
  @HttpCode(200)
  @Allow('notifications.contact.lift')
  @ApiOperation({ summary: 'Write there again, once the person has confirmed the number or address' })
  @ApiOkResponse({ type: BadContactView })
  @Refuses('http.invalid', 'http.not-found', NOTIFICATIONS['notifications.contact-lifted'])
  async lift(
    @Param() { id }: BadContactId,
    @Body() { reason }: LiftBadContact,
    @Caller() { userId }: Principal,
  ): Promise<BadContactView> {
    return badContactView(await this.badContacts.lift(id, reason, userId));
  }
}
