import { AsyncLocalStorage } from 'node:async_hooks';
import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';

const ADDRESS_LENGTH = 45;

/** Who acts: a user, or a citizen as `citizen:2026-000042`, which is nobody's username. */
export interface Actor {
  userId: number | null;
  username: string;
}

interface Trail {
  ip: string | null;
  requestId: string | null;
  /** Only the headers of the answer are asked for. */
  isHead: boolean;
  actor?: Actor;
}

const trails = new AsyncLocalStorage<Trail>();

/** Where the request at hand comes from, and from whom once the token is checked; empty outside a request. */
@Injectable()
export class RequestTrail {
  /** A proxy on this machine may hand on anything as the address. */
  begin({ ip = '', id, method }: { ip?: string; id?: unknown; method?: string }, next: () => void): void {
    const address = isIP(ip) ? ip.slice(0, ADDRESS_LENGTH) : null;
    const requestId = typeof id === 'string' ? id : null;
    trails.run({ ip: address, requestId, isHead: method === 'HEAD' }, next);
  }

  identify(actor: Actor): void {
    const trail = trails.getStore();
    if (trail) trail.actor = actor;
  }

  get current(): Trail {
    return trails.getStore() ?? { ip: null, requestId: null, isHead: false };
  }
}
