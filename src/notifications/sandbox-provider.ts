import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { SandboxMessage } from './notification.entities';
import { SmsProvider, type OutgoingSms } from './sms-provider';
import { smsSize } from './sms-segments';

/** Keeps messages instead of sending them. Outside the demo the digits of one-time codes are not kept either. */
@Injectable()
export class SandboxProvider extends SmsProvider {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  async send({ reference, to, text, lane }: OutgoingSms): Promise<void> {
    await this.uow.run(async () => {
      if (await this.store.reads(SandboxMessage).existsBy({ reference })) return;
      await this.store.insert(SandboxMessage, {
        id: await this.ids.one(),
        reference,
        recipient: to,
        lane,
        body: lane === 'OTP' && !this.config.demo ? text.replace(/\d/g, '•') : text,
        segments: smsSize(text).segments,
        receivedAt: this.clock.now(),
      });
    });
  }
}
