import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { IdAllocator, Store } from '@libs/persistence';
import { IsNull, Not } from 'typeorm';
import { RefreshToken, Session, type SessionEnd } from './session.entities';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Sessions and the refresh tokens that carry them on; writes join the caller's unit of work. */
@Injectable()
export class Sessions {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async open(userId: number): Promise<number> {
    const id = await this.ids.one();
    await this.store.insert(Session, { id, userId, createdAt: this.clock.now(), endedAt: null, endedBy: null });
    return id;
  }

  /** @returns 256 random bits for the client alone */
  async giveToken(sessionId: number): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const issuedAt = this.clock.now();
    await this.store.insert(RefreshToken, {
      id: await this.ids.one(),
      sessionId,
      tokenHash: hashOf(token),
      issuedAt,
      expiresAt: addDuration(issuedAt, { days: this.config.refreshTokenDays }),
      usedAt: null,
    });
    return token;
  }

  /** The token and its session, running or not. */
  async find(token: string): Promise<{ token: RefreshToken; session: Session } | null> {
    const found = await this.store.reads(RefreshToken).findOneBy({ tokenHash: hashOf(token) });
    const session = found && (await this.store.reads(Session).findOneBy({ id: found.sessionId }));
    return session ? { token: found, session } : null;
  }

  /** @returns false when another request used the token first */
  async use(tokenId: number): Promise<boolean> {
    return (
      (await this.store.update(RefreshToken, { id: tokenId, usedAt: IsNull() }, { usedAt: this.clock.now() })) === 1
    );
  }

  /** @returns false when the session is over already; else nobody can end it before the active unit does */
  async hold(sessionId: number): Promise<boolean> {
    return (await this.store.update(Session, { id: sessionId, endedAt: IsNull() }, { endedAt: null })) === 1;
  }

  async end(sessionId: number, endedBy: SessionEnd): Promise<boolean> {
    const ended = { endedAt: this.clock.now(), endedBy };
    return (await this.store.update(Session, { id: sessionId, endedAt: IsNull() }, ended)) === 1;
  }

  /** Every running session of a user, but for the one that acts. */
  async endAll(userId: number, endedBy: SessionEnd, exceptId?: number): Promise<void> {
    const which = { userId, endedAt: IsNull(), ...(exceptId !== undefined && { id: Not(exceptId) }) };
    await this.store.update(Session, which, { endedAt: this.clock.now(), endedBy });
  }
}
