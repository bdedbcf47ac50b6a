import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { AuditEntry, type AuditOutcome } from './audit-entry.entity';
import { RequestTrail, type Actor } from './request-trail';

const NAME_LENGTH = 100;

export interface AuditRecord {
  /** `module.what`, at most 80 characters. */
  action: string;
  /** Default DONE. */
  outcome?: AuditOutcome;
  /** Default: who makes the request at hand. */
  actor?: Actor;
  /** Ids, reasons, counts: no secret, and no more of a person than the purpose needs. */
  detail?: Record<string, unknown>;
}

/** The audit: it only grows. */
@Injectable()
export class Audit {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly trail: RequestTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Joins the active unit, so that an act and its record stand or fall together; else a unit of its own. A refusal is
   * recorded outside the unit that it ends, or it vanishes with it.
   */
  async record({ action, outcome = 'DONE', actor, detail }: AuditRecord): Promise<void> {
    const { ip, requestId, actor: caller } = this.trail.current;
    const who = actor ?? caller;
    await this.uow.run(async () =>
      this.store.insert(AuditEntry, {
        id: await this.ids.one(),
        at: this.clock.now(),
        actorId: who?.userId ?? null,
        actorName: who?.username.slice(0, NAME_LENGTH) ?? null,
        action,
        outcome,
        ip,
        requestId,
        detail: detail ?? null,
      }),
    );
  }
}
