import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Leases, Schedules } from '@libs/outbox';
import { removeInPieces, Store, UnitOfWork } from '@libs/persistence';
import { LessThan, type FindOptionsWhere, type ObjectType } from 'typeorm';
import { LoginGuard } from '../auth/session.entities';
import { OneTimeCode } from '../otp/one-time-code.entity';
import { RateLimit } from './rate-limit.entity';

const NAME = 'identity.forget';
/** Codes name phones, and after their day count for nothing. */
const CODE_DAYS = 7;

/** Work tables keep what they need and no longer. */
@Injectable()
export class Forgetting implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly schedules: Schedules,
    private readonly leases: Leases,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.schedules.every(NAME, '20 * * * *', () => this.leases.once(NAME, 60, () => this.forget()));
  }

  /** A limit that is free again, and failures out of every window, say what no row says. */
  async forget(): Promise<void> {
    const now = this.clock.now();
    await this.remove(RateLimit, { usedUntil: LessThan(now) });
    const touchedAt = LessThan(addDuration(now, { minutes: -2 * this.config.lockoutMinutes }));
    await this.remove(LoginGuard, { touchedAt });
    const sentAt = LessThan(addDuration(now, { days: -CODE_DAYS }));
    await this.remove(OneTimeCode, { sentAt });
  }

  private remove<E extends { id: number | string }>(entity: ObjectType<E>, where: FindOptionsWhere<E>) {
    return removeInPieces(this.store, this.uow, entity, where);
  }
}
