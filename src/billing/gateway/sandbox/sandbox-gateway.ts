import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { checkSignature, signed } from '../callback-signature';
import { GATEWAY } from '../gateway.problems';
import {
  PaymentGateway,
  type Callback,
  type GatewayReport,
  type GatewaySession,
  type SessionRequest,
} from '../payment-gateway';
import { SandboxSession, type SandboxState } from './sandbox.entity';
import { readNotice } from './sandbox.notice';

const STATUS: Record<SandboxState, GatewayReport['status']> = {
  OPEN: 'PENDING',
  PAID: 'SUCCESS',
  FAILED: 'FAILED',
  EXPIRED: 'EXPIRED',
  REFUNDED: 'REFUNDED',
};

/** Plays a gateway inside the process: its sessions are a table of their own, its page takes no money. */
@Injectable()
export class SandboxGateway extends PaymentGateway {
  readonly name = 'sandbox';

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async createSession(request: SessionRequest): Promise<GatewaySession> {
    // Of two at once the second waits at the unique index, then finds the first's.
    const reference = await this.make(request).catch((error: unknown) =>
      isUniqueViolation(error) ? this.make(request) : Promise.reject(error as Error),
    );
    return { reference, url: `/sandbox-gateway/${reference}` };
  }

  private make(request: SessionRequest): Promise<string> {
    return this.uow.run(async () => {
      const { orderKey } = request;
      const known = await this.store.reads(SandboxSession).findOneBy({ orderKey });
      const reference = known?.reference ?? `SBX-${randomBytes(18).toString('base64url')}`;
      if (!known) {
        await this.store.insert(SandboxSession, {
          id: await this.ids.one(),
          reference,
          ...request,
          state: 'OPEN',
          createdAt: this.clock.now(),
          paidAt: null,
        });
      }
      return reference;
    });
  }

  async status(reference: string): Promise<GatewayReport | null> {
    const session = await this.session(reference);
    return session && this.report(session);
  }

  async refund(reference: string): Promise<void> {
    await this.uow.run(async () => {
      if ((await this.store.update(SandboxSession, { reference, state: 'PAID' }, { state: 'REFUNDED' })) === 1) return;
      const refunded = await this.store.reads(SandboxSession).existsBy({ reference, state: 'REFUNDED' });
      if (!refunded) throw new Error(`the sandbox has no payment ${reference}`);
    });
  }

  async paid(from: Instant, before: Instant): Promise<GatewayReport[]> {
    const sessions = await this.store
      .query(SandboxSession, 's')
      .where('s.paidAt >= :from AND s.paidAt < :before', { from, before })
      .orderBy('s.id')
      .getMany();
    return sessions.map((session) => this.report(session));
  }

  read(callback: Callback): GatewayReport {
    const { paymentGatewaySecret: secret, paymentGatewayWindowSeconds: window } = this.config;
    const verdict = checkSignature(callback, { secret, window, now: this.clock.now() });
    if (verdict !== 'genuine') throw new Problem(GATEWAY[`billing.callback-${verdict}`]);
    const report = readNotice(callback.body);
    if (!report) throw new Problem(GATEWAY['billing.callback-unreadable']);
    return report;
  }

  /** What the sandbox would send of a session now. */
  notice(session: SandboxSession): Callback {
    const body = Buffer.from(JSON.stringify(this.report(session)));
    return signed(this.config.paymentGatewaySecret, body, this.clock.now());
  }

  session(reference: string): Promise<SandboxSession | null> {
    return this.store.reads(SandboxSession).findOneBy({ reference });
  }

  private report({ reference, state, currency, amount, paidAt, expiresAt }: SandboxSession): GatewayReport {
    const over = state === 'OPEN' && expiresAt <= this.clock.now();
    return {
      reference,
      status: over ? 'EXPIRED' : STATUS[state],
      currency,
      amount,
      failureCode: state === 'FAILED' ? 'DECLINED' : null,
      paidAt,
    };
  }
}
