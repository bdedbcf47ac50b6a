import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { IdAllocator, Store } from '@libs/persistence';
import { IsNull, MoreThan, Not } from 'typeorm';
import { RefreshToken, Session, type SessionEnd } from './session.entities';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export type SessionOwner = { userId: number } | { citizenAccountId: number };

export interface FoundToken {
  token: RefreshToken;
  session: Session;
}

type Rotation = { refreshToken: string } | { refused: 'REUSED' | 'ENDED' | 'EXPIRED' | 'RACE'; endsFamily?: boolean };

/** Sessions and the refresh tokens that carry them on; writes join the caller's unit of work. */
@Injectable()
export class Sessions {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async open(owner: SessionOwner, from: Partial<Pick<Session, 'device' | 'network'>> = {}): Promise<number> {
    const [id, now] = [await this.ids.one(), this.clock.now()];
    await this.store.insert(Session, {
      id,
      userId: null,
      citizenAccountId: null,
      ...owner,
      device: from.device ?? null,
      network: from.network ?? null,
      createdAt: now,
      lastSeenAt: now,
      endedAt: null,
      endedBy: null,
    });
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
  async find(token: string): Promise<FoundToken | null> {
    const found = await this.store.reads(RefreshToken).findOneBy({ tokenHash: hashOf(token) });
    const session = found && (await this.store.reads(Session).findOneBy({ id: found.sessionId }));
    return session ? { token: found, session } : null;
  }

  /**
   * A new token for one that works once. A token that had been used before the request came is stolen or played back: its
   * whole family ends. One that was used while the request ran lost a race, and only the request is refused.
   */
  async rotate({ token, session: { id } }: FoundToken): Promise<Rotation> {
    if (token.usedAt !== null) return { refused: 'REUSED', endsFamily: await this.end(id, 'REUSE') };
    // Before the session is seen again: who cannot carry it on does not keep it alive in the list of its owner.
    if (this.clock.now() >= token.expiresAt) return { refused: 'EXPIRED' };
    if (!(await this.hold(id))) return { refused: 'ENDED' };
    const unused = { id: token.id, usedAt: IsNull() };
    if ((await this.store.update(RefreshToken, unused, { usedAt: this.clock.now() })) !== 1) return { refused: 'RACE' };
    return { refreshToken: await this.giveToken(id) };
  }

  /** Those that can still be carried on, the last seen first. */
  running(citizenAccountId: number): Promise<Session[]> {
    const lastSeenAt = MoreThan(addDuration(this.clock.now(), { days: -this.config.refreshTokenDays }));
    const where = { citizenAccountId, endedAt: IsNull(), lastSeenAt };
    return this.store.reads(Session).find({ where, order: { lastSeenAt: 'DESC', id: 'DESC' } });
  }

  async end(sessionId: number, endedBy: SessionEnd, owner: Partial<SessionOwner> = {}): Promise<boolean> {
    const ended = { endedAt: this.clock.now(), endedBy };
    return (await this.store.update(Session, { id: sessionId, ...owner, endedAt: IsNull() }, ended)) === 1;
  }

  /** Every running session of an owner, but for the one that acts. @returns how many those were */
  async endAll(owner: SessionOwner, endedBy: SessionEnd, exceptId?: number): Promise<number> {
    const which = { ...owner, endedAt: IsNull(), ...(exceptId !== undefined && { id: Not(exceptId) }) };
    return this.store.update(Session, which, { endedAt: this.clock.now(), endedBy });
  }

  /** @returns false when the session is over already; else nobody can end it before the active unit does */
  private async hold(sessionId: number): Promise<boolean> {
    const running = { id: sessionId, endedAt: IsNull() };
    return (await this.store.update(Session, running, { lastSeenAt: this.clock.now() })) === 1;
  }
}
