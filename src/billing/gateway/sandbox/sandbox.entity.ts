import { EnumColumn, IdColumn, InstantColumn, KeyColumn, MinorUnitsColumn, TextColumn } from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

export const SANDBOX_STATES = ['OPEN', 'PAID', 'FAILED', 'EXPIRED', 'REFUNDED'] as const;
export type SandboxState = (typeof SANDBOX_STATES)[number];

/** A session at the sandbox gateway, which plays a bank beside the system: the system sees it through the port alone. */
@Entity('sandbox_gateway_sessions')
@Unique(['reference'])
@Unique(['orderKey'])
@Index(['paidAt'])
export class SandboxSession {
  @IdColumn() id: number;
  @KeyColumn(60) reference: string;
  /** The merchant's: one session for it, however often it is asked. */
  @KeyColumn(60) orderKey: string;
  @KeyColumn(3) currency: string;
  @MinorUnitsColumn() amount: number;
  @TextColumn(300) description: string;
  @TextColumn(500) returnUrl: string;
  @EnumColumn(SANDBOX_STATES) state: SandboxState;
  @InstantColumn() createdAt: string;
  @InstantColumn() expiresAt: string;
  @InstantColumn({ nullable: true }) paidAt: string | null;
}
