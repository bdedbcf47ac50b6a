import { Injectable } from '@nestjs/common';
import type { Channel } from '../templates/template.entity';
import { defineEvent, Webhooks } from '../webhooks';
import type { Message } from './message.entity';
import type { MessageState } from './message-state.rules';

type About = Pick<Message, 'id' | 'channel' | 'topic' | 'oneRecordId' | 'noticeId'>;

interface Settled extends Record<string, unknown> {
  messageId: number;
  channel: Channel;
  topic: string;
  oneRecordId: number | null;
  noticeId: number | null;
  state: MessageState;
  code: string | null;
}

const DELIVERED = defineEvent<Settled>('notifications.message-delivered', {
  ar: 'سُلّمت رسالة',
  en: 'A message was delivered',
});
const FAILED = defineEvent<Settled>('notifications.message-failed', {
  ar: 'لم تُسلّم رسالة ولن تُسلّم',
  en: 'A message was not and will not be delivered',
});

/** Tells other systems what became of messages, without whom they were for. */
@Injectable()
export class SettledMessages {
  constructor(private readonly webhooks: Webhooks) {}

  /** In the unit that has settled it. */
  tell(message: About, state: MessageState, code: string | null): Promise<void> {
    const { id: messageId, channel, topic, oneRecordId, noticeId } = message;
    const event = state === 'DELIVERED' ? DELIVERED : FAILED;
    return this.webhooks.publish(event, `message/${messageId}`, {
      ...{ messageId, channel, topic, oneRecordId, noticeId, state, code },
    });
  }
}
