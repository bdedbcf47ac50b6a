import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { addDuration, type Clock, type Instant } from '@libs/calendar';

/** In order of priority. */
export const LANES = ['OTP', 'EMERGENCY', 'TRANSACTIONAL', 'BULK'] as const;
export type Lane = (typeof LANES)[number];

/** Places by lane: messages that may be worked, or taken over, now. */
export type Room = Readonly<Partial<Record<Lane, number>>>;

/** Messages of a lane that one process works at a time. Each lane has places of its own: however much bulk waits, a code goes out. */
export const CONCURRENCY: Readonly<Record<Lane, number>> = { OTP: 16, EMERGENCY: 16, TRANSACTIONAL: 16, BULK: 16 };

const WINDOW_SECONDS = 60;

/** LANE_LIMITS within this process; Redis counts them over all of them. A minute begins with its first message. */
@Injectable()
export class LaneLimits {
  private readonly windows = new Map<Lane, { ends: Instant; used: number }>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** How many more messages of the lane may begin now. */
  left(lane: Lane): number {
    const limit = this.config.laneLimits[lane];
    if (limit === undefined) return Infinity;
    const window = this.windows.get(lane);
    return window && window.ends > this.clock.now() ? limit - window.used : limit;
  }

  use(lane: Lane): void {
    const now = this.clock.now();
    const window = this.windows.get(lane);
    if (window && window.ends > now) window.used++;
    else this.windows.set(lane, { ends: addDuration(now, { seconds: WINDOW_SECONDS }), used: 1 });
  }
}

/** The same for a worker on Redis. */
export const redisLimit = (config: Config, lane: Lane): { max: number; duration: number } | undefined => {
  const max = config.laneLimits[lane];
  return max === undefined ? undefined : { max, duration: WINDOW_SECONDS * 1000 };
};
