import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { addDuration, type Clock, type Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { IdempotencyKey } from '@libs/http';
import { Leases, Schedules } from '@libs/outbox';
import { inPieces, removeInPieces, Store, UnitOfWork } from '@libs/persistence';
import { In, LessThan, type FindOptionsWhere, type ObjectType } from 'typeorm';
import { LoginGuard, RefreshToken, Session } from '../auth/session.entities';
import { OneTimeCode } from '../otp/one-time-code.entity';
import { RateLimit } from './rate-limit.entity';

const NAME = 'identity.forget';
/** Codes name phones, and after their day count for nothing. */
const CODE_DAYS = 7;
const AT_ONCE = 1000;
/** Of one table in an hour: years of them are gone in some days, and nobody waits for that. */
const MOST = 100_000;

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
    const createdAt = LessThan(addDuration(now, { days: -this.config.idempotencyDays }));
    await this.remove(IdempotencyKey, { createdAt }, 'createdAt');
    const over = addDuration(now, { days: -this.config.sessionDays });
    await this.remove(RefreshToken, { expiresAt: LessThan(over) }, 'expiresAt');
    await this.removeSessions(addDuration(over, { days: -this.config.refreshTokenDays }));
  }

  /** The last token of a session is as old as the session was last seen; while there is one, it may come back stolen. */
  private removeSessions(before: Instant): Promise<number> {
    const sql = `SELECT s."id" FROM "sessions" s WHERE s."last_seen_at" < ?
      AND NOT EXISTS (SELECT 1 FROM "refresh_tokens" t WHERE t."session_id" = s."id")`;
    const page = this.store.page(sql, 's."last_seen_at", s."id"', 0, AT_ONCE);
    return inPieces(
      this.uow,
      async () => (await this.store.sql<{ id: number | string }>(page, [before])).map(({ id }) => Number(id)),
      (ids) => this.store.remove(Session, { id: In(ids) }),
      MOST,
    );
  }

  private remove<E extends { id: number | string }>(
    entity: ObjectType<E>,
    where: FindOptionsWhere<E>,
    by?: keyof E & string,
  ) {
    return removeInPieces(this.store, this.uow, entity, where, { ...(by && { by }), most: MOST });
  }
}
