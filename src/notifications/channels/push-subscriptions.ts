import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { invalidField, Problem } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In, IsNull, type FindOptionsWhere } from 'typeorm';
import { NOTIFICATIONS } from '../notifications.problems';
import { PushSubscription } from './channel.entities';
import { faultOfKeys } from './push-keys';

/** What a browser gives (`PushSubscription.toJSON()`). */
export interface Browser {
  endpoint: string;
  keys: { p256dh: string; auth: string };
  /** As its owner calls it. */
  label?: string;
}

/** Each message goes to all of them: more than anybody has. */
const MOST_BROWSERS = 10;

/** Browsers that citizens have subscribed. */
@Injectable()
export class PushSubscriptions {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The key that a browser subscribes with; null where push is not set up. */
  get publicKey(): string | null {
    return this.config.vapidPublicKey ?? null;
  }

  /**
   * Of one endpoint one: who subscribes it again has it from then on. Beyond ten of a record the oldest end.
   * @throws {Problem} notifications.push-service; http.invalid for keys that nothing can be encrypted for
   */
  async subscribe(oneRecordId: number, { endpoint, keys, label }: Browser): Promise<PushSubscription> {
    const fault = faultOfKeys(keys);
    if (fault) throw invalidField(`/keys/${fault}`, 'pushKey');
    return this.uow.run(async () => {
      if (!isOfService(endpoint, this.config.pushHosts)) throw new Problem(NOTIFICATIONS['notifications.push-service']);
      const standingEndpoint = createHash('sha256').update(endpoint).digest('hex');
      const now = this.clock.now();
      await this.store.update(PushSubscription, { standingEndpoint }, { standingEndpoint: null, endedAt: now });
      const subscription: PushSubscription = {
        id: await this.ids.one(),
        oneRecordId,
        endpoint,
        standingEndpoint,
        ...keys,
        label: label ?? null,
        createdAt: now,
        endedAt: null,
      };
      await this.store.insert(PushSubscription, subscription);
      const surplus = (await this.list(oneRecordId)).slice(MOST_BROWSERS).map(({ id }) => id);
      if (surplus.length > 0) await this.endThose({ id: In(surplus) });
      return subscription;
    });
  }

  /** Those that stand, newest first. */
  list(oneRecordId: number): Promise<PushSubscription[]> {
    return this.store
      .reads(PushSubscription)
      .find({ where: { oneRecordId, endedAt: IsNull() }, order: { createdAt: 'DESC', id: 'DESC' } });
  }

  /** @throws {Problem} http.not-found, also for one of another record */
  end(oneRecordId: number, id: number): Promise<void> {
    return this.uow.run(async () => {
      if ((await this.endThose({ id, oneRecordId })) !== 1) throw new Problem('http.not-found');
    });
  }

  /** Where sessions end because they may be a stranger's: a browser of theirs would go on reading. */
  endAll(oneRecordId: number): Promise<number> {
    return this.uow.run(() => this.endThose({ oneRecordId }));
  }

  private endThose(which: FindOptionsWhere<PushSubscription>): Promise<number> {
    const ended = { standingEndpoint: null, endedAt: this.clock.now() };
    return this.store.update(PushSubscription, { ...which, endedAt: IsNull() }, ended);
  }
}

/**
 * Nothing but letters, digits, dashes and dots before the path, and nothing in it that a reader of addresses passes over: the
 * library that posts reads them by older rules, by which `https://10.0.0.1;.push.apple.com/` leads to 10.0.0.1.
 */
const PLAIN_ADDRESS = /^https:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)\/[\x21-\x5b\x5d-\x7e]*$/;
const LONGEST = 1000;

/** We post to what a browser names, so it has to be one of the services of browsers. */
export function isOfService(endpoint: string, hosts: readonly string[]): boolean {
  const hostname = endpoint.length > LONGEST ? undefined : PLAIN_ADDRESS.exec(endpoint)?.[1];
  if (hostname === undefined) return false;
  return hosts.some((host) => (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host));
}
