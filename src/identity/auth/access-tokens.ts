import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';

const ISSUER = 'baladiya';

/** For staff and programs, or for citizens: a token of one is none for the other. */
export type Audience = 'baladiya-api' | 'baladiya-citizen';

interface Claims {
  /** The user, or the citizen account. */
  subject: number;
  sessionId: number;
}

/** Tokens whose signature is known to be ours. */
const MOST_KNOWN = 2000;

/** JWT signed with HS256; the injected clock judges its time. */
@Injectable()
export class AccessTokens {
  /** Names the key without telling it, for the day there are two. */
  private readonly keyid: string;
  readonly lifeSeconds: number;
  /** By audience and token: the same token comes with every request of its session. */
  private readonly known = new Map<string, Claims & { expiresAt: number }>();

  constructor(
    private readonly jwt: JwtService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.lifeSeconds = config.accessTokenMinutes * 60;
    this.keyid = createHash('sha256').update(`kid:${config.jwtSecret}`).digest('hex').slice(0, 8);
  }

  issue(audience: Audience, { subject, sessionId }: Claims): Promise<string> {
    const iat = this.nowSeconds();
    const claims = { sub: String(subject), sid: sessionId, iat, exp: iat + this.lifeSeconds, jti: randomUUID() };
    return this.jwt.signAsync(claims, {
      algorithm: 'HS256',
      keyid: this.keyid,
      issuer: ISSUER,
      audience,
    });
  }

  /** @returns null unless the token is whole, ours and not expired */
  async read(audience: Audience, token: string): Promise<Claims | null> {
    const key = `${audience} ${token}`;
    const claims = this.known.get(key) ?? (await this.verified(audience, token));
    if (!claims || claims.expiresAt <= this.nowSeconds()) {
      this.known.delete(key);
      return null;
    }
    this.known.set(key, claims);
    if (this.known.size > MOST_KNOWN) this.known.delete(this.known.keys().next().value!);
    return claims;
  }

  private async verified(audience: Audience, token: string): Promise<(Claims & { expiresAt: number }) | null> {
    try {
      const { sub, sid, exp } = await this.jwt.verifyAsync<{ sub: string; sid: number; exp: number }>(token, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience,
        clockTimestamp: this.nowSeconds(),
      });
      return Number.isSafeInteger(sid) ? { subject: Number(sub), sessionId: sid, expiresAt: exp } : null;
    } catch {
      return null;
    }
  }

  private nowSeconds(): number {
    return Math.floor(Date.parse(this.clock.now()) / 1000);
  }
}
