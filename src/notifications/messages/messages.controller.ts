import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, pageOf, Problem, Refuses, skipped, type Page } from '@libs/http';
import { Store } from '@libs/persistence';
import { parsePhone } from '@libs/phone';
import { Audit } from '../../identity';
import { parseEmail } from '../contacts/email-address';
import { Message, MessageContent, MessageEvent } from './message.entity';
import {
  contentView,
  ContentView,
  messageDetailView,
  MessageDetailView,
  MessageId,
  MessagesQuery,
  messageView,
  MessageView,
} from './messages.dto';

@ApiTags('notifications')
@Controller('notifications/messages')
export class MessagesController {
  constructor(
    private readonly store: Store,
    private readonly audit: Audit,
  ) {}

  @Get()
  @Allow('notifications.message.read')
  @ApiOperation({ summary: 'Messages of a number, address or record, newest first; without their words' })
  @ApiPage(MessageView)
  @Refuses('http.invalid')
  async list(@Query() { recipient, oneRecordId, channel, state, ...query }: MessagesQuery): Promise<Page<MessageView>> {
    const contact = recipient && (parsePhone(recipient).e164 ?? parseEmail(recipient) ?? recipient);
    const [rows, total] = await this.store.reads(Message).findAndCount({
      where: {
        ...(contact && { recipient: contact }),
        ...(oneRecordId && { oneRecordId }),
        ...(channel && { channel }),
        ...(state && { state }),
      },
      order: { createdAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows.map(messageView), total);
  }

  @Get(':id')
  @Allow('notifications.message.read')
  @ApiOperation({ summary: 'A message and what came of it' })
  @ApiOkResponse({ type: MessageDetailView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: MessageId): Promise<MessageDetailView> {
    const message = await this.store.reads(Message).findOneBy({ id });
    if (!message) throw new Problem('http.not-found');
    const events = await this.store
      .reads(MessageEvent)
      .find({ where: { messageId: id }, order: { at: 'ASC', id: 'ASC' } });
    return messageDetailView(message, events);
  }

  @Get(':id/content')
  @Allow('notifications.message.read-content')
  @ApiOperation({ summary: 'What a message said; codes are kept nowhere, other words for a while' })
  @ApiOkResponse({ type: ContentView })
  @Refuses('http.invalid', 'http.not-found')
  async content(@Param() { id }: MessageId): Promise<ContentView> {
    const content = await this.store.reads(MessageContent).findOneBy({ id });
    if (!content) throw new Problem('http.not-found');
    await this.audit.record({ action: 'notifications.message.read-content', detail: { messageId: id } });
    return contentView(content);
  }
}
