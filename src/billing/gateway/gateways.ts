import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import { loggable } from '@libs/persistence';
import { GATEWAY } from './gateway.problems';
import type { PaymentGateway } from './payment-gateway';
import { SandboxGateway } from './sandbox/sandbox-gateway';

/** The payment gateway that PAYMENT_GATEWAY names. */
@Injectable()
export class Gateways {
  private readonly logger = new Logger(Gateways.name);
  /** Null: citizens pay at the counter alone. */
  readonly current: PaymentGateway | null;

  constructor(@Inject(CONFIG) { paymentGateway }: Config, sandbox: SandboxGateway) {
    this.current = paymentGateway === 'sandbox' ? sandbox : null;
  }

  /**
   * @param name of a transaction's gateway; default the one that is set up
   * @throws {Problem} billing.gateway-none
   */
  require(name?: string): PaymentGateway {
    if (!this.current || (name !== undefined && name !== this.current.name)) {
      throw new Problem(GATEWAY['billing.gateway-none']);
    }
    return this.current;
  }

  /** Asks a gateway something. @throws {Problem} billing.gateway-none; gateway-failed, whatever it was */
  async ask<T>(name: string, question: (gateway: PaymentGateway) => Promise<T>): Promise<T> {
    const gateway = this.require(name);
    try {
      return await question(gateway);
    } catch (error) {
      this.logger.warn(loggable(error));
      throw new Problem(GATEWAY['billing.gateway-failed']);
    }
  }
}
