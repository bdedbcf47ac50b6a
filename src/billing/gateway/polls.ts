import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { Leases } from '@libs/outbox';
import { loggable, Store } from '@libs/persistence';
import { In, MoreThan } from 'typeorm';
import { GatewayTransaction } from './gateway.entity';
import { Gateways } from './gateways';
import { Settlements } from './settlements';

const LEASE = 'billing-gateway-poll';
const LEASE_SECONDS = 120;
const BATCH = 200;

/** Asks the gateway what became of transactions whose callback has not come. */
@Injectable()
export class Polls {
  private readonly logger = new Logger(Polls.name);

  constructor(
    private readonly store: Store,
    private readonly gateways: Gateways,
    private readonly settlements: Settlements,
    private readonly leases: Leases,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One transaction, whatever its state: money that came in late is found as well. Outside a unit of work.
   * @throws {Problem} http.not-found; billing.gateway-none, gateway-failed
   */
  async one(id: number): Promise<void> {
    const transaction = await this.store.reads(GatewayTransaction).findOneBy({ id });
    if (!transaction) throw new Problem('http.not-found');
    const { gateway, reference } = transaction;
    if (reference !== null) {
      const report = await this.gateways.ask(gateway, (asked) => asked.status(reference));
      if (report) await this.settlements.apply(gateway, report, 'POLL');
    }
    if (transaction.expiresAt > this.clock.now()) return;
    const now = await this.store.reads(GatewayTransaction).findOneBy({ id, state: In(['CREATED', 'PENDING']) });
    if (now) await this.settlements.expire(now);
  }

  /** All that are open; one that cannot be asked stops no other. Nothing while another process does it. */
  async open(): Promise<void> {
    const gateway = this.gateways.current?.name;
    if (gateway !== undefined) await this.leases.once(LEASE, LEASE_SECONDS, () => this.all(gateway));
  }

  private async all(gateway: string): Promise<void> {
    const state = In(['CREATED', 'PENDING']);
    for (let after = 0; ;) {
      const batch = await this.store.reads(GatewayTransaction).find({
        select: { id: true },
        where: { gateway, state, id: MoreThan(after) },
        order: { id: 'ASC' },
        take: BATCH,
      });
      if (batch.length === 0) return;
      for (const { id } of batch) await this.one(id).catch((error: unknown) => this.logger.warn(loggable(error)));
      after = batch.at(-1)!.id;
    }
  }
}
