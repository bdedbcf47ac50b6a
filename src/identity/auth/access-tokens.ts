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

/** JWT signed with HS256; the injected clock judges its time. */
@Injectable()
export class AccessTokens {
  /** Names the key without telling it, for the day there are two. */
  private readonly keyid: string;
  readonly lifeSeconds: number;

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
    try {
      const { sub, sid } = await this.jwt.verifyAsync<{ sub: string; sid: number }>(token, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience,
        clockTimestamp: this.nowSeconds(),
      });
      return Number.isSafeInteger(sid) ? { subject: Number(sub), sessionId: sid } : null;
    } catch {
      return null;
    }
  }

  private nowSeconds(): number {
    return Math.floor(Date.parse(this.clock.now()) / 1000);
  }
}
