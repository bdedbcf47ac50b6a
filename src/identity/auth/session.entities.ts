import {
  CodeIdColumn,
  EnumColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

const SESSION_ENDS = ['LOGOUT', 'REUSE', 'PASSWORD', 'DISABLED', 'ENDED', 'RECORD', 'PHONE'] as const;
export type SessionEnd = (typeof SESSION_ENDS)[number];

/** One login and everything refreshed from it: the family of its refresh tokens. */
@Entity('sessions')
@Index(['userId'])
@Index(['citizenAccountId'])
@Index(['lastSeenAt'])
export class Session {
  @IdColumn() id: number;
  /** Of staff; else it is a citizen's. */
  @RefColumn('User', { nullable: true }) userId: number | null;
  @RefColumn('CitizenAccount', { nullable: true }) citizenAccountId: number | null;
  /** What the device calls itself. */
  @TextColumn(60, { nullable: true }) device: string | null;
  /** Masked: enough to know one's own provider by. */
  @KeyColumn(45, { nullable: true }) network: string | null;
  @InstantColumn() createdAt: string;
  /** When tokens were last given. */
  @InstantColumn() lastSeenAt: string;
  @InstantColumn({ nullable: true }) endedAt: string | null;
  @EnumColumn(SESSION_ENDS, { nullable: true }) endedBy: SessionEnd | null;
}

/** Works once; the token itself is known to the client alone. */
@Entity('refresh_tokens')
@Unique(['tokenHash'])
@Index(['sessionId'])
@Index(['expiresAt'])
export class RefreshToken {
  @IdColumn() id: number;
  @RefColumn('Session') sessionId: number;
  /** SHA-256, hexadecimal. */
  @KeyColumn(64) tokenHash: string;
  @InstantColumn() issuedAt: string;
  @InstantColumn() expiresAt: string;
  @InstantColumn({ nullable: true }) usedAt: string | null;
}

/** Failed logins of one name, whether a user has it or not. */
@Entity('login_guards')
@Index(['touchedAt'])
export class LoginGuard {
  /** SHA-256 of the name. */
  @CodeIdColumn(64) id: string;
  @JsonColumn() failures: string[];
  @InstantColumn({ nullable: true }) lockedUntil: string | null;
  @InstantColumn() touchedAt: string;
}
