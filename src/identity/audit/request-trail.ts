import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { Principal } from '@libs/http';

interface Trail {
  ip: string | null;
  requestId: string | null;
  actor?: Principal;
}

/** Where the request at hand comes from, and from whom once the token is checked; empty outside a request. */
@Injectable()
export class RequestTrail {
  private readonly trails = new AsyncLocalStorage<Trail>();

  begin({ ip = null, id }: { ip?: string | null; id?: unknown }, next: () => void): void {
    this.trails.run({ ip, requestId: typeof id === 'string' ? id : null }, next);
  }

  identify(actor: Principal): void {
    const trail = this.trails.getStore();
    if (trail) trail.actor = actor;
  }

  get current(): Trail {
    return this.trails.getStore() ?? { ip: null, requestId: null };
  }
}
