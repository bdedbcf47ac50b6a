import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import type { Channel } from '../templates/template.entity';
import { BadContact } from './bad-contact.entity';

/** Numbers and addresses that do not exist. */
@Injectable()
export class BadContacts {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Nothing is sent there from now on. */
  mark(channel: Channel, contact: string, code: string): Promise<void> {
    return this.uow.run(async () => {
      if (await this.store.reads(BadContact).existsBy({ channel, standingContact: contact })) return;
      await this.store.insert(BadContact, {
        id: await this.ids.one(),
        channel,
        contact,
        standingContact: contact,
        code,
        markedAt: this.clock.now(),
        liftedBy: null,
        liftedAt: null,
        liftedReason: null,
      });
    });
  }
}
