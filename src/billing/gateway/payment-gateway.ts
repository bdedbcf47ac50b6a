import type { Instant } from '@libs/calendar';

/** A transaction as the gateway sees it. */
export interface GatewayReport {
  /** The gateway's own reference of the session. */
  reference: string;
  status: 'PENDING' | 'SUCCESS' | 'FAILED' | 'EXPIRED' | 'REFUNDED';
  currency: string;
  /** Minor units. */
  amount: number;
  failureCode: string | null;
  /** When the payer paid; null for what was never paid. */
  paidAt: Instant | null;
}

export interface SessionRequest {
  /** One session for it, however often it is asked. */
  orderKey: string;
  currency: string;
  amount: number;
  description: string;
  /** Where the payer goes afterwards: always an address of this system. */
  returnUrl: string;
  expiresAt: Instant;
}

export interface GatewaySession {
  reference: string;
  /** Where the payer pays: absolute, or a path of this server. */
  url: string;
}

export interface Callback {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes as they came. */
  body: Buffer;
}

/**
 * A payment gateway. Everything but `read` may go over the network: never inside a unit of work. Whatever fails there
 * throws; the caller tries again.
 */
export abstract class PaymentGateway {
  /** As in the address of its callbacks. */
  abstract readonly name: string;
  /** Of the pages that payers are sent to; none for pages of this server. Browsers follow a form to these alone. */
  readonly payerOrigins: readonly string[] = [];
  abstract createSession(request: SessionRequest): Promise<GatewaySession>;
  /** @returns null for a reference that it does not know */
  abstract status(reference: string): Promise<GatewayReport | null>;
  /** The whole of a payment back to the payer; once for each reference, however often it is asked. */
  abstract refund(reference: string): Promise<void>;
  /** What was paid from an instant on and before another, refunded since or not. */
  abstract paid(from: Instant, before: Instant): Promise<GatewayReport[]>;
  /**
   * A callback whose signature holds.
   * @throws {Problem} billing.callback-forged, callback-stale, callback-unreadable
   */
  abstract read(callback: Callback): GatewayReport;
}
