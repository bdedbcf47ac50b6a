import { EnumColumn, FlagColumn, IdColumn, InstantColumn, KeyColumn, RefColumn, TextColumn } from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';
import { COMMANDS, type Command } from './inbound.rules';

/** A text message that somebody sent to the municipality. What is no command waits for an employee. */
@Entity('inbound_messages')
@Unique(['provider', 'reference'])
@Index(['sender', 'receivedAt'])
@Index(['receivedAt'])
@Index(['command', 'handledAt', 'id'])
export class InboundMessage {
  @IdColumn() id: number;
  @KeyColumn(40) provider: string;
  /** The provider's: the same again is the same message. */
  @KeyColumn(150) reference: string;
  /** E.164; what else the operator names, such as a short code, as it is. */
  @KeyColumn(40) sender: string;
  @TextColumn(1000) body: string;
  @EnumColumn(COMMANDS) command: Command;
  /** Whether we wrote back. */
  @FlagColumn() answered: boolean;
  @InstantColumn() receivedAt: string;
  @RefColumn('User', { nullable: true }) handledBy: number | null;
  @InstantColumn({ nullable: true }) handledAt: string | null;
  @TextColumn(500, { nullable: true }) handledNote: string | null;
}
