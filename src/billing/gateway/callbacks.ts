import { Injectable, Logger } from '@nestjs/common';
import { Problem } from '@libs/http';
import type { EventOutcome } from './gateway.entity';
import { GATEWAY } from './gateway.problems';
import { Gateways } from './gateways';
import type { Callback, GatewayReport } from './payment-gateway';
import { Settlements } from './settlements';

/** Callbacks of gateways. What is not signed is told to the log alone, so that strangers fill no table. */
@Injectable()
export class Callbacks {
  private readonly logger = new Logger(Callbacks.name);

  constructor(
    private readonly gateways: Gateways,
    private readonly settlements: Settlements,
  ) {}

  /**
   * @returns what came of it; null for no news
   * @throws {Problem} billing.gateway-none; callback-forged, callback-stale, callback-unreadable; callback-unknown and
   * callback-mismatch, which are written down all the same
   */
  async receive(gateway: string, callback: Callback): Promise<EventOutcome | null> {
    const outcome = await this.settlements.apply(gateway, this.read(gateway, callback), 'CALLBACK');
    if (outcome === 'UNKNOWN') throw new Problem(GATEWAY['billing.callback-unknown']);
    if (outcome === 'MISMATCH') throw new Problem(GATEWAY['billing.callback-mismatch']);
    return outcome;
  }

  private read(gateway: string, callback: Callback): GatewayReport {
    try {
      return this.gateways.require(gateway).read(callback);
    } catch (error) {
      if (error instanceof Problem) this.logger.warn(`callback of ${gateway.slice(0, 30)} refused: ${error.code}`);
      throw error;
    }
  }
}
