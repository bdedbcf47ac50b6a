import { Controller, Get, Param, Post, Query, HttpCode, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import {
  Allow,
  ApiPage,
  defineProblems,
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
import { Store, UnitOfWork } from '@libs/persistence';
import { isErased, OutboxNudge } from './outbox';
import { LANES, type Lane } from './lanes';
import { OUTBOX_STATES, OutboxMessage } from './outbox.entities';

const CODES = defineProblems({
  'outbox.not-dead': { status: 409, ar: 'الرسالة ليست متوقفة', en: 'The message is not a dead letter' },
  'outbox.erased': {
    status: 409,
    ar: 'محتوى الرسالة سري وقد أزيل، لا يمكن إعادتها',
    en: 'The content of the message was secret and is erased; it cannot be tried again',
  },
});

class MessageId {
  @Id() id: number;
}

class MessagesQuery extends PageQuery {
  @OneOf(OUTBOX_STATES, { optional: true, example: 'DEAD' }) state?: (typeof OUTBOX_STATES)[number];
  @OneOf(LANES, { optional: true, example: 'OTP' }) lane?: Lane;
}

/** A message without its payload, which may hold personal data. */
class OutboxMessageView {
  @Id() id: number;
  @Txt({ example: 'notifications.sms' }) type: string;
  @OneOf(LANES) lane: string;
  @OneOf(OUTBOX_STATES) state: string;
  @Int({ example: 1 }) attempts: number;
  @InstantField() availableAt: string;
  @InstantField({ nullable: true }) doneAt: string | null;
  @Txt({ nullable: true, max: 1000, example: null }) lastError: string | null;
}

const view = ({ id, type, lane, state, attempts, availableAt, doneAt, lastError }: OutboxMessage) => ({
  ...{ id, type, lane, state, attempts, availableAt, doneAt, lastError },
});

@ApiTags('operations')
@Controller('operations/messages')
export class OutboxController {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly relay: OutboxNudge,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('operations.message.read')
  @ApiOperation({ summary: 'Messages waiting, done and dead, the newest first' })
  @ApiPage(OutboxMessageView)
  async list(@Query() query: MessagesQuery): Promise<Page<OutboxMessageView>> {
    const where = { ...(query.state && { state: query.state }), ...(query.lane && { lane: query.lane }) };
    const [rows, total] = await this.store
      .reads(OutboxMessage)
      .findAndCount({ where, order: { createdAt: 'DESC', id: 'DESC' }, skip: skipped(query), take: query.pageSize });
    return pageOf(query, rows.map(view), total);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Allow('operations.message.replay')
  @ApiOperation({ summary: 'Try a dead letter again' })
  @ApiOkResponse({ type: OutboxMessageView })
  @Refuses('http.not-found', CODES['outbox.not-dead'], CODES['outbox.erased'])
  async replay(@Param() { id }: MessageId): Promise<OutboxMessageView> {
    const message = await this.uow.run(async () => {
      const changes = { state: 'PENDING' as const, attempts: 0, postponed: 0, availableAt: this.clock.now() };
      const revived = await this.store.update(OutboxMessage, { id, state: 'DEAD' }, changes);
      const found = await this.store.reads(OutboxMessage).findOneBy({ id });
      if (!found) throw new Problem('http.not-found');
      if (isErased(found.payload)) throw new Problem(CODES['outbox.erased']);
      if (revived === 0) throw new Problem(CODES['outbox.not-dead']);
      return found;
    });
    this.relay.nudge();
    return view(message);
  }
}
