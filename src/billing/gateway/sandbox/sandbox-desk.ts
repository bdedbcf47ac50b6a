import { Injectable, Inject } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { Callbacks } from '../callbacks';
import { Gateways } from '../gateways';
import { SandboxSession, type SandboxState } from './sandbox.entity';
import { SandboxGateway } from './sandbox-gateway';

/** What the visitor of the sandbox's page lets happen. */
export const SANDBOX_ACTS = ['PAY', 'FAIL', 'EXPIRE', 'PAY_LATE'] as const;
export type SandboxAct = (typeof SANDBOX_ACTS)[number];

interface Step {
  from: SandboxState[];
  to: SandboxState;
}

const STEPS: Record<SandboxAct, Step[]> = {
  PAY: [{ from: ['OPEN'], to: 'PAID' }],
  FAIL: [{ from: ['OPEN'], to: 'FAILED' }],
  EXPIRE: [{ from: ['OPEN'], to: 'EXPIRED' }],
  PAY_LATE: [
    { from: ['OPEN'], to: 'EXPIRED' },
    { from: ['FAILED', 'EXPIRED'], to: 'PAID' },
  ],
};

/** The page of the sandbox: what happens there is told to the system by a signed callback, unless that gets lost. */
@Injectable()
export class SandboxDesk {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly gateways: Gateways,
    private readonly sandbox: SandboxGateway,
    private readonly callbacks: Callbacks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.not-found, also when the sandbox is not the gateway that is set up */
  async session(reference: string): Promise<SandboxSession> {
    const session = this.gateways.current === this.sandbox ? await this.sandbox.session(reference) : null;
    if (!session) throw new Problem('http.not-found');
    return session;
  }

  /** What does not fit the state of the session does nothing. @throws {Problem} http.not-found; as Callbacks.receive */
  async act(reference: string, act: SandboxAct, lost: boolean): Promise<void> {
    await this.session(reference);
    for (const { from, to } of STEPS[act]) {
      const changes = { state: to, ...(to === 'PAID' && { paidAt: this.clock.now() }) };
      const where = { reference, state: In(from) };
      if ((await this.uow.run(() => this.store.update(SandboxSession, where, changes))) === 0 || lost) continue;
      await this.callbacks.receive(this.sandbox.name, this.sandbox.notice(await this.session(reference)));
    }
  }
}
