import { Inject, Injectable } from '@nestjs/common';
import { addDuration, compare, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { invalidField, pageOf, Problem, skipped, type Page } from '@libs/http';
import { IdAllocator, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Audit } from '../../identity';
import { urlFault } from './endpoint-url';
import { endpointSecret, newSalt, stillSigning } from './endpoint-secrets';
import { eventTypes } from './event-types';
import { WebhookEndpoint, type EndpointState } from './webhook.entities';
import { WEBHOOKS } from './webhook.problems';
import type { ChangeEndpoint, EndpointsQuery, NewEndpoint } from './webhooks.dto';
import { Webhooks } from './webhooks';

/** The event of {@link Endpoints.ping}, which nobody needs to listen to. */
const PING = 'ps.nablus.notifications.ping';

/** Secrets that sign beside the newest: each is some 50 characters of a header, and receivers bear so much of it. */
const MOST_PREVIOUS = 4;

/** Who is told of events, under which address. */
@Injectable()
export class Endpoints {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly webhooks: Webhooks,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns it with its secret, which is shown this once @throws {Problem} http.invalid */
  register(input: NewEndpoint, createdBy: number): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
    this.check(input);
    const salt = newSalt();
    return this.uow.run(async () => {
      const endpoint: WebhookEndpoint = {
        id: await this.ids.one(),
        version: 1,
        description: input.description,
        url: input.url,
        eventTypes: sortedOnce(input.eventTypes),
        state: 'ACTIVE',
        salt,
        previous: [],
        failures: 0,
        createdBy,
        createdAt: this.clock.now(),
      };
      await this.store.insert(WebhookEndpoint, endpoint);
      await this.record('registered', endpoint);
      return { endpoint, secret: endpointSecret(this.config.jwtSecret, salt) };
    });
  }

  /** @throws {Problem} http.not-found, http.invalid, notifications.webhook-state @throws {StaleVersionError} */
  change(target: Versioned, input: ChangeEndpoint): Promise<WebhookEndpoint> {
    this.check(input);
    return this.act(target, 'changed', ['ACTIVE', 'SUSPENDED'], (was) => ({
      description: input.description ?? was.description,
      url: input.url ?? was.url,
      eventTypes: sortedOnce(input.eventTypes ?? was.eventTypes),
    }));
  }

  /**
   * A new secret; the old one signs beside it for a while, and so do those that were promised to before it.
   * @throws {Problem} notifications.webhook-secrets, with the instant from which on there is room; as {@link change}
   */
  async rotate(target: Versioned): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
    const salt = newSalt();
    const now = this.clock.now();
    const until = addDuration(now, { hours: this.config.webhookOverlapHours });
    const endpoint = await this.act(target, 'secret-rotated', ['ACTIVE', 'SUSPENDED'], (was) => {
      const before = stillSigning(was.previous, now);
      const first = before.map((each) => each.until).sort(compare)[0];
      if (before.length >= MOST_PREVIOUS)
        throw new Problem(WEBHOOKS['notifications.webhook-secrets'], { extra: { until: first } });
      return { salt, previous: [{ salt: was.salt, until }, ...before] };
    });
    return { endpoint, secret: endpointSecret(this.config.jwtSecret, salt) };
  }

  suspend(target: Versioned): Promise<WebhookEndpoint> {
    return this.act(target, 'suspended', ['ACTIVE'], () => ({ state: 'SUSPENDED' }));
  }

  resume(target: Versioned): Promise<WebhookEndpoint> {
    return this.act(target, 'resumed', ['SUSPENDED'], () => ({ state: 'ACTIVE', failures: 0 }));
  }

  retire(target: Versioned): Promise<WebhookEndpoint> {
    return this.act(target, 'retired', ['ACTIVE', 'SUSPENDED'], () => ({ state: 'RETIRED' }));
  }

  /** Sends it an event without meaning. @returns the id of the delivery @throws {Problem} http.not-found, notifications.webhook-state */
  ping(id: number): Promise<number> {
    return this.uow.run(async () => {
      const { state } = await this.get(id);
      if (state !== 'ACTIVE') throw new Problem(WEBHOOKS['notifications.webhook-state'], { extra: { state } });
      const [deliveryId] = await this.webhooks.tell([id], { type: PING, subject: `webhook/${id}`, data: {} });
      return deliveryId!;
    });
  }

  async get(id: number): Promise<WebhookEndpoint> {
    const endpoint = await this.store.reads(WebhookEndpoint).findOneBy({ id });
    if (!endpoint) throw new Problem('http.not-found');
    return endpoint;
  }

  async list({ state, ...query }: EndpointsQuery): Promise<Page<WebhookEndpoint>> {
    const [rows, total] = await this.store.reads(WebhookEndpoint).findAndCount({
      where: state ? { state } : {},
      order: { createdAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  private check({ url, eventTypes: wanted }: ChangeEndpoint): void {
    const fault = url === undefined ? null : urlFault(url, this.config.webhookAllowPrivate);
    if (fault) throw invalidField('/url', fault);
    const unknown = wanted?.findIndex((type) => !eventTypes().has(type)) ?? -1;
    if (unknown >= 0) throw invalidField(`/eventTypes/${unknown}`, 'unknown');
  }

  private act(
    target: Versioned,
    what: string,
    from: readonly EndpointState[],
    changes: (was: WebhookEndpoint) => Partial<WebhookEndpoint>,
  ): Promise<WebhookEndpoint> {
    return this.uow.run(async () => {
      const was = await this.get(target.id);
      if (!from.includes(was.state)) {
        throw new Problem(WEBHOOKS['notifications.webhook-state'], { extra: { state: was.state } });
      }
      const changed = changes(was);
      const version = await this.store.updateVersioned(WebhookEndpoint, target, changed);
      const endpoint = { ...was, ...changed, version };
      await this.record(what, endpoint);
      return endpoint;
    });
  }

  private record(what: string, { id: endpointId, url, eventTypes: types }: WebhookEndpoint): Promise<void> {
    // What stands behind the host may be the key to it.
    const detail = { endpointId, host: new URL(url).host, types };
    return this.audit.record({ action: `notifications.webhook-${what}`, detail });
  }
}

const sortedOnce = (types: readonly string[]): string[] => [...new Set(types)].sort();
